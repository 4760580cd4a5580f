import pytest

from accounts.models import User
from documents.models import Document
from tests.documents.views.conftest import Browse, html_of


@pytest.mark.usefixtures("echo")
def test_the_samples_come_with_one_click(browse: Browse, owner: User) -> None:
    answer = browse(owner).post("/samples/", follow=True)
    assert answer.redirect_chain == [("/", 302)]
    assert Document.objects.count() == 4
    assert "The samples are here." in html_of(answer)
