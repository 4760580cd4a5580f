import os
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from accounts.models import User
from documents.errors import CollectionGone, FileChanged, PageDamaged, StorageFull
from documents.management.commands import import_files
from documents.models import Collection, Document, Membership
from documents.services import intake, trash
from documents.words import explain_error
from tests.factories import picture

pytestmark = pytest.mark.usefixtures("echo")


def run(*arguments: object) -> tuple[str, str, int]:
    """What the command printed and complained of, and its exit code."""
    out, err = StringIO(), StringIO()
    try:
        call_command("import_files", *map(str, arguments), stdout=out, stderr=err)
    except SystemExit as stop:
        return out.getvalue(), err.getvalue(), int(stop.code or 0)
    return out.getvalue(), err.getvalue(), 0


@pytest.fixture
def scans(tmp_path: Path) -> Path:
    """Three pictures, one of them in a subfolder and one hidden."""
    folder = tmp_path / "scans"
    (folder / "2024").mkdir(parents=True)
    picture(folder / "2024" / "red.png", colour="red")
    picture(folder / "blue.png", colour="blue")
    picture(folder / ".hidden.png", colour="green")
    return folder


def titles() -> list[str]:
    return sorted(Document.objects.values_list("title", flat=True))


def test_folders_come_in_with_what_lies_in_them(owner: User, scans: Path) -> None:
    out, err, code = run(scans)
    assert (out, err, code) == ("Brought in: 2. Here already: 0. Refused: 0.\n", "", 0)
    assert titles() == ["blue", "red"]
    assert {document.collection.personal_of for document in Document.objects.all()} == {owner}
    assert len(list(scans.rglob("*.png"))) == 3


def test_an_empty_name_is_not_the_current_folder(
    owner: User, scans: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(scans)
    with pytest.raises(CommandError, match="this one is empty"):
        run("")
    assert titles() == []


@pytest.mark.parametrize("name", ["", " "])
@pytest.mark.parametrize("option", ["-u", "-l", "--collection", "--tag"])
def test_an_empty_name_is_not_the_usual_one(owner: User, scans: Path, option: str, name: str) -> None:
    with pytest.raises(CommandError, match="this one is empty"):
        run(scans, option, name)
    assert titles() == []


def test_commas_are_no_names_of_tags(owner: User, scans: Path) -> None:
    with pytest.raises(CommandError, match="this one is empty"):
        run(scans, "--tag", ", ,")


@pytest.mark.parametrize("options", [(), ("--dry-run",)])
def test_an_image_that_is_cut_off_is_refused(owner: User, tmp_path: Path, options: tuple[str, ...]) -> None:
    scan = picture(tmp_path / "scan.jpg", size=(200, 150))
    scan.write_bytes(scan.read_bytes()[:-30])
    _out, err, code = run(scan, *options)
    assert (err, code) == (f"{scan}: {explain_error(PageDamaged())}\n", 1)
    assert not Document.objects.exists()


def test_what_has_no_end_is_refused_and_the_others_come_in(owner: User, scans: Path) -> None:
    os.mkfifo(scans.parent / "pipe")
    out, err, code = run("/dev/zero", scans.parent / "pipe", scans / "blue.png")
    assert (out, code) == ("Brought in: 1. Here already: 0. Refused: 2.\n", 1)
    assert [line.partition(": ")[0] for line in err.splitlines()] == ["/dev/zero", f"{scans.parent}/pipe"]


def test_what_came_in_before_is_said_and_left_out(owner: User, scans: Path) -> None:
    run(scans / "blue.png")
    out, _err, code = run(scans)
    assert code == 0
    assert out.splitlines() == [
        f"{scans}/blue.png: The same file is here already, as “blue”. It was not taken a second time.",
        "Brought in: 1. Here already: 1. Refused: 0.",
    ]
    assert run(scans)[0].endswith("Brought in: 0. Here already: 2. Refused: 0.\n")


def test_what_was_trashed_does_not_come_back_by_itself(owner: User, scans: Path) -> None:
    run(scans)
    trash.trash(user=owner, document=Document.objects.get(title="red"))
    assert run(scans)[0].endswith("Brought in: 0. Here already: 2. Refused: 0.\n")


def test_each_file_that_cannot_be_used_is_a_sentence_and_the_others_come_in(owner: User, scans: Path) -> None:
    (scans / "a.txt").write_text("no picture")
    (scans / "b.png").touch()
    out, err, code = run(scans, scans / "nowhere.png")
    assert code == 1
    assert out == "Brought in: 2. Here already: 0. Refused: 3.\n"
    assert [line.partition(": ")[0] for line in err.splitlines()] == [
        f"{scans}/a.txt", f"{scans}/b.png", f"{scans}/nowhere.png",
    ]  # fmt: skip


def test_a_rehearsal_says_what_would_come_in_and_changes_nothing(owner: User, scans: Path) -> None:
    (scans / "twin.png").write_bytes((scans / "blue.png").read_bytes())
    (scans / "a.txt").write_text("no picture")
    out, err, code = run(scans, "--dry-run")
    assert out.splitlines() == [
        f"{scans}/blue.png: would come in; pages: 1",
        f"{scans}/twin.png: The same file is here already, as “blue”. It was not taken a second time.",
        f"{scans}/2024/red.png: would come in; pages: 1",
        "Would come in: 2. Here already: 1. Refused: 1.",
    ]
    assert (err.count("\n"), code) == (1, 1)
    assert titles() == []


def test_collection_tags_and_languages_are_those_that_were_asked_for(
    editor: User, collection: Collection, scans: Path
) -> None:
    code = run(
        scans / "blue.png", "-u", "editor", "--collection", "letters", "--tag", "scan, tax/2024", "-l", "rus"
    )[2]
    assert code == 0
    document = Document.objects.get()
    assert (document.uploaded_by, document.collection) == (editor, collection)
    assert {tag.name for tag in document.tags.all()} == {"scan", "tax/2024"}
    assert document.runs.get().languages == ["rus"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["-u", "nobody"], "Nobody here signs in as “nobody”."),
        ([], "Say with --user whose documents these are to be."),
        (["-u", "owner", "--collection", "Taxes"], "owner may put documents into no collection “Taxes”"),
        (
            ["-u", "viewer", "--collection", "Letters"],
            "viewer may put documents into no collection “Letters”",
        ),
        (["-u", "owner", "-l", "xyz"], "“xyz” is not a language code."),
        (["-u", "owner", "--tag", "s" * 101], "This name is longer than 100 characters."),
    ],
)
def test_wrong_use_is_a_sentence_and_brings_nothing_in(
    collection: Collection, scans: Path, arguments: list[str], sentence: str
) -> None:
    out, err, code = run(scans, *arguments)
    assert (out, code) == ("", 2)
    assert err.startswith(sentence)
    assert titles() == []


