"""Each action is a sentence, whatever its details are."""

from typing import Any

import pytest
from django.utils.translation import override

from documents.models import Event
from documents.words.events import in_plain_words, sentences


def said(action: str, *, who: str = "ben", **details: Any) -> str:
    return in_plain_words(Event(action=action, user_name=who, details=details))


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ({"action": "uploaded"}, "ben uploaded it"),
        ({"action": "read", "who": "", "done": 1, "total": 1}, "ocrsite read 1 of 1 page"),
        ({"action": "read", "who": "", "done": 1200, "total": 1300}, "ocrsite read 1,200 of 1,300 pages"),
        ({"action": "read_again", "languages": [], "pages": 2}, "ben had 2 pages read again"),
        (
            {"action": "read_again", "languages": ["eng", "rus"], "pages": 1},
            "ben had 1 page read again in English, Russian",
        ),
        ({"action": "cancelled"}, "ben cancelled the reading"),
        (
            {"action": "shown", "asked_at": "2026-11-20T10:00:00+00:00"},
            "ben chose the reading of Nov. 20, 2026, 10 a.m.",
        ),
        ({"action": "renamed", "before": "A", "after": "B"}, "ben renamed it from “A” to “B”"),
        (
            {"action": "dated", "before": "2024-01-31", "after": "1999-12-31"},
            "ben changed the date from Jan. 31, 2024 to Dec. 31, 1999",
        ),
        ({"action": "moved", "before": "Letters", "after": "Tax"}, "ben moved it from Letters to Tax"),
        ({"action": "moved", "before": "", "after": "Tax"}, "ben moved it from another collection to Tax"),
        (
            {"action": "tagged", "added": ["a", "b"], "removed": ["c"]},
            "ben added the tags a, b · ben removed the tag c",
        ),
        (
            {"action": "tagged", "removed": ["a", "b"], "more": 1240},
            "ben removed the tags a, b and 1,240 more",
        ),
        ({"action": "tagged", "before": "a", "after": "b"}, "ben renamed the tag “a” to “b”"),
        (
            {"action": "tagged", "before": "a", "after": "b", "merged": True},
            "ben made the tag “a” one with “b”",
        ),
        ({"action": "tagged", "coloured": "a"}, "ben gave the tag “a” another colour"),
        ({"action": "noted", "change": "added"}, "ben wrote a note"),
        ({"action": "noted", "change": "edited"}, "ben changed a note"),
        ({"action": "noted", "change": "deleted"}, "ben deleted a note"),
        ({"action": "trashed"}, "ben put it in the trash"),
        ({"action": "restored"}, "ben took it out of the trash"),
        ({"action": "deleted"}, "ben deleted it for good"),
        ({"action": "version"}, "ben made it a newer version of another document"),
        ({"action": "version", "change": "older", "paper": "A"}, "ben made it a newer version of A"),
        ({"action": "version", "change": "newer", "paper": "A"}, "ben made A a newer version of it"),
        (
            {"action": "version", "change": "not_older", "paper": "A"},
            "ben said that it is no version of A",
        ),
        (
            {"action": "version", "change": "not_newer", "paper": "A"},
            "ben said that A is no version of it",
        ),
        ({"action": "member", "change": "made"}, "ben made the collection"),
        (
            {"action": "member", "change": "invited", "person": "ada", "role": "viewer"},
            "ben invited ada as viewer",
        ),
        ({"action": "member", "change": "role", "person": "ada", "role": "owner"}, "ben made ada owner"),
        ({"action": "corrected", "page": 3, "changes": 12}, "ben corrected page 3"),
        ({"action": "member", "change": "left", "person": "ben", "role": ""}, "ben left"),
    ],
)
def test_what_was_done_is_a_sentence(line: dict[str, Any], sentence: str) -> None:
    with override("en"):
        assert said(**line) == sentence


@pytest.mark.parametrize("action", [*Event.Action.values])
def test_a_line_with_few_details_is_a_sentence_too(action: str) -> None:
    assert said(action).startswith("ben ")
    assert "%(" not in said(action)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ({"action": "moved", "after": "Tax"}, "ben moved 1,240 documents to Tax"),
        ({"action": "moved"}, "ben moved 1,240 documents back"),
        ({"action": "tagged", "added": ["a"]}, "ben added the tag a to 1,240 documents"),
        ({"action": "tagged", "added": ["a", "b"]}, "ben added the tags a, b to 1,240 documents"),
        ({"action": "tagged", "removed": ["a"]}, "ben removed the tag a from 1,240 documents"),
        ({"action": "tagged", "removed": ["a", "b"]}, "ben removed the tags a, b from 1,240 documents"),
        ({"action": "renamed"}, "ben renamed 1,240 documents"),
        ({"action": "read_again"}, "ben had 1,240 documents read again"),
        ({"action": "trashed"}, "ben put 1,240 documents in the trash"),
        ({"action": "restored"}, "ben took 1,240 documents out of the trash"),
        ({"action": "deleted"}, "ben deleted 1,240 documents for good"),
        ({"action": "kept"}, "ben kept 1,240 documents beside other copies"),
        ({"action": "version"}, "ben made 1,240 documents newer versions of others"),
        ({"action": "version", "change": "newer"}, "ben gave 1,240 documents newer versions"),
        ({"action": "dated"}, "ben changed 1,240 documents"),
    ],
)
def test_what_was_done_to_many_is_one_sentence(line: dict[str, Any], sentence: str) -> None:
    event = Event(action=line.pop("action"), user_name="ben", details=line)
    event.documents = 1240
    with override("en"):
        (said_once,) = sentences(event)
    assert said_once.template % said_once.values == sentence


def test_a_tag_that_many_documents_had_is_told_of_its_collection() -> None:
    event = Event(action="tagged", user_name="ben", collection_id=1, details={"removed": ["a"]})
    event.documents = 2
    assert [one.template % one.values for one in sentences(event)] == ["ben removed the tag a"]
