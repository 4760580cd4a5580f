import signal
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.management import CommandError, call_command
from django.db import OperationalError
from pytest_django import Settings

from accounts.models import User
from documents.management.commands import watch
from documents.management.terms import terms
from documents.models import Collection, Document
from documents.services import shelving
from documents.services.intake import Terms
from documents.services.watching import Watcher
from tests.factories import picture

pytestmark = pytest.mark.usefixtures("echo")


def run(*arguments: object) -> tuple[str, str, int]:
    """What the command printed and complained of, and its exit code."""
    out, err = StringIO(), StringIO()
    try:
        call_command("watch", *map(str, arguments), stdout=out, stderr=err)
    except SystemExit as stop:
        return out.getvalue(), err.getvalue(), int(stop.code or 0)
    return out.getvalue(), err.getvalue(), 0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "scans"
    path.mkdir()
    return path


ONCE = ("--once", "--every", "0.01")


def test_once_brings_in_what_is_there(owner: User, folder: Path) -> None:
    picture(folder / "scan.png")
    assert run(folder, *ONCE) == ("Brought in: 1. Here already: 0. Refused: 0. Left for later: 0.\n", "", 0)
    assert (folder / "done" / "scan.png").exists()


def test_once_tells_by_its_exit_code_that_something_was_refused(owner: User, folder: Path) -> None:
    (folder / "notes.txt").write_text("no picture")
    (folder / "empty.png").touch()
    out, _err, code = run(folder, *ONCE)
    assert (out, code) == ("Brought in: 0. Here already: 0. Refused: 1. Left for later: 1.\n", 1)


