"""How many marks a page has, told from its words as indexed: its text need not be taken apart. Pure."""

from collections.abc import Collection, Sequence

import regex

from documents.search.text.lookup import Lookup, Place
from documents.search.text.loose import KEY
from documents.search.text.tokens import is_paired

_PAIR = regex.compile(r"\X\X")


def count(lookup: Lookup, body: str, languages: Collection[str]) -> int:
    """How many marks a text in ``languages`` has whose words, as indexed, are ``body``.

    All but those of doubtful words.
    """
    words = body.split()
    number, end = 0, 0
    # In the order of their starts, as long ones may begin before short ones.
    for place in lookup.among(words, languages):
        number += place.at >= end
        end = max(end, _end(place, words))
    return number


def needs_text(lookup: Lookup, loose: str) -> bool:
    """Whether a page with the terms ``loose`` may have doubtful words that answer the question."""
    padded = f" {loose}"
    return any(f" {KEY}{key}" in padded for key in lookup.sought.keys)


def _end(place: Place, words: Sequence[str]) -> int:
    """Where a mark ends, in words: a pair has its second letter as well, with which the next begins."""
    last = place.at + len(place.way.places) - 1
    is_whole_pair = is_paired(words[last]) and not place.way.is_prefix and _PAIR.fullmatch(words[last])
    return last + 2 if is_whole_pair else last + 1
