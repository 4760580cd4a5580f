"""What was found in the text of a document, with its places."""

import pytest
from django.test import Client

from accounts.models import User
from documents.models import Collection, Document
from documents.services.catch_up import write
from tests.documents.api.conftest import Program
from tests.factories import make_document


@pytest.fixture
def bill(collection: Collection, owner: User) -> Document:
    texts = ["Pay EUR 5.00 by 2024-03-12", "Or write to jo@example.org and pay EUR 7.50"]
    document = make_document(collection=collection, user=owner, texts=texts)
    write(document.pages.values_list("pk", flat=True), is_anew=True)
    return document


@pytest.fixture
def entities(bill: Document) -> str:
    return f"/api/v1/documents/{bill.pk}/entities"


def test_each_has_its_value_and_its_place(client_of_owner: Client, entities: str) -> None:
    answer = client_of_owner.get(entities)
    told = answer.json()
    assert told["items"][0] == {
        "kind": "amount",
        "value": "5.00 EUR",
        "text": "EUR 5.00",
        "number": 5.0,
        "currency": "EUR",
        "page": 1,
        "start": 4,
        "end": 12,
        "boxes": [{"x0": 12, "y0": 0, "x1": 34, "y1": 10}],  # the second and the third word
    }
    assert [(one["kind"], one["page"], one["currency"]) for one in told["items"]] == [
        ("amount", 1, "EUR"),
        ("date", 1, None),
        ("email", 2, None),
        ("amount", 2, "EUR"),
    ]
    assert (told["next"], bool(answer["ETag"])) == (None, True)


def test_a_place_is_one_of_the_text_of_the_page(
    client_of_owner: Client, entities: str, bill: Document
) -> None:
    for one in client_of_owner.get(entities).json()["items"]:
        page = client_of_owner.get(f"/api/v1/documents/{bill.pk}/pages/{one['page']}").json()
        assert page["text"][one["start"] : one["end"]] == one["text"]


def test_what_is_corrected_is_found_anew(client_of_owner: Client, entities: str, bill: Document) -> None:
    address = f"/api/v1/documents/{bill.pk}/pages/1/lines"
    seen = client_of_owner.get(address).json()["transcription"]
    change = {
        "transcription": seen,
        "changes": [{"do": "replace", "line": 0, "word": 0, "text": "Please pay"}],
    }
    assert client_of_owner.patch(address, change, content_type="application/json").status_code == 200
    told = client_of_owner.get(entities, {"page": 1}).json()["items"]
    assert [(one["value"], one["start"]) for one in told] == [("5.00 EUR", 11), ("2024-03-12", 23)]
    assert told[0]["boxes"] == [{"x0": 12, "y0": 0, "x1": 34, "y1": 10}]


def test_kinds_and_pages_are_chosen(client_of_owner: Client, entities: str) -> None:
    def values(**query: object) -> list[str]:
        return [one["value"] for one in client_of_owner.get(entities, query).json()["items"]]

    assert values(kind="amount") == ["5.00 EUR", "7.50 EUR"]
    assert values(page=1) == ["5.00 EUR", "2024-03-12"]
    assert values(kind="amount", page=2) == ["7.50 EUR"]
    assert values(kind="iban") == values(page=3) == []


def test_the_list_goes_on_where_it_ended(client_of_owner: Client, entities: str) -> None:
    pieces, cursor = [], ""
    while cursor is not None:
        told = client_of_owner.get(entities, {"limit": 3, "cursor": cursor}).json()
        pieces.append([one["value"] for one in told["items"]])
        cursor = told["next"]
    assert pieces == [["5.00 EUR", "2024-03-12", "jo@example.org"], ["7.50 EUR"]]
    cursor = client_of_owner.get(entities, {"limit": 1}).json()["next"]
    answer = client_of_owner.get(entities, {"kind": "amount", "cursor": cursor})
    assert (answer.status_code, answer.json()["code"]) == (422, "cursor-invalid")


@pytest.mark.parametrize("query", [{"kind": "colour"}, {"page": 0}, {"page": "one"}])
def test_what_nothing_can_be_is_refused(
    client_of_owner: Client, entities: str, query: dict[str, object]
) -> None:
    answer = client_of_owner.get(entities, query)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, next(iter(query)))


@pytest.mark.parametrize(
    ("name", "status"), [("owner", 200), ("editor", 200), ("viewer", 200), ("stranger", 404)]
)
def test_members_read_it(
    program: Program, request: pytest.FixtureRequest, entities: str, name: str, status: int
) -> None:
    assert program(request.getfixturevalue(name), "read").get(entities).status_code == status


def test_a_document_in_which_nothing_was_found_has_an_empty_list(
    client_of_owner: Client, document: Document
) -> None:
    answer = client_of_owner.get(f"/api/v1/documents/{document.pk}/entities")
    assert answer.json() == {"items": [], "next": None}
