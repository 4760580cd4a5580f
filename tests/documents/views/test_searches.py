"""The questions that a person keeps."""

import re
from html import unescape

import pytest

from accounts.models import User
from documents.models import SavedSearch
from tests.documents.views.conftest import Browse, html_of


@pytest.fixture
def search(owner: User) -> SavedSearch:
    return SavedSearch.objects.create(user=owner, name="Rent <1>", query="rent tag:home", sort="newest")


def test_a_question_is_saved_and_stands_in_the_side_bar(browse: Browse, owner: User) -> None:
    client = browse(owner)
    sent = {"q": "rent tag:home", "sort": "newest", "name": "Rent", "forgive": "0"}
    answer = client.post("/searches/", sent, follow=True)
    assert answer.redirect_chain == [("/?q=rent+tag%3Ahome&sort=newest&forgive=0", 302)]
    html = html_of(answer)
    assert "Saved as “Rent”." in html
    address = 'href="/?q=rent+tag%3Ahome&amp;sort=newest&amp;forgive=0"'
    assert address in html
    assert address in html_of(client.get("/searches/"))


def test_whether_misreadings_are_forgiven_is_saved_with_it(browse: Browse, owner: User) -> None:
    client = browse(owner)
    for chosen in ("0", "1"):
        html = html_of(client.get("/", {"q": "rent", "forgive": chosen}))
        assert f'<input type="hidden" name="forgive" value="{chosen}">' in html.partition("save-search")[2]
        client.post("/searches/", {"q": "rent", "forgive": chosen})
        assert owner.saved_searches.get().is_forgiving is (chosen == "1")
    assert 'href="/?q=rent&amp;forgive=1"' in html_of(client.get("/searches/"))


def test_searches_that_differ_only_in_the_way_of_asking_look_different(browse: Browse, owner: User) -> None:
    for name, sort, is_forgiving in (("One", "", True), ("Two", "title", False)):
        SavedSearch.objects.create(user=owner, name=name, query="rent", sort=sort, is_forgiving=is_forgiving)
    one, two = html_of(browse(owner).get("/searches/")).partition('class="saved"')[2].split(">Two</a>")
    told = "Title · misreadings not forgiven"
    assert (told in one, told in two) == (False, True)


@pytest.mark.parametrize(
    ("address", "current"),
    [
        ("/?q=rent", "As usual"),
        ("/?q=rent&sort=relevance&forgive=1", "As usual"),
        ("/?q=rent&sort=title&forgive=0", "Strictly"),
        ("/?q=rent&sort=title", "By title"),
        ("/?q=rent&forgive=0", None),
        ("/?q=rents", None),
        ("/searches/", None),
    ],
)
def test_only_the_search_that_is_asked_is_the_current_one(
    browse: Browse, owner: User, address: str, current: str | None
) -> None:
    for name, sort, is_forgiving in (("As usual", "", True), ("By title", "title", True)):
        SavedSearch.objects.create(user=owner, name=name, query="rent", sort=sort, is_forgiving=is_forgiving)
    SavedSearch.objects.create(user=owner, name="Strictly", query="rent", sort="title", is_forgiving=False)
    side = html_of(browse(owner).get(address)).partition("<nav")[2].partition("</nav>")[0]
    marked = re.findall(r'href="/\?q=[^>]*aria-current="page">([^<]*)</a>', side)
    assert marked == ([current] if current else [])


def test_what_is_deleted_can_be_had_again(browse: Browse, search: SavedSearch, owner: User) -> None:
    SavedSearch.objects.update(is_forgiving=False)
    client = browse(owner)
    html = html_of(client.post(f"/searches/{search.pk}/delete/", follow=True))
    assert "The saved search “Rent &lt;1&gt;” is deleted." in html
    form = html.partition('class="message-with-undo"')[2].partition("</form>")[0]
    sent = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
    client.post("/searches/", {name: unescape(value) for name, value in sent.items()})
    [again] = owner.saved_searches.values_list("name", "query", "sort", "is_forgiving")
    assert again == ("Rent <1>", "rent tag:home", "newest", False)


def test_without_a_name_it_is_called_as_it_is(browse: Browse, owner: User) -> None:
    browse(owner).post("/searches/", {"q": "rent", "sort": "nonsense"})
    assert list(owner.saved_searches.values_list("name", "query", "sort")) == [("rent", "rent", "")]


@pytest.mark.parametrize("sent", [{}, {"q": "  "}, {"q": "\0"}])
def test_no_question_is_not_saved(browse: Browse, owner: User, sent: dict[str, str]) -> None:
    assert browse(owner).post("/searches/", sent)["Location"] == "/"
    assert not SavedSearch.objects.exists()


def test_a_name_that_is_too_long_is_told(browse: Browse, owner: User) -> None:
    answer = browse(owner).post("/searches/", {"q": "rent", "name": "x" * 101}, follow=True)
    assert "This name is longer than 100 characters." in html_of(answer)


def test_a_long_question_is_cut_where_it_is_read_no_further(browse: Browse, owner: User) -> None:
    browse(owner).post("/searches/", {"q": "x" * 5000})
    assert len(owner.saved_searches.get().query) == 1000


def test_the_list_shows_mine(browse: Browse, search: SavedSearch, owner: User, stranger: User) -> None:
    assert "Rent &lt;1&gt;" in html_of(browse(owner).get("/searches/"))
    html = html_of(browse(stranger).get("/searches/"))
    assert "Rent" not in html
    assert "You have saved no search yet." in html


def test_a_search_is_renamed_and_deleted_by_its_person_alone(
    browse: Browse, search: SavedSearch, owner: User, editor: User, stranger: User
) -> None:
    rename, delete = (f"/searches/{search.pk}/{act}/" for act in ("rename", "delete"))
    for other in (editor, stranger):
        assert browse(other).post(rename, {"name": "Mine"}).status_code == 404
        assert browse(other).post(delete).status_code == 404
    client = browse(owner)
    client.post(rename, {"name": "Flat"})
    assert owner.saved_searches.get().name == "Flat"
    client.post(delete)
    assert not SavedSearch.objects.exists()


def test_a_name_that_is_taken_is_told(browse: Browse, search: SavedSearch, owner: User) -> None:
    SavedSearch.objects.create(user=owner, name="Tax", query="tax")
    answer = browse(owner).post(f"/searches/{search.pk}/rename/", {"name": "Tax"}, follow=True)
    assert "You have another saved search called “Tax”." in html_of(answer)


def test_a_bad_id_and_the_wrong_method_are_refused(browse: Browse, search: SavedSearch, owner: User) -> None:
    client = browse(owner)
    for act in ("rename", "delete"):
        assert client.post(f"/searches/99999999999999999999/{act}/").status_code == 404
        assert client.get(f"/searches/{search.pk}/{act}/").status_code == 405
    assert client.put("/searches/").status_code == 405
