"""A download of many documents."""

import errno
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import User
from documents import storage
from documents.errors import StorageDown
from documents.models import BulkAction, Collection, Document, Original
from documents.services import bulk, orphans, trash
from documents.services.bulk import actions, hold, pack, slices, upkeep, zips
from tests.documents.services.bulk.steps import (
    DONE,
    Kind,
    begun,
    finished,
    left,
    make_some,
    outcome,
    unexplained,
)
from tests.factories import make_document, picture


@pytest.fixture
def letters(collection: Collection, owner: User) -> list[Document]:
    titles = ["Letter", "letter", "a/b: 見積"]
    return [
        make_document(collection=collection, user=owner, texts=["One", "Two"], title=title)
        for title in titles
    ]


def files(action: BulkAction) -> dict[str, bytes]:
    with storage.open_file(action.file) as file, zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def downloads() -> list[str]:
    return storage.files_in("downloads")


def delete_for_good(document: Document, user: User) -> None:
    trash.trash(user=user, document=document)
    trash.delete(user=user, document_id=document.pk)


def test_texts_and_originals_come_under_their_titles(letters: list[Document], viewer: User) -> None:
    action = finished(begun(viewer, Kind.ZIP, *letters, formats=["txt", "original"]))
    text, original = b"One\n\fTwo\n", b"the original"
    assert files(action) == {
        "Letter.png": original,
        "Letter.txt": text,
        "letter (2).png": original,
        "letter (2).txt": text,
        "a b 見積.png": original,
        "a b 見積.txt": text,
    }
    assert (action.state, action.done) == ("done", 3)
    assert not bulk.is_undoable(action)


def test_what_one_may_not_see_any_more_is_left_out(letters: list[Document], owner: User) -> None:
    action = begun(owner, Kind.ZIP, *letters, formats=["txt"])
    trash.trash(user=owner, document=letters[0])
    finished(action)
    assert outcome(action) == [left("no-right"), DONE, DONE]
    assert len(files(action)) == 2


def test_of_a_locked_pdf_there_is_only_the_original(letters: list[Document], owner: User) -> None:
    Document.objects.filter(pk=letters[0].pk).update(is_locked=True)
    assert outcome(finished(begun(owner, Kind.ZIP, letters[0], formats=["txt"]))) == [left("password-needed")]
    both = finished(begun(owner, Kind.ZIP, letters[0], formats=["txt", "original"]))
    assert list(files(both)) == ["Letter.png"]


def test_an_original_that_is_lost_is_named(letters: list[Document], owner: User) -> None:
    storage.delete([letters[0].originals.get().file])
    action = finished(begun(owner, Kind.ZIP, *letters, formats=["original"]))
    assert outcome(action) == [("failed", "original-missing"), DONE, DONE]
    assert len(files(action)) == 2


def test_of_a_document_that_is_left_alone_nothing_is_packed(letters: list[Document], owner: User) -> None:
    first = letters[0].originals.get()
    lost = Original.objects.get(pk=first.pk)
    lost.pk, lost.position, lost.file = None, 1, "originals/lost.png"
    lost.save()
    action = finished(begun(owner, Kind.ZIP, *letters, formats=["original", "txt"]))
    assert outcome(action) == [("failed", "original-missing"), DONE, DONE]
    assert "Letter.png" not in files(action)
    assert len(files(action)) == 4


def test_nothing_is_stored_where_nothing_could_be_packed(letters: list[Document], owner: User) -> None:
    before = downloads()
    storage.delete([letters[0].originals.get().file])
    assert finished(begun(owner, Kind.ZIP, letters[0], formats=["original"])).file == ""
    assert downloads() == before


