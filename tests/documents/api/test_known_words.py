import pytest
from django.test import Client

from accounts.models import User
from documents.models import KnownWord
from documents.selectors.correcting import known_words
from documents.services import known_words as service
from documents.services.known_words import add_known_word
from tests.documents.api.conftest import Program

LIST = "/api/v1/words"
JSON = "application/json"


@pytest.fixture
def trajan(owner: User) -> KnownWord:
    return add_known_word(user=owner, word="Trajan")


def test_a_word_is_kept_without_what_stands_around_it(client_of_owner: Client, owner: User) -> None:
    answer = client_of_owner.post(LIST, {"word": "(Trajan,"}, content_type=JSON)
    told = answer.json()
    assert (answer.status_code, answer["Location"]) == (201, f"{LIST}/{told['id']}")
    assert (told["word"], known_words(owner)) == ("Trajan", ["Trajan"])
    assert client_of_owner.get(answer["Location"]).json() == told


def test_what_is_on_the_list_stays_there_once(client_of_owner: Client, trajan: KnownWord) -> None:
    answer = client_of_owner.post(LIST, {"word": "“Trajan”"}, content_type=JSON)
    assert (answer.status_code, answer.json()["id"]) == (201, trajan.pk)
    assert KnownWord.objects.count() == 1


def test_the_list_goes_on_by_word(client_of_owner: Client, owner: User, editor: User) -> None:
    for word in "cab":
        add_known_word(user=owner, word=word)
    add_known_word(user=editor, word="theirs")
    first = client_of_owner.get(f"{LIST}?limit=2").json()
    add_known_word(user=owner, word="aa")  # before where the next piece begins
    second = client_of_owner.get(f"{LIST}?limit=2&cursor={first['next']}").json()
    assert [[one["word"] for one in told["items"]] for told in (first, second)] == [["a", "b"], ["c"]]
    assert second["next"] is None
    assert client_of_owner.get(f"{LIST}?cursor=x").json()["code"] == "cursor-invalid"


def test_it_is_taken_off(client_of_owner: Client, trajan: KnownWord) -> None:
    address = f"{LIST}/{trajan.pk}"
    assert client_of_owner.delete(address, headers={"If-Match": '"other"'}).status_code == 412
    seen = client_of_owner.get(address)["ETag"]
    assert client_of_owner.delete(address, headers={"If-Match": seen}).status_code == 204
    assert (client_of_owner.get(address).status_code, client_of_owner.delete(address).status_code) == (
        404,
        404,
    )


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({"word": " "}, "name-empty"),
        ({"word": "\0"}, "name-empty"),
        ({"word": ""}, "fields-invalid"),
        ({"word": "x" * 201}, "fields-invalid"),
        ({"word": "\u0958" * 101}, "word-too-long"),  # in NFC each of them is two characters
        ({"word": 7}, "fields-invalid"),
        ({"word": "Trajan", "colour": "red"}, "fields-invalid"),
        ({}, "fields-invalid"),
    ],
)
def test_what_is_no_word_is_refused(client_of_owner: Client, sent: dict[str, object], code: str) -> None:
    answer = client_of_owner.post(LIST, sent, content_type=JSON)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert not KnownWord.objects.exists()


def test_a_full_list_takes_no_more(
    client_of_owner: Client, trajan: KnownWord, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "MOST_WORDS", 1)
    answer = client_of_owner.post(LIST, {"word": "Hadrian"}, content_type=JSON)
    assert (answer.status_code, answer.json()["code"]) == (422, "too-many-known-words")


def test_nobody_else_has_it(program: Program, trajan: KnownWord, editor: User) -> None:
    theirs = program(editor)
    assert theirs.get(LIST).json()["items"] == []
    address = f"{LIST}/{trajan.pk}"
    assert (theirs.get(address).status_code, theirs.delete(address).status_code) == (404, 404)
    reading = program(trajan.user, "read")
    assert reading.get(address).json()["word"] == "Trajan"
    assert reading.delete(address).json()["code"] == "scope-missing"
    assert reading.post(LIST, {"word": "Hadrian"}, content_type=JSON).json()["code"] == "scope-missing"
    assert known_words(trajan.user) == ["Trajan"]
