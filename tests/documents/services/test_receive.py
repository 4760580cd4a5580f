"""The door: what comes in is stored unchanged, its pages counted; what cannot be read is refused whole."""

from pathlib import Path

import pikepdf
import pytest
from django.conf import settings
from django.db import OperationalError
from PIL import Image

from accounts.models import User
from documents import queues, storage
from documents.errors import (
    FileEmpty,
    Gone,
    LanguageMissing,
    LanguageUnknown,
    PasswordAlone,
    PasswordWrong,
    StorageFull,
    TooManyPages,
    UnknownType,
)
from documents.models import Document, PageJob, State
from documents.services import trash
from documents.services.receive import receive_upload, unlock_document
from tests.doubles import EchoEngine
from tests.factories import incoming, picture

pytestmark = pytest.mark.usefixtures("echo")


def stored_files() -> list[Path]:
    return [
        path
        for path in Path(settings.STORAGES["default"]["OPTIONS"]["location"]).rglob("*")
        if path.is_file()
    ]


@pytest.fixture
def locked_pdf(tmp_path: Path) -> Path:
    path = tmp_path / "locked.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.add_blank_page()
        pdf.save(path, encryption=pikepdf.Encryption(user="sesame", owner="owner"))
    return path


def test_an_image_becomes_a_document_of_one_waiting_page(owner: User, png: Path) -> None:
    document = receive_upload(user=owner, files=[incoming(png)], languages=["eng"])
    assert (document.title, document.page_count, document.state) == ("white", 1, State.QUEUED)
    run = document.runs.get()
    assert (run.languages, run.pages_total, run.requested_by) == (["eng"], 1, owner)
    assert PageJob.objects.get(run=run).state == PageJob.State.QUEUED


def test_the_original_is_kept_byte_for_byte(owner: User, png: Path) -> None:
    document = receive_upload(user=owner, files=[incoming(png)], languages=())
    original = document.originals.get()
    with storage.open_file(original.file) as stored:
        assert stored.read() == png.read_bytes()
    assert (original.media_type, original.name) == ("image/png", "white.png")
    assert document.sha256 == incoming(png).sha256


def test_the_upload_lands_in_the_users_own_collection(owner: User, stranger: User, png: Path) -> None:
    document = receive_upload(user=owner, files=[incoming(png)], languages=())
    again = receive_upload(user=owner, files=[incoming(png)], languages=())
    assert document.collection == again.collection
    assert document.collection.personal_of == owner
    assert not document.collection.members.filter(pk=stranger.pk).exists()


def test_several_images_are_read_as_one_in_their_order(owner: User, tmp_path: Path) -> None:
    paths = [picture(tmp_path / f"{name}.png", colour=name) for name in ("red", "green", "blue")]
    document = receive_upload(user=owner, files=[incoming(path) for path in paths], languages=())
    names = list(document.pages.values_list("number", "original__name"))
    assert names == [(1, "red.png"), (2, "green.png"), (3, "blue.png")]


def test_each_frame_of_a_tiff_is_a_page(owner: User, tmp_path: Path) -> None:
    frames = [Image.new("L", (40, 60), shade) for shade in (0, 100, 200)]
    frames[0].save(tmp_path / "fax.tif", save_all=True, append_images=frames[1:])
    document = receive_upload(user=owner, files=[incoming(tmp_path / "fax.tif")], languages=())
    assert list(document.pages.values_list("number", "index")) == [(1, 0), (2, 1), (3, 2)]


@pytest.mark.parametrize(
    ("content", "error"),
    [(b"", FileEmpty), (b"Dear Sir, this is text.", UnknownType), (b"PK\x03\x04zip", UnknownType)],
)
def test_a_file_that_cannot_be_read_leaves_nothing_behind(
    owner: User, tmp_path: Path, content: bytes, error: type[Exception]
) -> None:
    before = stored_files()
    (tmp_path / "scan.png").write_bytes(content)
    with pytest.raises(error):
        receive_upload(user=owner, files=[incoming(tmp_path / "scan.png")], languages=())
    assert not Document.objects.exists()
    assert stored_files() == before


