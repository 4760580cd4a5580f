"""A folder that is watched: each file comes in once, and none is lost, whatever happens meanwhile."""

import os
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import (
    DataError,
    IntegrityError,
    InterfaceError,
    InternalError,
    OperationalError,
    ProgrammingError,
)
from PIL import Image
from pytest_django import Settings

from accounts.models import User
from accounts.services import delete_accounts
from documents.errors import CollectionGone, PageDamaged, PersonUnknown, StorageDown, TextAlone, UnknownType
from documents.models import Collection, Document, Membership, OcrRun, Role
from documents.ocr.files import pdf_file
from documents.services import intake, shelving, trash, watching
from documents.services.incoming import Incoming
from documents.services.intake import Terms
from documents.services.watching import Outage, Outcome, Watcher
from documents.words import explain_error
from tests.factories import picture
from tests.files import save_pdf, says

pytestmark = pytest.mark.usefixtures("echo")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "scans"
    path.mkdir()
    return path


@pytest.fixture
def terms(owner: User, collection: Collection) -> Terms:
    return Terms(user=owner, collection=collection, languages=("eng",), tag_names=("scan",))


@pytest.fixture
def watcher(folder: Path, terms: Terms) -> Watcher:
    return Watcher(folder, terms, explain_error)


def take_all(watcher: Watcher) -> dict[str, Outcome]:
    """What becomes of the files that stand still over two looks."""
    watcher.look()
    return {path.name: watcher.take(path) for path in watcher.look()}