def test_the_only_administrator_is_meant_where_nobody_is_named(
    owner: User, editor: User, scans: Path
) -> None:
    User.objects.filter(pk=editor.pk).update(is_superuser=True)
    run(scans)
    assert Document.objects.first().uploaded_by == editor


def test_a_site_without_accounts_says_so(db: None, scans: Path) -> None:
    assert run(scans)[1:] == ("Nobody has an account yet. Make the first one in the browser.\n", 2)


def test_a_full_disk_ends_the_import_and_the_next_one_goes_on(
    owner: User, scans: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(**_arguments: object) -> Document:
        raise StorageFull

    monkeypatch.setattr(intake, "take_in", full)
    out, err, code = run(scans)
    assert (out, code) == ("Brought in: 0. Here already: 0. Refused: 1.\n", 1)
    assert err.endswith("Nothing can be stored now. The same command goes on where it was.\n")
    monkeypatch.undo()
    assert run(scans)[2] == 0


@pytest.mark.parametrize("where", ["start", "file"])
def test_a_database_that_does_not_work_is_a_sentence(
    owner: User, scans: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    def fails(*_arguments: object, **_more: object) -> None:
        raise OperationalError("connection refused\nIs the server running?")

    if where == "start":
        monkeypatch.setattr(import_files, "terms", fails)
    else:
        monkeypatch.setattr(intake, "take_in", fails)
    _out, err, code = run(scans / "blue.png", scans)
    assert code == 1
    assert err.count("The database cannot be used now: connection refused\n") == 1


def test_the_import_ends_where_nothing_may_come_into_the_collection_any_more(
    editor: User, collection: Collection, scans: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    candidates = intake.candidates

    def meanwhile(paths: list[Path]) -> Iterator[intake.Candidate]:
        Membership.objects.filter(user=editor).update(role="viewer")
        return candidates(paths)

    monkeypatch.setattr(intake, "candidates", meanwhile)
    out, err, code = run(scans, "-u", "editor", "--collection", "Letters")
    assert (out, code) == ("Brought in: 0. Here already: 0. Refused: 1.\n", 1)
    assert err.splitlines() == [
        f"{scans}/blue.png: {explain_error(CollectionGone())}",
        "Nothing can be stored now. The same command goes on where it was.",
    ]


def test_a_file_that_is_changed_before_its_turn_is_refused_and_the_others_come_in(
    owner: User, scans: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in = intake.take_in

    def somebody_writes_first(**arguments: Any) -> Document:
        if arguments["files"][0].name == "blue.png":
            picture(scans / "blue.png", colour="green")
        return take_in(**arguments)

    monkeypatch.setattr(intake, "take_in", somebody_writes_first)
    out, err, code = run(scans)
    assert (out, code) == ("Brought in: 1. Here already: 0. Refused: 1.\n", 1)
    assert err == f"{scans}/blue.png: {explain_error(FileChanged())}\n"


def test_ctrl_c_leaves_what_came_in_and_the_next_call_goes_on(
    owner: User, scans: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in, calls = intake.take_in, iter([True])

    def pressed(**arguments: object) -> Document:
        if next(calls, None) is None:
            raise KeyboardInterrupt
        return take_in(**arguments)

    monkeypatch.setattr(intake, "take_in", pressed)
    out, err, code = run(scans)
    assert (out, code) == ("Brought in: 1. Here already: 0. Refused: 0.\n", 130)
    assert err.startswith("Stopped.")
    monkeypatch.undo()
    assert run(scans)[0].endswith("Brought in: 1. Here already: 1. Refused: 0.\n")


def test_names_that_are_no_text_can_be_said(owner: User, tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"\xff.txt")).write_text("no picture")
    _out, err, code = run(tmp_path)
    assert code == 1
    err.encode()


def test_a_collection_of_which_one_is_no_editor_any_more_is_told(
    collection: Collection, editor: User, scans: Path
) -> None:
    Membership.objects.filter(user=editor).update(role="viewer")
    assert run(scans, "-u", "editor", "--collection", "Letters")[2] == 2
