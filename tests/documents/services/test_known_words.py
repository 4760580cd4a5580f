"""A person's own words."""

import pytest

from accounts.models import User
from documents.errors import NameEmpty, TooManyKnownWords, WordTooLong
from documents.selectors.correcting import known_words
from documents.services import known_words as service
from documents.services.known_words import add_known_word, remove_known_word


def test_each_person_has_their_own_list(owner: User, editor: User) -> None:
    for word in ("Trajan,", "Trajan", "Cafe\u0301"):
        add_known_word(user=owner, word=word)
    assert (known_words(owner), known_words(editor)) == (["Caf\u00e9", "Trajan"], [])
    remove_known_word(user=editor, word="Trajan")
    remove_known_word(user=owner, word="Trajan")
    assert known_words(owner) == ["Caf\u00e9"]


def test_what_is_no_word_is_refused(owner: User) -> None:
    with pytest.raises(NameEmpty):
        add_known_word(user=owner, word=" \u200b")
    with pytest.raises(WordTooLong):
        add_known_word(user=owner, word="x" * 201)


def test_a_list_has_an_end(owner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "MOST_WORDS", 1)
    add_known_word(user=owner, word="one")
    with pytest.raises(TooManyKnownWords):
        add_known_word(user=owner, word="two")