def names(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_a_file_comes_in_and_is_moved_aside(watcher: Watcher, folder: Path, owner: User) -> None:
    picture(folder / "scan.png")
    assert take_all(watcher) == {"scan.png": Outcome.RECEIVED}
    document = Document.objects.get()
    assert (document.title, document.uploaded_by) == ("scan", owner)
    assert [tag.name for tag in document.tags.all()] == ["scan"]
    assert names(folder) == {"done/scan.png"}


def test_nothing_comes_in_while_it_could_not_be_moved_aside(watcher: Watcher, folder: Path) -> None:
    picture(folder / "scan.png")
    (folder / "done").touch()
    with pytest.raises(NotADirectoryError, match="done"):
        watcher.look()
    (folder / "done").unlink()
    assert take_all(watcher) == {"scan.png": Outcome.RECEIVED}


def test_the_log_says_where_a_file_lay(
    watcher: Watcher, folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    make_old(monkeypatch)
    caplog.set_level("INFO", "documents.services.watching")
    for name in ("ann", "ben"):
        (folder / name).mkdir()
    picture(folder / "ann" / "scan.png")
    (folder / "ben" / "scan.png").write_text("no picture")
    take_all(watcher)
    picture(folder / "ben" / "scan.png")
    take_all(watcher)
    said = [line.getMessage() for line in caplog.records if line.name == watching.__name__]
    assert said[0] == f"Brought in ann/scan.png as {Document.objects.get().pk}"
    assert [line.partition(":")[0] for line in said[1:]] == ["ben/scan.png", "ben/scan.png"]


def hocr(path: Path, said: str = "Hello") -> Path:
    """The text of a `picture`."""
    path.write_text(
        "<html><body><div class='ocr_page' title='bbox 0 0 60 40'><p class='ocr_par'><span class='ocr_line' "
        "title='bbox 1 1 30 20'><span class='ocrx_word' title='bbox 1 1 30 20; x_wconf 90'>"
        f"{said}</span></span></p></div></body></html>"
    )
    return path


def scanned(path: Path) -> Path:
    """An image whose bytes lie all over the file."""
    Image.effect_noise((200, 150), 80).save(path)
    return path


def make_old(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what was written just now have been written a while ago."""
    monkeypatch.setattr(watching, "_PATIENCE", 0.0)


@pytest.mark.parametrize("name", ["scan.hocr", "scan.png.hocr", "SCAN.html"])
def test_a_text_comes_in_with_its_image(watcher: Watcher, folder: Path, name: str) -> None:
    picture(folder / "scan.png")
    hocr(folder / name)
    picture(folder / "other.png", colour="red")
    assert take_all(watcher) == {"scan.png": Outcome.RECEIVED, "other.png": Outcome.RECEIVED}
    assert watcher.found == 2
    document = Document.objects.get(title="scan")
    assert document.originals.count() == 2
    assert document.runs.get().engine == OcrRun.IMPORT
    assert names(folder) == {"done/scan.png", f"done/{name}", "done/other.png"}


def test_an_image_waits_for_a_text_that_is_being_written(watcher: Watcher, folder: Path) -> None:
    scan, text = picture(folder / "scan.png"), hocr(folder / "scan.hocr")
    with text.open("a"):
        watcher.look()
        assert watcher.look() == []
    assert watcher.look() == [scan]


def test_a_text_in_another_folder_is_none_of_the_images(watcher: Watcher, folder: Path) -> None:
    (folder / "ann").mkdir()
    picture(folder / "scan.png")
    hocr(folder / "ann" / "scan.hocr")
    assert take_all(watcher) == {"scan.png": Outcome.RECEIVED, "scan.hocr": Outcome.LEFT}


def test_a_text_waits_for_its_image(watcher: Watcher, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hocr(folder / "scan.hocr")
    assert take_all(watcher) == {"scan.hocr": Outcome.LEFT}
    picture(folder / "scan.png")
    assert take_all(watcher) == {"scan.png": Outcome.RECEIVED}
    assert Document.objects.get().runs.get().engine == OcrRun.IMPORT


def test_a_text_whose_image_does_not_come_says_so(
    watcher: Watcher, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_old(monkeypatch)
    hocr(folder / "scan.hocr")
    assert take_all(watcher) == {"scan.hocr": Outcome.REFUSED}
    assert (folder / "failed" / "scan.hocr.error.txt").read_text() == f"{explain_error(TextAlone())}\n"


def test_a_text_that_cannot_be_used_fails_with_its_image(watcher: Watcher, folder: Path) -> None:
    picture(folder / "scan.png")
    hocr(folder / "scan.hocr")
    hocr(folder / "scan.png.html", "Another")
    assert take_all(watcher) == {"scan.png": Outcome.REFUSED}
    reasons = {path.read_text() for path in (folder / "failed").glob("*.error.txt")}
    assert len(reasons) == 1
    assert next(iter(reasons)).startswith("scan.")
    assert not Document.objects.exists()


def test_a_text_is_moved_after_a_crash_behind_its_image(
    watcher: Watcher, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan, text = picture(folder / "scan.png"), hocr(folder / "scan.hocr")
    put = Watcher._put

    def only_the_image(self: Watcher, path: Path, *rest: object) -> bool:
        if path == text:
            raise KeyboardInterrupt
        return put(self, path, *rest)

    monkeypatch.setattr(Watcher, "_put", only_the_image)
    with pytest.raises(KeyboardInterrupt):
        take_all(watcher)
    monkeypatch.undo()
    assert not scan.exists()
    make_old(monkeypatch)
    assert take_all(watcher) == {"scan.hocr": Outcome.KNOWN}
    assert Document.objects.count() == 1
    assert names(folder) == {"done/scan.png", "done/scan.hocr"}


def test_subfolders_are_watched_and_kept_apart(watcher: Watcher, folder: Path) -> None:
    for name, colour in (("ann", "red"), ("ben", "blue")):
        (folder / name).mkdir()
        picture(folder / name / "scan.png", colour=colour)
    take_all(watcher)
    assert Document.objects.count() == 2
    assert names(folder) == {"done/ann/scan.png", "done/ben/scan.png"}
    assert take_all(watcher) == {}


def test_what_cannot_be_used_lies_with_its_reason_among_the_failed(watcher: Watcher, folder: Path) -> None:
    (folder / "notes.txt").write_text("no picture")
    assert take_all(watcher) == {"notes.txt": Outcome.REFUSED}
    assert names(folder) == {"failed/notes.txt", "failed/notes.txt.error.txt"}
    assert (folder / "failed" / "notes.txt.error.txt").read_text() == f"{explain_error(UnknownType())}\n"


def test_a_file_that_is_too_large_fails_without_being_copied(
    watcher: Watcher, folder: Path, settings: Settings
) -> None:
    settings.OCRSITE_MAX_UPLOAD_MB = 0
    picture(folder / "scan.png")
    assert take_all(watcher) == {"scan.png": Outcome.REFUSED}


@pytest.mark.parametrize(
    "name",
    [".scan.png", "scan.png.part", "scan.png.tmp", "scan.png~", "~$scan.png", "SCAN.PNG.PART", "Thumbs.db"],
)
def test_names_that_are_not_meant_are_left_alone(watcher: Watcher, folder: Path, name: str) -> None:
    picture(folder / "scan.png").rename(folder / name)
    assert take_all(watcher) == {}
    assert names(folder) == {name}


def test_links_are_not_followed(watcher: Watcher, folder: Path, tmp_path: Path) -> None:
    (folder / "link.png").symlink_to(picture(tmp_path / "elsewhere.png"))
    (folder / "folder").symlink_to(tmp_path)
    assert take_all(watcher) == {}


def test_pipes_are_not_waited_for(watcher: Watcher, folder: Path) -> None:
    os.mkfifo(folder / "pipe.png")
    assert take_all(watcher) == {}


def test_a_file_waits_until_it_stood_still_for_a_look(watcher: Watcher, folder: Path, tmp_path: Path) -> None:
    whole = picture(tmp_path / "scan.png").read_bytes()
    scan = folder / "scan.png"
    for end in (10, 40, len(whole)):
        scan.write_bytes(whole[:end])
        assert watcher.look() == []
    assert watcher.look() == [scan]


def test_a_file_that_somebody_has_open_for_writing_waits(watcher: Watcher, folder: Path) -> None:
    scan = picture(folder / "scan.png")
    with scan.open("ab"):
        watcher.look()
        assert watcher.look() == []
    with scan.open("rb"):
        assert watcher.look() == [scan]


def test_a_file_that_changes_after_it_was_looked_at_is_left(watcher: Watcher, folder: Path) -> None:
    scan = picture(folder / "scan.png")
    watcher.look()
    watcher.look()
    picture(scan, colour="red")
    assert watcher.take(scan) == Outcome.LEFT
    assert not Document.objects.exists()
    assert scan.exists()


def test_a_file_that_grows_while_it_comes_in_is_not_moved(
    watcher: Watcher, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The longer one comes in at a later look, as another document."""
    scan = picture(folder / "scan.png")
    take_in = intake.take_in

    def and_more_comes(**arguments: object) -> Document:
        with scan.open("ab") as file:
            file.write(b"more")
        return take_in(**arguments)

    monkeypatch.setattr(intake, "take_in", and_more_comes)
    assert take_all(watcher) == {"scan.png": Outcome.LEFT}
    monkeypatch.undo()
    assert scan.read_bytes().endswith(b"more")


def test_a_file_that_looks_cut_off_is_given_a_minute(
    watcher: Watcher, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "scan.png").touch()
    assert take_all(watcher) == {"scan.png": Outcome.LEFT}
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 90)
    assert take_all(watcher) == {"scan.png": Outcome.REFUSED}


@pytest.mark.parametrize("name", ["scan.png", "scan.jpg", "scan.tif"])
def test_an_image_of_which_the_lower_half_is_still_to_come_waits_for_it(
    watcher: Watcher, folder: Path, name: str
) -> None:
    scan = scanned(folder / name)
    whole = scan.read_bytes()
    scan.write_bytes(whole[: len(whole) // 2])
    assert take_all(watcher) == {name: Outcome.LEFT}
    with scan.open("ab") as file:
        file.write(whole[len(whole) // 2 :])
    assert take_all(watcher) == {name: Outcome.RECEIVED}
    assert (folder / "done" / name).read_bytes() == whole
    assert Document.objects.count() == 1


def test_a_pdf_to_which_pages_are_still_being_added_waits_for_them(
    watcher: Watcher, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan = save_pdf(folder / "scan.pdf", says("one"))
    with scan.open("ab") as file:
        file.write(b"5 0 obj\n<< >>\nendobj\n" * 100)
    assert take_all(watcher) == {"scan.pdf": Outcome.LEFT}
    make_old(monkeypatch)
    assert take_all(watcher) == {"scan.pdf": Outcome.RECEIVED}


@pytest.mark.parametrize("name", ["scan.png", "scan.jpg", "scan.tif"])
def test_half_an_image_fails_with_the_reason_when_the_other_half_does_not_come(
    watcher: Watcher, folder: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    make_old(monkeypatch)
    scan = scanned(folder / name)
    scan.write_bytes(scan.read_bytes()[: scan.stat().st_size // 2])
    assert take_all(watcher) == {name: Outcome.REFUSED}
    assert (folder / "failed" / f"{name}.error.txt").read_text() == f"{explain_error(PageDamaged())}\n"
    assert not Document.objects.exists()


def test_a_tiff_that_is_cut_behind_its_first_page_comes_in(
    watcher: Watcher, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_old(monkeypatch)
    scan = folder / "scan.tif"
    Image.new("RGB", (60, 40)).save(
        scan, save_all=True, append_images=[Image.new("RGB", (60, 40), "red")] * 2
    )
    scan.write_bytes(scan.read_bytes()[: scan.stat().st_size // 2])
    assert take_all(watcher) == {"scan.tif": Outcome.RECEIVED}


def test_a_file_that_came_in_before_the_process_was_killed_is_only_moved(
    watcher: Watcher, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def killed(*_arguments: object) -> bool:
        raise Killed

    picture(folder / "scan.png")
    monkeypatch.setattr(shelving, "put", killed)
    with pytest.raises(Killed):
        take_all(watcher)
    monkeypatch.undo()
    assert Document.objects.count() == 1
    assert take_all(watcher) == {"scan.png": Outcome.KNOWN}
    assert Document.objects.count() == 1
    assert names(folder) == {"done/scan.png"}


def test_the_same_file_twice_comes_in_once(watcher: Watcher, folder: Path) -> None:
    picture(folder / "one.png")
    picture(folder / "two.png")
    assert sorted(take_all(watcher).values()) == [Outcome.KNOWN, Outcome.RECEIVED]
    assert Document.objects.count() == 1
    assert names(folder) == {"done/one.png", "done/two.png"}


def test_a_document_that_was_trashed_comes_in_again_when_its_file_is_put_there_again(
    watcher: Watcher, folder: Path, owner: User
) -> None:
    picture(folder / "scan.png")
    take_all(watcher)
    trash.trash(user=owner, document=Document.objects.get())
    time.sleep(0.02)  # the clock that files are dated by ticks a hundred times a second at least
    (folder / "done" / "scan.png").rename(folder / "again.png")
    assert take_all(watcher) == {"again.png": Outcome.RECEIVED}


def test_a_document_that_was_trashed_before_its_file_could_be_moved_stays_there(
    watcher: Watcher, folder: Path, owner: User, terms: Terms
) -> None:
    scan = picture(folder / "scan.png")
    document = intake.take_in(files=[Incoming.from_path(scan)], terms=terms)
    trash.trash(user=owner, document=document)
    assert take_all(watcher) == {"scan.png": Outcome.KNOWN}


def test_of_two_watchers_one_brings_a_file_in(folder: Path, watcher: Watcher, terms: Terms) -> None:
    scan = picture(folder / "scan.png")
    other = Watcher(folder, terms, explain_error)
    for one in (watcher, other, watcher, other):
        one.look()
    assert {one.take(scan) for one in (watcher, other)} == {Outcome.RECEIVED, Outcome.LEFT}
    assert Document.objects.count() == 1


@pytest.mark.parametrize(
    "error",
    [
        StorageDown(),
        OperationalError(),
        InterfaceError(),
        ProgrammingError(),
        InternalError(),
        IntegrityError(),
        OSError(28, "No space left"),
    ],
    ids=repr,
)
def test_an_outage_leaves_the_file_where_it_is(
    watcher: Watcher, folder: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fails(**_arguments: object) -> Document:
        raise error

    picture(folder / "scan.png")
    monkeypatch.setattr(intake, "take_in", fails)
    with pytest.raises(Outage):
        take_all(watcher)
    assert names(folder) == {"scan.png"}


def test_a_text_is_left_where_it_is_when_the_database_goes_while_it_is_looked_up(
    watcher: Watcher, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(**_arguments: object) -> bool:
        raise OperationalError

    hocr(folder / "scan.hocr")
    monkeypatch.setattr(intake, "came_with_another", fails)
    with pytest.raises(Outage):
        take_all(watcher)
    assert names(folder) == {"scan.hocr"}


@pytest.mark.parametrize("role", [Role.VIEWER, None])
def test_what_may_not_come_into_the_collection_any_more_waits_until_it_may(
    folder: Path, editor: User, collection: Collection, role: Role | None
) -> None:
    """Its editor may only look at it from now on, or has left."""
    mine = Membership.objects.filter(user=editor, collection=collection)
    watcher = Watcher(folder, Terms(user=editor, collection=collection), explain_error)
    mine.update(role=role) if role else mine.delete()
    scan = picture(folder / "scan.png")
    with pytest.raises(Outage) as stopped:
        take_all(watcher)
    assert isinstance(stopped.value.__cause__, CollectionGone)
    assert names(folder) == {"scan.png"}
    Membership.objects.update_or_create(user=editor, collection=collection, defaults={"role": Role.EDITOR})
    assert watcher.look() == [scan]
    assert watcher.take(scan) == Outcome.RECEIVED


def test_nothing_fails_for_an_account_that_was_deleted(
    folder: Path, editor: User, collection: Collection
) -> None:
    watcher = Watcher(folder, Terms(user=editor, collection=collection), explain_error)
    delete_accounts(users=[editor])
    picture(folder / "scan.png")
    with pytest.raises(Outage) as stopped:
        take_all(watcher)
    assert isinstance(stopped.value.__cause__, PersonUnknown)
    assert names(folder) == {"scan.png"}


@pytest.mark.parametrize("error", [RecursionError(), DataError()], ids=repr)
def test_a_file_on_which_the_site_stumbles_is_no_stumbling_block_for_the_others(
    watcher: Watcher, folder: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def stumbles(**_arguments: object) -> Document:
        raise error

    picture(folder / "scan.png")
    monkeypatch.setattr(intake, "take_in", stumbles)
    assert take_all(watcher) == {"scan.png": Outcome.REFUSED}
    assert names(folder) == {"failed/scan.png", "failed/scan.png.error.txt"}


def test_a_file_that_cannot_be_moved_is_tried_again_later(
    watcher: Watcher, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_arguments: object) -> bool:
        raise PermissionError(13, "Permission denied")

    scan = picture(folder / "scan.png")
    monkeypatch.setattr(shelving, "put", refuses)
    assert take_all(watcher) == {"scan.png": Outcome.LEFT}
    assert Document.objects.count() == 1
    monkeypatch.undo()
    assert watcher.look() == []
    later = time.monotonic() + 120
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert watcher.look() == [scan]
    assert watcher.take(scan) == Outcome.KNOWN


def test_a_pdf_over_which_the_system_ran_out_of_memory_is_tried_again_and_keeps_nobody_waiting(
    watcher: Watcher, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan = save_pdf(folder / "scan.pdf", says("one"))
    picture(folder / "scan.png")
    killed = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    monkeypatch.setattr(pdf_file, "_CHILD", [sys.executable, "-c", killed])
    assert take_all(watcher) == {"scan.pdf": Outcome.LEFT, "scan.png": Outcome.RECEIVED}
    monkeypatch.undo()
    later = time.monotonic() + 120
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert watcher.look() == [scan]
    assert watcher.take(scan) == Outcome.RECEIVED


def test_nothing_is_left_in_the_folder_for_work_under_way(watcher: Watcher, folder: Path) -> None:
    before = set(settings.OCRSITE_TMP_DIR.iterdir())
    picture(folder / "scan.png")
    (folder / "notes.txt").write_text("no picture")
    take_all(watcher)
    assert set(settings.OCRSITE_TMP_DIR.iterdir()) == before


def test_a_folder_that_is_not_there_is_told(watcher: Watcher, folder: Path) -> None:
    folder.rmdir()
    with pytest.raises(FileNotFoundError):
        watcher.look()