@pytest.mark.parametrize(("language", "error"), [("xxx", LanguageUnknown), ("swe", LanguageMissing)])
def test_a_language_that_cannot_be_read_is_told_before_anything_is_stored(
    owner: User, png: Path, language: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        receive_upload(user=owner, files=[incoming(png)], languages=[language])
    assert not Document.objects.exists()


def test_the_advice_for_a_missing_pack_is_a_command(owner: User, png: Path) -> None:
    with pytest.raises(LanguageMissing, match=r"Swedish.*apt-get install tesseract-ocr-swe"):
        receive_upload(user=owner, files=[incoming(png)], languages=["swe"])


def test_the_limit_of_pages_counts_all_files_together(owner: User, tmp_path: Path, settings) -> None:
    settings.OCRSITE_MAX_PAGES = 2
    files = [incoming(picture(tmp_path / f"{number}.png")) for number in range(3)]
    with pytest.raises(TooManyPages, match="3 pages; the limit is 2"):
        receive_upload(user=owner, files=files, languages=())


def test_a_disk_that_fills_up_leaves_nothing_behind(
    owner: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = stored_files()
    files = [incoming(picture(tmp_path / f"{number}.png")) for number in range(2)]
    room = iter([True, False])
    save = storage._save

    def save_while_there_is_room(content: object, name: str) -> str:
        if not next(room):
            raise StorageFull
        return save(content, name)

    monkeypatch.setattr(storage, "_save", save_while_there_is_room)
    with pytest.raises(StorageFull):
        receive_upload(user=owner, files=files, languages=())
    assert stored_files() == before
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Счёт за май.pdf.png", "Счёт за май.pdf"),
        ("領収書.png", "領収書"),
        ("two\nlines\x00.png", "two lines"),
        ("evil\u202egnp.exe.png", "evilgnp.exe"),
        ("x" * 400 + ".png", "x" * 300),
        (" .png", "–"),
    ],
)
def test_the_title_is_the_files_name_made_safe(owner: User, png: Path, name: str, title: str) -> None:
    assert receive_upload(user=owner, files=[incoming(png, name)], languages=()).title == title


def test_a_title_that_was_given_is_kept(owner: User, png: Path) -> None:
    assert receive_upload(user=owner, files=[incoming(png)], languages=(), title="May").title == "May"


def test_a_locked_pdf_waits_for_its_password(owner: User, locked_pdf: Path) -> None:
    document = receive_upload(user=owner, files=[incoming(locked_pdf)], languages=["eng"])
    assert (document.is_locked, document.state, document.page_count) == (True, State.FAILED, 0)


def test_the_password_opens_it_and_is_stored_nowhere(owner: User, locked_pdf: Path) -> None:
    document = receive_upload(user=owner, files=[incoming(locked_pdf)], languages=["eng"])
    unlock_document(document=document, password="sesame")
    document.refresh_from_db()
    assert (document.is_locked, document.state, document.page_count) == (False, State.QUEUED, 2)
    original = document.originals.get()
    with storage.open_file(original.file) as stored:
        assert stored.read() == locked_pdf.read_bytes()
    with storage.local_path(original.readable) as readable, pikepdf.open(readable) as pdf:
        assert len(pdf.pages) == 2
    assert all(b"sesame" not in path.read_bytes() for path in stored_files())


def test_what_was_trashed_meanwhile_is_not_unlocked(owner: User, locked_pdf: Path) -> None:
    document = receive_upload(user=owner, files=[incoming(locked_pdf)], languages=["eng"])
    before = stored_files()
    trash.trash(user=owner, document=document)
    with pytest.raises(Gone):
        unlock_document(document=document, password="sesame")
    document.refresh_from_db()
    assert (document.is_locked, document.page_count) == (True, 0)
    assert stored_files() == before


def test_a_wrong_password_changes_nothing(owner: User, locked_pdf: Path) -> None:
    document = receive_upload(user=owner, files=[incoming(locked_pdf)], languages=())
    before = stored_files()
    with pytest.raises(PasswordWrong):
        unlock_document(document=document, password="open")
    document.refresh_from_db()
    assert document.is_locked
    assert stored_files() == before


def test_a_locked_pdf_is_not_read_together_with_others(owner: User, locked_pdf: Path, png: Path) -> None:
    with pytest.raises(PasswordAlone) as refused:
        receive_upload(user=owner, files=[incoming(png), incoming(locked_pdf)], languages=())
    assert refused.value.file == "locked.pdf"


def test_a_file_of_the_users_own_is_copied_and_an_uploaded_one_may_be_moved(
    owner: User, png: Path, tmp_path: Path
) -> None:
    receive_upload(user=owner, files=[incoming(png)], languages=())
    assert png.exists()


def test_what_is_committed_stays_when_the_queue_does_not_answer(
    transactional_db: None, owner: User, png: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(queues, "_queue", broken)
    document = receive_upload(user=owner, files=[incoming(png)], languages=())
    with storage.open_file(document.originals.get().file) as stored:
        assert stored.read() == png.read_bytes()


def test_the_echo_engine_is_in_place(echo: EchoEngine) -> None:
    assert "swe" not in echo.languages()