def test_once_tells_that_a_file_that_came_in_could_not_be_moved(
    owner: User, folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuses(*_arguments: object) -> bool:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(shelving, "put", refuses)
    scan = picture(folder / "scan.png")
    out, _err, code = run(folder, *ONCE)
    assert (out, code) == ("Brought in: 0. Here already: 0. Refused: 0. Left for later: 1.\n", 1)
    assert f"{scan} is left where it is: Permission denied" in caplog.text


def test_once_over_a_folder_without_new_files_is_no_failure(owner: User, folder: Path) -> None:
    assert run(folder, *ONCE)[2] == 0


def test_collection_and_user_of_the_settings_count_where_none_are_named(
    editor: User, collection: Collection, folder: Path, settings: Settings
) -> None:
    settings.OCRSITE_WATCH_DIR = folder
    settings.OCRSITE_WATCH_USER = "editor"
    settings.OCRSITE_WATCH_COLLECTION = "Letters"
    picture(folder / "scan.png")
    run(*ONCE)
    document = Document.objects.get()
    assert (document.uploaded_by, document.collection) == (editor, collection)


def test_a_folder_that_is_not_there_is_a_sentence(owner: User, tmp_path: Path) -> None:
    assert run(tmp_path / "nowhere")[1:] == (f"There is no folder {tmp_path}/nowhere.\n", 2)


@pytest.mark.parametrize("name", ["done", "failed"])
def test_a_folder_in_which_nothing_could_be_moved_aside_is_refused(
    owner: User, folder: Path, name: str
) -> None:
    picture(folder / "scan.png")
    (folder / name).touch()
    told = f"{folder}/{name} is a file, and a folder has to be there. Move it away.\n"
    assert run(folder, *ONCE) == ("", told, 2)
    assert not Document.objects.exists()


def test_an_empty_name_is_not_the_current_folder(
    owner: User, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    picture(folder / "scan.png")
    with pytest.raises(CommandError, match="this one is empty"):
        run("", *ONCE)
    assert (folder / "scan.png").exists()


@pytest.mark.parametrize("option", ["-u", "-l", "--collection", "--tag"])
def test_an_empty_name_is_not_the_usual_one(owner: User, folder: Path, option: str) -> None:
    picture(folder / "scan.png")
    with pytest.raises(CommandError, match="this one is empty"):
        run(folder, option, "", *ONCE)
    assert (folder / "scan.png").exists()


def test_without_a_folder_it_says_how_to_name_one(owner: User) -> None:
    assert run()[1:] == ("Name the folder to watch, or set OCRSITE_WATCH_DIR.\n", 2)


def test_the_files_of_the_site_are_not_watched(owner: User, settings: Settings) -> None:
    assert isinstance(default_storage, FileSystemStorage)
    media = Path(default_storage.path(""))
    (media / "originals").mkdir(parents=True, exist_ok=True)
    holds = (settings.OCRSITE_DATA_DIR, settings.BASE_DIR, media, "/", Path.home())
    within = (media / "originals", settings.BASE_DIR / "documents")
    for place in (*holds, *within):
        _out, err, code = run(place)
        assert code == 2
        assert "would be moved aside" in err


@pytest.mark.parametrize("every", ["0", "-1", "soon"])
def test_a_pause_that_is_none_is_refused(owner: User, folder: Path, every: str) -> None:
    with pytest.raises(CommandError, match="write seconds"):
        run(folder, "--every", every)


def test_it_waits_for_the_folder_of_the_settings_and_for_the_first_account(
    db: None,
    folder: Path,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """As when a disk is mounted late, on a new site."""
    folder.rmdir()
    settings.OCRSITE_WATCH_DIR = folder
    naps = iter(("account", "folder", "file", "look", "end"))

    def nap(self: watch.Command, _pause: float) -> None:
        match next(naps):
            case "account":
                User.objects.create_superuser("ann")
            case "folder":
                folder.mkdir()
            case "file":
                picture(folder / "scan.png")
            case "end":
                signal.raise_signal(signal.SIGTERM)

    monkeypatch.setattr(watch.Command, "_nap", nap)
    assert run()[2] == 0
    assert Document.objects.count() == 1
    said = [line.getMessage() for line in caplog.records if line.name == watch.__name__]
    assert said == [
        "Nobody has an account yet. Make the first one in the browser.",
        f"{folder}: No such file or directory",
    ]


def test_it_waits_for_the_database(
    owner: User,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """As when both start at once."""
    picture(folder / "scan.png")
    pauses = []

    def refuses(*_arguments: object) -> Terms:
        raise OperationalError("connection refused\nIs the server running?")

    def nap(self: watch.Command, pause: float) -> None:
        pauses.append(pause)
        if len(pauses) == 2:
            monkeypatch.setattr(watch, "terms", terms)
        elif len(pauses) == 4:
            signal.raise_signal(signal.SIGTERM)

    monkeypatch.setattr(watch, "terms", refuses)
    monkeypatch.setattr(watch.Command, "_nap", nap)
    assert run(folder) == ("", "", 0)
    assert Document.objects.count() == 1
    assert pauses[:2] == [30, 30]
    said = [line.getMessage() for line in caplog.records if line.name == watch.__name__]
    assert said == ["The database cannot be used now: connection refused"]


def test_once_does_not_wait_for_the_database(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(*_arguments: object) -> Terms:
        raise OperationalError("connection refused")

    monkeypatch.setattr(watch, "terms", refuses)
    assert run(folder, *ONCE)[1:] == ("The database cannot be used now: connection refused\n", 1)


def test_it_ends_with_the_file_in_hand(owner: User, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for colour in ("red", "blue"):
        picture(folder / f"{colour}.png", colour=colour)
    take = Watcher.take

    def told_meanwhile(self: Watcher, path: Path) -> object:
        signal.raise_signal(signal.SIGTERM)
        return take(self, path)

    monkeypatch.setattr(Watcher, "take", told_meanwhile)
    assert run(folder, "--every", "0.01") == ("", "", 0)
    assert Document.objects.count() == 1
    assert len(list((folder / "done").iterdir())) == 1


def test_signals_are_given_back_to_whoever_called(owner: User, folder: Path) -> None:
    before = [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)]
    run(folder, *ONCE)
    assert [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)] == before


def test_an_outage_is_said_once_while_it_lasts(
    owner: User, folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    naps = iter(range(5))

    def nap(self: watch.Command, _pause: float) -> None:
        if next(naps) == 4:
            signal.raise_signal(signal.SIGTERM)

    def gone(self: Watcher) -> list[Path]:
        raise OSError(5, "Input/output error", str(folder))

    monkeypatch.setattr(watch.Command, "_nap", nap)
    monkeypatch.setattr(Watcher, "look", gone)
    run(folder)
    said = [line.getMessage() for line in caplog.records if line.name == watch.__name__]
    assert said == [f"{folder}: Input/output error"]
