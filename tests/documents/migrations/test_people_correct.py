"""Texts that were read before people could correct them are kept, and copied no more than need be."""

import pytest
from django.apps.registry import Apps
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from tests.documents.migrations.conftest import Migrate

pytestmark = pytest.mark.slow


def make_text(apps: Apps) -> int:
    """The key of what was read of a page."""
    user = apps.get_model("accounts", "User").objects.create(username="owner")
    collection = apps.get_model("documents", "Collection").objects.create(name="Letters")
    document = apps.get_model("documents", "Document").objects.create(
        collection=collection, uploaded_by=user, title="Letter", sha256="0" * 64, byte_size=1, page_count=1
    )
    original = document.originals.create(position=0, byte_size=1, page_count=1)
    page = document.pages.create(number=1, original=original, index=0)
    run = document.runs.create(engine="echo")
    texts = apps.get_model("documents", "Transcription").objects
    return texts.create(page=page, run=run, text="Hello", packed=b"").pk


def test_what_was_read_stays_an_engines_and_sqlite_copies_the_texts_once(migrate: Migrate) -> None:
    key = make_text(migrate("0013_pages_by_confidence"))
    with CaptureQueriesContext(connection) as queries:
        after = migrate("0014_people_correct")
    copies = [query for query in queries if 'INTO "new__documents_transcription"' in query["sql"]]
    assert len(copies) == (connection.vendor == "sqlite")
    texts = after.get_model("documents", "Transcription").objects
    text = texts.get(pk=key)
    assert (text.text, text.source, text.author, text.run.engine) == ("Hello", "run", None, "echo")
    with pytest.raises(IntegrityError):
        texts.update(source="person")
    assert texts.update(source="person", run=None) == 1
