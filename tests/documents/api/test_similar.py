"""Documents that are like another one."""

import pytest
from django.test import Client

from accounts.models import User
from documents.models import Collection, Document, Membership
from documents.services.tags import add_tags
from documents.services.trash import trash
from tests.documents.api.conftest import Program
from tests.factories import make_document

_WORDS = "orchid greenhouse watering fertiliser seedling compost"


@pytest.fixture
def orchids(collection: Collection, owner: User) -> Document:
    return make_document(collection=collection, user=owner, texts=[_WORDS], title="Orchids")


@pytest.fixture
def more_orchids(orchids: Document, collection: Collection, owner: User) -> Document:
    make_document(collection=collection, user=owner, texts=["flour butter sugar oven"], title="Cake")
    more = make_document(collection=collection, user=owner, texts=[_WORDS + " pot"], title="More orchids")
    add_tags(user=owner, document=more, wanted=["garden"])
    return more


def address(document: Document) -> str:
    return f"/api/v1/documents/{document.pk}/similar"


def test_those_that_share_telling_words_are_told(
    client_of_owner: Client, orchids: Document, more_orchids: Document
) -> None:
    answer = client_of_owner.get(address(orchids))
    one = client_of_owner.get(f"/api/v1/documents/{more_orchids.pk}").json()
    assert answer.json() == {"items": [one], "next": None}
    assert (one["title"], one["tags"], bool(answer["ETag"])) == ("More orchids", ["garden"], True)


def test_nothing_is_like_what_shares_no_words(client_of_owner: Client, document: Document) -> None:
    assert client_of_owner.get(address(document)).json()["items"] == []


def test_what_one_may_not_see_is_not_told(
    program: Program, orchids: Document, more_orchids: Document, owner: User, viewer: User
) -> None:
    private = Collection.objects.create(name="Private")
    Membership.objects.create(collection=private, user=owner, role="owner")
    make_document(collection=private, user=owner, texts=[_WORDS], title="Secret")

    def titles(user: User) -> set[str]:
        return {one["title"] for one in program(user, "read").get(address(orchids)).json()["items"]}

    assert (titles(owner), titles(viewer)) == ({"More orchids", "Secret"}, {"More orchids"})


def test_what_lies_in_the_trash_is_not_told(
    client_of_owner: Client, orchids: Document, more_orchids: Document, owner: User
) -> None:
    trash(user=owner, document=more_orchids)
    assert client_of_owner.get(address(orchids)).json()["items"] == []
    assert client_of_owner.get(address(more_orchids)).status_code == 404


def test_strangers_find_no_document(program: Program, orchids: Document, stranger: User) -> None:
    assert program(stranger).get(address(orchids)).status_code == 404
