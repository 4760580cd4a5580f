"""Notes, through the pages."""

import pytest

from accounts.models import User
from documents.models import Document, Note
from tests.documents.views.conftest import Browse, html_of

HTMX = {"HX-Request": "true"}


@pytest.fixture
def note(document: Document, editor: User) -> Note:
    return Note.objects.create(document=document, author=editor, text="Paid <in> May")


def address(document: Document, part: str = "") -> str:
    return f"/documents/{document.pk}/notes/{part}"


def test_a_note_is_written_and_seen_by_all(
    browse: Browse, document: Document, editor: User, viewer: User
) -> None:
    answer = browse(editor).post(address(document), {"text": "Call back\n\non Monday"})
    assert answer["Location"] == address(document)
    html = html_of(browse(viewer).get(f"/documents/{document.pk}/"))
    assert "<p>Call back</p> <p>on Monday</p>" in html
    assert "1 note" in html


def test_the_script_gets_the_notes(browse: Browse, document: Document, editor: User) -> None:
    html = html_of(browse(editor).post(address(document), {"text": "Call back"}, headers=HTMX))
    assert html.startswith('<details class="notes" id="notes" open>')
    assert "Call back" in html


@pytest.mark.parametrize("text", ["", " \0 ", "x" * 10_001])
def test_a_note_that_is_refused_is_not_lost(
    browse: Browse, document: Document, editor: User, text: str
) -> None:
    answer = browse(editor).post(address(document), {"text": text})
    assert answer.status_code == 422
    assert 'id="id_text_error"' in html_of(answer)
    assert text.strip(" \0") in html_of(answer)
    assert not Note.objects.exists()


def test_one_changes_ones_own(browse: Browse, document: Document, editor: User, note: Note) -> None:
    client = browse(editor)
    assert "Paid &lt;in&gt; May</textarea>" in html_of(client.get(address(document, f"{note.pk}/")))
    client.post(address(document, f"{note.pk}/"), {"text": "Paid in June"})
    note.refresh_from_db()
    assert note.text == "Paid in June"
    assert client.post(address(document, f"{note.pk}/"), {"text": ""}).status_code == 422


def test_owners_delete_any_note_but_do_not_change_it(
    browse: Browse, document: Document, owner: User, note: Note
) -> None:
    client = browse(owner)
    html = html_of(client.get(address(document, f"{note.pk}/"), headers=HTMX))
    assert "<textarea" not in html
    assert "Delete the note" in html
    assert client.post(address(document, f"{note.pk}/"), {"text": "x"}).status_code == 403
    assert client.post(address(document, f"{note.pk}/delete/")).status_code == 302
    assert not Note.objects.exists()


def test_editors_leave_the_notes_of_others_alone(
    browse: Browse, document: Document, owner: User, editor: User
) -> None:
    note = Note.objects.create(document=document, author=owner, text="Mine")
    for part in (f"{note.pk}/", f"{note.pk}/delete/"):
        assert browse(editor).post(address(document, part), {"text": "x"}).status_code == 403
    assert "Edit" not in html_of(browse(editor).get(address(document)))


def test_a_note_of_somebody_who_left_stays(
    browse: Browse, document: Document, editor: User, viewer: User, note: Note
) -> None:
    editor.delete()
    assert "somebody who left" in html_of(browse(viewer).get(address(document)))


def test_a_note_of_another_document_is_not_found(
    browse: Browse, document: Document, editor: User, note: Note
) -> None:
    for part in ("999999/", "99999999999999999999/", "999999/delete/"):
        assert browse(editor).post(address(document, part), {"text": "x"}).status_code == 404


def test_a_viewer_without_notes_is_told_who_writes_them(
    browse: Browse, document: Document, viewer: User
) -> None:
    html = html_of(browse(viewer).get(address(document)))
    assert "There are no notes yet." in html
    assert "<textarea" not in html
