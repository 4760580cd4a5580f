"""A person's own words."""

import pytest

from accounts.models import User
from documents.errors import LineTooLong, NameEmpty, OcrsiteError, TooManyKnownWords, WordTooLong
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


@pytest.mark.parametrize(
    ("word", "error"),
    [
        (" \u200b", NameEmpty),
        ("x" * 201, WordTooLong),
        ("via Appia " * 21, WordTooLong),
        ("x " * 2501, LineTooLong),
    ],
    ids=["nothing", "word", "term", "line"],
)
def test_what_is_no_word_is_refused(owner: User, word: str, error: type[OcrsiteError]) -> None:
    with pytest.raises(error):
        add_known_word(user=owner, word=word)
    with pytest.raises(error):
        remove_known_word(user=owner, word=word)


def test_a_term_may_be_as_long_as_its_column(owner: User) -> None:
    add_known_word(user=owner, word=f"({'via ' * 50})")
    assert [len(word) for word in known_words(owner)] == [199]


def test_a_word_is_taken_out_however_it_is_written(owner: User) -> None:
    for word in ("Trajan", "Cafe\u0301", "Via  Appia"):
        add_known_word(user=owner, word=word)
    for word in ("Trajan,", "(Cafe\u0301)", "Via Appia."):
        remove_known_word(user=owner, word=word)
    assert known_words(owner) == []


def test_a_list_has_an_end(owner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "MOST_WORDS", 1)
    add_known_word(user=owner, word="one")
    with pytest.raises(TooManyKnownWords):
        add_known_word(user=owner, word="two")
    assert add_known_word(user=owner, word="one,").word == "one"
