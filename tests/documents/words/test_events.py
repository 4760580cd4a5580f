"""Each action is a sentence, whatever its details are."""

from typing import Any

import pytest
from django.utils.translation import override

from documents.models import Event
from documents.words.events import sentences


def said(action: str, *, who: str = "ben", **details: Any) -> str:
    parts = sentences(Event(action=action, user_name=who, details=details))
    return " · ".join(part.template % part.values for part in parts)


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
        ({"action": "tagged", "before": "a", "after": "b"}, "ben renamed the tag “a” to “b”"),
        ({"action": "tagged", "coloured": "a"}, "ben gave the tag “a” another colour"),
        ({"action": "noted", "change": "added"}, "ben wrote a note"),
        ({"action": "noted", "change": "edited"}, "ben changed a note"),
        ({"action": "noted", "change": "deleted"}, "ben deleted a note"),
        ({"action": "trashed"}, "ben put it in the trash"),
        ({"action": "restored"}, "ben took it out of the trash"),
        ({"action": "deleted"}, "ben deleted it for good"),
        ({"action": "member", "change": "made"}, "ben made the collection"),
        (
            {"action": "member", "change": "invited", "person": "ada", "role": "viewer"},
            "ben invited ada as viewer",
        ),
        ({"action": "member", "change": "role", "person": "ada", "role": "owner"}, "ben made ada owner"),
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
