from urllib.parse import urlencode

import pytest
from django.test import Client

from accounts.models import User
from documents.models import Collection
from tests import factories

LIST = "/api/v1/documents"


@pytest.fixture
def titles(collection: Collection, owner: User) -> list[str]:
    """Of five documents, as they came in."""
    names = ["Beta", "alpha", "Gamma", "delta", "Epsilon"]
    for name in names:
        factories.make_document(collection=collection, user=owner, texts=["text"], title=name)
    return names


def walk(asking: Client, path: str = LIST, **query: object) -> list[list[str]]:
    """The titles of each piece."""
    pieces, cursor = [], ""
    while True:
        answer = asking.get(f"{path}?{urlencode(query | {'cursor': cursor})}").json()
        pieces.append([one["title"] for one in answer["items"]])
        cursor = answer["next"]
        if cursor is None:
            return pieces


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("newest", [["Epsilon", "delta"], ["Gamma", "alpha"], ["Beta"]]),
        ("oldest", [["Beta", "alpha"], ["Gamma", "delta"], ["Epsilon"]]),
        ("title", [["alpha", "Beta"], ["delta", "Epsilon"], ["Gamma"]]),
    ],
)
def test_a_list_comes_in_pieces(
    client_of_owner: Client, titles: list[str], sort: str, expected: list[list[str]]
) -> None:
    assert walk(client_of_owner, limit=2, sort=sort) == expected


def test_the_end_is_told_where_it_falls_together_with_a_piece(
    client_of_owner: Client, titles: list[str]
) -> None:
    assert [len(piece) for piece in walk(client_of_owner, limit=5)] == [5]


def test_what_comes_in_between_moves_nothing(
    client_of_owner: Client, titles: list[str], collection: Collection, owner: User
) -> None:
    first = client_of_owner.get(f"{LIST}?limit=2").json()
    factories.make_document(collection=collection, user=owner, texts=["text"], title="Zeta")
    second = client_of_owner.get(f"{LIST}?limit=2&cursor={first['next']}").json()
    assert [one["title"] for one in second["items"]] == ["Gamma", "alpha"]


def test_a_cursor_is_of_its_list_only(client_of_owner: Client, titles: list[str]) -> None:
    cursor = client_of_owner.get(f"{LIST}?limit=2").json()["next"]
    for query in ({"sort": "title", "cursor": cursor}, {"cursor": f"{cursor}x"}, {"cursor": "nonsense"}):
        answer = client_of_owner.get(f"{LIST}?{urlencode(query)}")
        assert (answer.status_code, answer.json()["code"]) == (422, "cursor-invalid")


@pytest.mark.parametrize("limit", [0, 101, "many"])
def test_a_piece_has_a_size(client_of_owner: Client, limit: object) -> None:
    answer = client_of_owner.get(f"{LIST}?limit={limit}")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "limit")
