"""Where texts are taken apart for search, while something is saved."""

from collections.abc import Collection

import pytest
from django.db import connection

from documents.search.text.analysis import EntryText, entry
from documents.services import index


def depths_of_analysis(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """One for each text that is taken apart from now on: in how many transactions more than now."""
    outside = len(connection.savepoint_ids)
    depths: list[int] = []

    def watched(title: str, text: str, languages: Collection[str]) -> EntryText:
        if text:
            depths.append(len(connection.savepoint_ids) - outside)
        return entry(title, text, languages)

    monkeypatch.setattr(index, "entry", watched)
    return depths
