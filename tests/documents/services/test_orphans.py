"""Files that no row knows."""

import os
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from documents import storage
from documents.models import Document, Page, Transcription
from documents.services import cleaned, pieces
from documents.services.orphans import orphans, remove_orphans

pytestmark = pytest.mark.usefixtures("empty_storage")


def stored(document: Document, *, days_ago: int) -> str:
    """A picture that no row knows."""
    name = storage.save_bytes(b"picture", storage.picture_name(document.pk, 1, "image"))
    then = (timezone.now() - timedelta(days=days_ago)).timestamp()
    os.utime(default_storage.path(name), (then, then))
    return name


def test_what_rows_know_is_none(document: Document) -> None:
    for folder in storage.folders():
        for name in storage.files_in(folder):
            os.utime(default_storage.path(name), (0, 0))
    assert set(orphans()).isdisjoint(
        {document.originals.get().file, Page.objects.get(document=document).image}
    )


def test_an_old_file_without_a_row_is_found_and_removed(document: Document) -> None:
    lost = stored(document, days_ago=2)
    coming = stored(document, days_ago=0)
    assert lost in set(orphans())
    assert coming not in set(orphans())
    assert remove_orphans() >= 1
    assert not default_storage.exists(lost)
    assert default_storage.exists(coming)
    assert default_storage.exists(document.originals.get().file)


def test_what_was_made_of_a_picture_or_a_reading_is_none_as_long_as_it_is_there(document: Document) -> None:
    page = document.pages.get()
    reading_id = cleaned.reading_of(page)
    assert reading_id
    made = [pieces.name(page), cleaned.name(page.image, reading_id)]
    for name in made:
        storage.save_bytes(b"made", name)
        os.utime(default_storage.path(name), (0, 0))
    assert set(orphans()).isdisjoint(made)
    other = storage.picture_name(document.pk, 1, "image")
    Page.objects.update(image=other, thumbnail=other)
    Transcription.objects.update(image=other, thumbnail=other)
    assert set(made) <= set(orphans())


def test_a_folder_that_is_none_of_the_site_is_left_alone(db: None) -> None:
    kept = storage.save_bytes(b"a note", "originals/ab/notes/read-me.txt")
    os.utime(default_storage.path(kept), (0, 0))
    assert kept not in set(orphans())
    default_storage.delete(kept)
