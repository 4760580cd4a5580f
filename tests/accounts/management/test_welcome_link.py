from io import StringIO
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.management import call_command

from accounts import services
from accounts.models import User


def _printed() -> str:
    out = StringIO()
    call_command("welcome_link", stdout=out)
    return out.getvalue().strip()


@pytest.mark.django_db
def test_the_link_carries_a_key_that_can_be_found() -> None:
    link = urlsplit(_printed())
    assert link.path == "/welcome/"
    assert services.is_welcome_key(parse_qs(link.query)["key"][0])


@pytest.mark.django_db
def test_a_new_link_voids_the_old_one() -> None:
    old = parse_qs(urlsplit(_printed()).query)["key"][0]
    _printed()
    assert not services.is_welcome_key(old)


@pytest.mark.django_db
def test_nothing_is_printed_when_there_is_an_administrator() -> None:
    User.objects.create_superuser("first")
    assert _printed() == ""