def test_a_full_disk_is_one_sentence_and_leaves_nothing(
    letters: list[Document], owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(**_document: object) -> Iterator[bytes]:
        yield b"half a text"
        raise OSError(errno.ENOSPC, "No space left on device")

    before = downloads()
    monkeypatch.setattr(zips, "write_document", no_room)
    action = finished(begun(owner, Kind.ZIP, *letters, formats=["txt"]))
    assert (action.state, action.error_code, action.file) == ("done", "no-room-to-pack", "")
    assert downloads() == before


def test_a_storage_that_is_away_is_waited_for(
    letters: list[Document], owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(name: str) -> None:
        raise StorageDown

    action = begun(owner, Kind.ZIP, *letters, formats=["txt", "original"])
    with monkeypatch.context() as patched:
        patched.setattr(storage, "save_file", lambda *_file, **_options: away(""))
        bulk.work(action_id=action.pk, explain=unexplained)
    action.refresh_from_db()
    assert (action.state, action.done) == ("waiting", 0)
    finished(action)
    assert (action.done, len(files(action))) == (3, 6)


def test_cancelling_ends_the_packing_and_leaves_nothing(
    letters: list[Document], owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    action = begun(owner, Kind.ZIP, *letters, formats=["txt"])
    before = downloads()
    save = storage.save_file

    def cancelled_meanwhile(*file, **options) -> str:
        bulk.cancel(action=action)
        return save(*file, **options)

    monkeypatch.setattr(storage, "save_file", cancelled_meanwhile)
    assert finished(action).state == "cancelled"
    assert (action.file, downloads()) == ("", before)


def test_a_pdf_with_text_lies_beside_the_original(
    letters: list[Document], owner: User, tmp_path: Path
) -> None:
    photo = picture(tmp_path / "photo.jpg").read_bytes()
    original = letters[0].originals.get()
    original.file = storage.save_bytes(photo, storage.original_name(letters[0].pk, 0, ".jpg"))
    original.save()
    action = finished(begun(owner, Kind.ZIP, *letters[:2], formats=["pdf", "original"]))
    # The other original is no picture.
    assert outcome(action) == [DONE, left("unknown-type")]
    assert files(action)["Letter.text.pdf"].startswith(b"%PDF-")
    assert files(action)["Letter.jpg"] == photo
    alone = finished(begun(owner, Kind.ZIP, letters[0], formats=["pdf"]))
    assert list(files(alone)) == ["Letter.pdf"]


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """One document for each."""
    monkeypatch.setattr(pack, "_SECONDS", -1.0)


def work(action: BulkAction) -> BulkAction:
    bulk.work(action_id=action.pk, explain=unexplained)
    action.refresh_from_db()
    return action


def test_parts_are_joined_to_one_zip_and_removed(parts: None, letters: list[Document], owner: User) -> None:
    before = downloads()
    action = begun(owner, Kind.ZIP, *letters, formats=["txt", "original"])
    assert [work(action).done for _part in letters] == [1, 2, 3]
    assert len(downloads()) == len(before) + 3
    finished(action)
    assert set(downloads()) == {*before, action.file}
    assert list(files(action)) == [
        "Letter.png", "Letter.txt", "letter (2).png", "letter (2).txt", "a b 見積.png", "a b 見積.txt",
    ]  # fmt: skip
    assert set(files(action).values()) == {b"the original", b"One\n\fTwo\n"}


def test_what_a_dead_worker_left_is_packed_behind_the_parts_that_there_are(
    parts: None, letters: list[Document], owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed: list[str] = []
    add = zips.Packing.add

    def noted(packing: zips.Packing, document: Document, formats: list[str]) -> list[str]:
        packed.append(document.title)
        return add(packing, document, formats)

    monkeypatch.setattr(zips.Packing, "add", noted)
    action = work(begun(owner, Kind.ZIP, *letters, formats=["txt"]))
    assert hold.claim(action.pk)
    BulkAction.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert len(files(finished(action))) == 3
    assert packed == [letter.title for letter in letters]


def test_a_worker_that_comes_back_from_a_long_search_takes_no_part_away(
    parts: None, letters: list[Document], owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another one found and packed a part while the first one hung."""
    calls: list[int] = []
    add_items = actions.add_items

    def overtaken(action: BulkAction, some: list[UUID]) -> int:
        calls.append(action.pk)
        if len(calls) == 1:
            BulkAction.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
            assert work(action).done == 1
        return add_items(action, some)

    monkeypatch.setattr(slices, "add_items", overtaken)
    everything = bulk.Selection(query="")
    action = finished(bulk.start(user=owner, kind=Kind.ZIP, selection=everything, formats=["txt"]))
    assert (len(calls), action.done, len(files(action))) == (2, 3, 3)


def test_a_worker_that_dies_while_it_removes_the_parts_leaves_a_whole_zip(
    parts: None, letters: list[Document], owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    delete = storage.delete

    def half(names: list[str]) -> None:
        delete(names[:1])
        raise StorageDown

    before = downloads()
    action = begun(owner, Kind.ZIP, *letters, formats=["txt"])
    with monkeypatch.context() as patched:
        patched.setattr(storage, "delete", half)
        for _part in [*letters, "joined"]:
            work(action)
        assert action.state == "waiting"
    finished(action)
    assert (action.error_code, len(files(action))) == ("", 3)
    assert set(downloads()) == {*before, action.file}


def test_a_document_that_kills_its_workers_is_left_out(letters: list[Document], owner: User) -> None:
    action = begun(owner, Kind.ZIP, *letters, formats=["txt"])
    for _worker in range(3):
        assert hold.claim(action.pk)
        BulkAction.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert outcome(finished(action)) == [("failed", "bulk-gave-up"), DONE, DONE]
    assert len(files(action)) == 2


def test_a_joining_that_kills_its_workers_ends_with_a_sentence(letters: list[Document], owner: User) -> None:
    action = work(begun(owner, Kind.ZIP, *letters, formats=["txt"]))
    for _worker in range(3):
        assert hold.claim(action.pk)
        BulkAction.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    finished(action)
    assert (action.state, action.error_code, action.file) == ("done", "bulk-gave-up", "")


def test_parts_of_what_was_cancelled_are_removed(parts: None, letters: list[Document], owner: User) -> None:
    before = downloads()
    action = work(begun(owner, Kind.ZIP, *letters, formats=["txt"]))
    upkeep.forget_old()
    assert len(downloads()) == len(before) + 1
    bulk.cancel(action=action)
    upkeep.forget_old()
    assert downloads() == before


def test_a_part_that_became_the_zip_is_not_taken_for_a_part(letters: list[Document], owner: User) -> None:
    action = finished(begun(owner, Kind.ZIP, *letters, formats=["txt"]))
    upkeep.forget_old()
    assert len(files(action)) == 3


def test_parts_are_no_orphans(
    empty_storage: None,
    parts: None,
    letters: list[Document],
    owner: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(orphans, "_SETTLED", timedelta(days=-1))
    action = work(begun(owner, Kind.ZIP, *letters, formats=["txt"]))
    assert not set(orphans.orphans()) & set(action.params["parts"])


def test_a_download_is_removed_after_a_day(collection: Collection, owner: User) -> None:
    action = finished(begun(owner, Kind.ZIP, *make_some(collection, owner, 1), formats=["txt"]))
    upkeep.forget_old()
    assert default_storage.exists(action.file)
    BulkAction.objects.update(finished_at=timezone.now() - timedelta(hours=25))
    upkeep.forget_old()
    assert not default_storage.exists(action.file)
    action.refresh_from_db()
    assert action.file == ""


def test_a_download_goes_with_a_document_in_it(
    empty_storage: None,
    letters: list[Document],
    owner: User,
    viewer: User,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    held = finished(begun(viewer, Kind.ZIP, *letters[:2], formats=["original"]))
    other = finished(begun(viewer, Kind.ZIP, letters[2], formats=["original"]))
    with django_capture_on_commit_callbacks(execute=True):
        delete_for_good(letters[0], owner)
    held.refresh_from_db()
    other.refresh_from_db()
    assert (held.file, held.error_code) == ("", "download-outdated")
    assert downloads() == [other.file]


def test_a_download_that_is_being_packed_goes_with_a_document_in_it(
    monkeypatch: pytest.MonkeyPatch, empty_storage: None, letters: list[Document], owner: User, viewer: User
) -> None:
    monkeypatch.setattr(pack, "_AT_ONCE", 1)
    action = begun(viewer, Kind.ZIP, *letters, formats=["original"])
    bulk.work(action_id=action.pk, explain=unexplained)
    delete_for_good(letters[2], owner)
    action.refresh_from_db()
    assert action.finished_at is None
    delete_for_good(letters[0], owner)
    action = finished(action)
    assert (action.state, action.file, action.error_code) == ("done", "", "download-outdated")
    upkeep.forget_old()
    assert not downloads()
