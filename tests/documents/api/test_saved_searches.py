import pytest
from django.test import Client

from accounts.models import User
from documents.models import SavedSearch
from documents.services.searches import save_search
from tests.documents.api.conftest import Program

LIST = "/api/v1/searches"
JSON = "application/json"


@pytest.fixture
def rent(owner: User) -> SavedSearch:
    return save_search(user=owner, name="Rent", query="rent -paid", sort="newest")


def test_a_question_is_kept_and_asked_again(client_of_owner: Client) -> None:
    sent = {"name": " Open  invoices ", "query": "invoice -paid", "sort": "newest", "forgive": False}
    answer = client_of_owner.post(LIST, sent, content_type=JSON)
    told = answer.json()
    assert (answer.status_code, answer["Location"]) == (201, f"{LIST}/{told['id']}")
    assert told | {"id": 0, "created_at": ""} == sent | {"name": "Open invoices", "id": 0, "created_at": ""}
    assert client_of_owner.get(answer["Location"]).json() == told


def test_without_a_name_it_is_called_as_it_reads(client_of_owner: Client) -> None:
    told = client_of_owner.post(LIST, {"query": "invoice"}, content_type=JSON).json()
    assert (told["name"], told["sort"], told["forgive"]) == ("invoice", "relevance", True)


def test_the_list_goes_on_by_name(client_of_owner: Client, owner: User, editor: User) -> None:
    for name in "cab":
        save_search(user=owner, name=name, query=name, sort="")
    save_search(user=editor, name="theirs", query="theirs", sort="")
    first = client_of_owner.get(f"{LIST}?limit=2").json()
    second = client_of_owner.get(f"{LIST}?limit=2&cursor={first['next']}").json()
    assert [[one["name"] for one in told["items"]] for told in (first, second)] == [["a", "b"], ["c"]]
    assert second["next"] is None


def test_what_is_named_is_changed(client_of_owner: Client, rent: SavedSearch) -> None:
    address = f"{LIST}/{rent.pk}"
    told = client_of_owner.patch(address, {"name": "Rents"}, content_type=JSON).json()
    assert (told["name"], told["query"], told["sort"]) == ("Rents", "rent -paid", "newest")
    change = {"query": "rent", "sort": "title", "forgive": False}
    told = client_of_owner.patch(address, change, content_type=JSON).json()
    assert told | {"id": 0, "created_at": ""} == {"id": 0, "created_at": "", "name": "Rents", **change}


def test_a_change_of_what_one_did_not_see_is_refused(client_of_owner: Client, rent: SavedSearch) -> None:
    address = f"{LIST}/{rent.pk}"
    seen = client_of_owner.get(address)["ETag"]

    def change(name: str) -> int:
        headers = {"If-Match": seen}
        sent = client_of_owner.patch(address, {"name": name}, content_type=JSON, headers=headers)
        return sent.status_code

    assert (change("Rents"), change("Other")) == (200, 412)
    assert client_of_owner.delete(address, headers={"If-Match": seen}).status_code == 412
    assert SavedSearch.objects.get().name == "Rents"


def test_it_is_deleted(client_of_owner: Client, rent: SavedSearch) -> None:
    assert client_of_owner.delete(f"{LIST}/{rent.pk}").status_code == 204
    assert client_of_owner.get(f"{LIST}/{rent.pk}").status_code == 404


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({"query": "-"}, "nothing-to-look-for"),
        ({"query": "\u200b"}, "nothing-to-look-for"),
        ({"query": ""}, "fields-invalid"),
        ({"query": "rent", "name": "\u200b"}, "name-empty"),
        ({"query": "other", "name": "Rent"}, "search-name-taken"),
        ({"query": "rent", "sort": "colour"}, "fields-invalid"),
        ({"query": 7}, "fields-invalid"),
        ({"query": "rent", "colour": "red"}, "fields-invalid"),
    ],
)
def test_what_does_not_do_is_refused(
    client_of_owner: Client, rent: SavedSearch, sent: dict[str, object], code: str
) -> None:
    answer = client_of_owner.post(LIST, sent, content_type=JSON)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert SavedSearch.objects.count() == 1


def test_nobody_else_has_it(program: Program, rent: SavedSearch, editor: User) -> None:
    theirs = program(editor)
    assert theirs.get(LIST).json()["items"] == []
    address = f"{LIST}/{rent.pk}"
    assert theirs.get(address).status_code == 404
    assert theirs.patch(address, {"name": "x"}, content_type=JSON).status_code == 404
    assert theirs.delete(address).status_code == 404
    assert program(rent.user, "read").delete(address).status_code == 403
