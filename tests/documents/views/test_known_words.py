"""A person's word list, through its page."""

import json

import pytest

from accounts.models import User
from documents.models import KnownWord
from documents.selectors.correcting import known_words, known_words_from
from documents.services.known_words import add_known_word
from tests.documents.views.conftest import Browse, html_of


def test_an_empty_list_says_how_words_come_onto_it(browse: Browse, owner: User) -> None:
    html = html_of(browse(owner).get("/words/"))
    assert "Your list is empty." in html
    assert 'href="/review/"' in html
    assert 'aria-label="Archive"' in html  # the way back stands beside it


def test_words_are_added_and_removed(browse: Browse, owner: User, editor: User) -> None:
    client = browse(owner)
    html = html_of(client.post("/words/", {"word": "(Trajan,"}, follow=True))
    assert "“Trajan” is on your word list." in html
    assert 'aria-label="Remove Trajan"' in html
    assert known_words(editor) == []
    assert "“Trajan” is off" in html_of(client.post("/words/remove/", {"word": "Trajan"}, follow=True))
    assert known_words(owner) == []


def test_nobody_takes_words_off_the_list_of_another(browse: Browse, owner: User, editor: User) -> None:
    add_known_word(user=owner, word="Trajan")
    browse(editor).post("/words/remove/", {"word": "Trajan"})
    assert known_words(owner) == ["Trajan"]


@pytest.mark.parametrize("word", ["", "\0", "x" * 201])
def test_what_is_no_word_is_a_sentence(browse: Browse, owner: User, word: str) -> None:
    client = browse(owner)
    for address in ("/words/", "/words/remove/"):
        assert 'class="message error"' in html_of(client.post(address, {"word": word}, follow=True))
    answer = client.post("/words/", {"word": word}, headers={"Accept": "application/json"})
    assert answer.status_code == 422
    assert json.loads(answer.content)["message"]
    assert not KnownWord.objects.exists()


def test_a_script_is_told_what_the_list_has(browse: Browse, owner: User) -> None:
    answer = browse(owner).post("/words/", {"word": "“Trajan”"}, headers={"Accept": "application/json"})
    assert json.loads(answer.content) == {"word": "Trajan"}


def test_a_long_list_comes_in_parts(browse: Browse, owner: User) -> None:
    KnownWord.objects.bulk_create(KnownWord(user=owner, word=f"w{number:04}") for number in range(1001))
    assert known_words_from(owner, "w0002", most=2) == (["w0002", "w0003"], "w0004")
    client = browse(owner)
    first = html_of(client.get("/words/"))
    assert first.count('aria-label="Remove') == 500
    assert 'href="?from=w0500"' in first
    last = html_of(client.get("/words/?from=w1000"))
    assert last.count('aria-label="Remove') == 1
    assert "To the beginning" in last
    assert client.get("/words/?from=%00").status_code == 200


def test_the_address_that_removes_leads_to_the_list(browse: Browse, owner: User) -> None:
    assert browse(owner).get("/words/remove/")["Location"] == "/words/"
    assert browse(owner).put("/words/").status_code == 405
