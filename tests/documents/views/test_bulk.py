"""One change to many documents: asked for from a list, followed on its page, undone there."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import User
from documents.models import BulkAction, Collection, Document, Membership, Tag
from documents.services import index, trash
from tests.documents.services.bulk.steps import Kind, begun, finished, make_some
from tests.documents.views.conftest import Browse, html_of
from tests.doubles import EchoEngine


@pytest.fixture
def letters(collection: Collection, owner: User) -> list[Document]:
    return make_some(collection, owner, 3)


@pytest.fixture
def person(browse: Browse, editor: User, echo: EchoEngine) -> Client:
    return browse(editor)


def chosen(*letters: Document, **fields: object) -> dict[str, object]:
    return {"document": [str(letter.pk) for letter in letters], **fields}


def latest() -> BulkAction:
    return BulkAction.objects.latest("pk")


def test_the_archive_offers_to_choose(
    browse: Browse, letters: list[Document], editor: User, viewer: User
) -> None:
    html = html_of(browse(editor).get("/"))
    assert html.count('form="bulk"') == 3
    assert 'value="trash"' in html
    of_viewer = html_of(browse(viewer).get("/"))
    assert 'value="zip"' in of_viewer
    assert 'value="trash"' not in of_viewer


@pytest.mark.parametrize("address", ["/", "/?q=letter", "/?q=is:done"])
def test_what_is_not_ones_own_to_change_is_not_offered_for_it(
    browse: Browse, letters: list[Document], viewer: User, address: str
) -> None:
    own = Collection.objects.create(name="Own")
    Membership.objects.create(collection=own, user=viewer, role="owner")
    client = browse(viewer)
    html = html_of(client.get(address))
    assert ('value="zip"' in html, 'value="trash"' in html) == (True, False)
    Document.objects.filter(pk=letters[0].pk).update(collection=own)
    index.write_document(Document.objects.get(pk=letters[0].pk))
    assert 'value="trash"' in html_of(client.get(address))


def test_what_can_be_undone_begins_at_once(person: Client, letters: list[Document]) -> None:
    answer = person.post("/bulk/", chosen(*letters[:2], kind="trash", back="/?sort=title"))
    action = latest()
    assert answer.headers["Location"] == f"/bulk/{action.pk}/"
    assert (action.kind, action.total) == (Kind.TRASH, 2)
    assert 'href="/?sort=title"' in html_of(person.get(answer.headers["Location"]))


def test_where_to_move_is_asked_first(person: Client, letters: list[Document], editor: User) -> None:
    tax = Collection.objects.create(name="Tax")
    Membership.objects.create(collection=tax, user=editor, role="editor")
    sent = chosen(*letters, kind="move")
    html = html_of(person.post("/bulk/", sent))
    assert "<h1>Move: 3 documents</h1>" in html
    assert html.count('name="document"') == 3
    assert f'<option value="{tax.pk}">Tax</option>' in html
    assert not BulkAction.objects.exists()
    assert person.post("/bulk/", sent | {"asked": "1", "collection": tax.pk}).status_code == 302
    finished(latest())
    assert {letter.collection for letter in Document.objects.all()} == {tax}
    html = html_of(person.get(f"/bulk/{latest().pk}/"))
    assert "Move to “Tax”" in html
    assert "3 documents were moved." in html


def test_tags_that_there_are_are_offered_and_nobody_elses(
    person: Client, letters: list[Document], stranger: User
) -> None:
    Tag.objects.create(collection=letters[0].collection, name="tax/2026")
    foreign = Collection.objects.create(name="Foreign")
    Membership.objects.create(collection=foreign, user=stranger, role="owner")
    Tag.objects.create(collection=foreign, name="secret")
    html = html_of(person.post("/bulk/", chosen(*letters, kind="tag")))
    assert '<option value="tax/2026">' in html
    assert "secret" not in html


@pytest.mark.parametrize(
    ("kind", "fields", "sentence"),
    [
        ("move", {"collection": ""}, "This field is required."),
        ("tag", {"tag": " / "}, "A name needs at least one character"),
        ("tag", {"tag": "x" * 101}, "This name is longer than 100 characters."),
        ("read", {"languages": ["deu"]}, "German (deu) is not installed."),
        ("rename", {"pattern": " "}, "A name needs at least one character"),
        ("rename", {"pattern": "{name} 1"}, "“{name}” is not known here. You can use {title}, {date}"),
        ("rename", {"pattern": "{title}"}, "This would leave every title as it is."),
        ("rename", {"pattern": "x", "first": "1.5"}, "Write a whole number, for example 1 or 001."),
        ("zip", {}, "This field is required."),
        ("zip", {"formats": ["exe"]}, "exe is not one of the available choices."),
    ],
)
def test_what_cannot_be_done_is_a_sentence(
    person: Client, letters: list[Document], kind: str, fields: dict[str, object], sentence: str
) -> None:
    answer = person.post("/bulk/", chosen(*letters, kind=kind, asked="1", **fields))
    assert (answer.status_code, sentence in html_of(answer)) == (422, True)
    assert not BulkAction.objects.exists()


def test_a_renaming_is_shown_before_it_begins(person: Client, letters: list[Document]) -> None:
    sent = chosen(*letters, kind="rename")
    html = html_of(person.post("/bulk/", sent))
    assert "<h1>Rename: 3 documents</h1>" in html
    assert 'value="{title}"' in html
    assert html.count('name="sample"') == 3
    sent |= {"pattern": "Bill {number}", "find": "", "replacement": "", "first": "01", "asked": "1"}
    html = html_of(person.post("/bulk/", sent | {"preview": "1"}))
    assert '<strong dir="auto">Bill 03</strong>' in html
    assert "<h1>" in html
    answer = person.post("/bulk/", sent | {"preview": "1"}, headers={"HX-Request": "true"})
    assert '<strong dir="auto">Bill 03</strong>' in html_of(answer)
    assert "<h1>" not in html_of(answer)
    assert not BulkAction.objects.exists()
    assert person.post("/bulk/", sent).status_code == 302
    finished(latest())
    assert sorted(Document.objects.values_list("title", flat=True)) == ["Bill 01", "Bill 02", "Bill 03"]
    assert "Rename to “Bill {number}”" in html_of(person.get(f"/bulk/{latest().pk}/"))


def test_a_preview_says_why_it_cannot_be_done(person: Client, letters: list[Document]) -> None:
    sent = chosen(*letters, kind="rename", preview="1", pattern="{name}")
    answer = person.post("/bulk/", sent, headers={"HX-Request": "true"})
    assert (answer.status_code, "“{name}” is not known here." in html_of(answer)) == (200, True)


def test_a_preview_shows_no_document_of_others(
    browse: Browse, letters: list[Document], viewer: User, stranger: User
) -> None:
    for user in (viewer, stranger):
        sent = chosen(*letters, kind="rename", sample=[str(letter.pk) for letter in letters])
        assert "Letter" not in html_of(browse(user).post("/bulk/", sent))


def test_a_search_that_was_not_all_understood_changes_nothing(
    person: Client, letters: list[Document]
) -> None:
    for kind in ("trash", "tag", "rename"):
        sent = {"all": "1", "q": "letter before:nonsense", "kind": kind, "back": "/?q=letter"}
        answer = person.post("/bulk/", sent)
        assert answer.headers["Location"] == "/?q=letter"
        assert "A part of this search could not be understood" in html_of(person.get("/"))
    assert not BulkAction.objects.exists()


def test_a_collection_of_others_is_not_offered_and_not_taken(
    person: Client, letters: list[Document], stranger: User
) -> None:
    foreign = Collection.objects.create(name="Foreign")
    Membership.objects.create(collection=foreign, user=stranger, role="owner")
    answer = person.post("/bulk/", chosen(*letters, kind="move", asked="1", collection=foreign.pk))
    assert answer.status_code == 422
    assert "Foreign" not in html_of(answer)


def test_deleting_asks_and_says_that_it_cannot_be_undone(
    person: Client, letters: list[Document], editor: User
) -> None:
    for letter in letters:
        trash.trash(user=editor, document=letter)
    html = html_of(person.post("/bulk/", {"all": "1", "kind": "delete", "back": "/trash/"}))
    assert "<h1>Empty the trash</h1>" in html
    assert "This cannot be undone" in html
    assert Document.objects.count() == 3
    person.post("/bulk/", {"all": "1", "kind": "delete", "asked": "1", "back": "/trash/"})
    finished(latest())
    assert Document.objects.count() == 0
    html = html_of(person.get(f"/bulk/{latest().pk}/"))
    assert "3 documents were deleted for good." in html
    assert "/undo/" not in html


def test_nothing_chosen_is_a_sentence_where_one_came_from(person: Client, letters: list[Document]) -> None:
    for fields in ({}, {"document": ["nonsense"]}, {"document": [str(uuid4())]}):
        answer = person.post("/bulk/", {"kind": "trash", "back": "/?sort=title", **fields}, follow=True)
        assert answer.redirect_chain == [("/?sort=title", 302)]
        assert "No document was chosen." in html_of(answer)


@pytest.mark.parametrize(
    "back", ["https://example.org/", "//example.org/", "javascript:alert(1)", "", "/\\example.org"]
)
def test_the_way_back_leads_nowhere_else(person: Client, back: str) -> None:
    assert person.post("/bulk/", {"kind": "trash", "back": back}).headers["Location"] == "/"


def test_a_way_back_that_cannot_be_stored_is_mended(person: Client, letters: list[Document]) -> None:
    person.post("/bulk/", chosen(*letters, kind="trash", back="/?q=a\0b"))
    assert latest().params["back"] == "/?q=ab"


@pytest.mark.parametrize("kind", ["", "nonsense", "\0"])
def test_an_unknown_kind_is_not_found(person: Client, letters: list[Document], kind: str) -> None:
    assert person.post("/bulk/", chosen(*letters, kind=kind)).status_code == 404


def test_a_thousand_ticked_ones_are_taken_and_more_are_told_what_to_do(
    person: Client, letters: list[Document]
) -> None:
    ticked = [str(letters[0].pk), *(str(uuid4()) for _other in range(999))]
    assert person.post("/bulk/", {"kind": "trash", "document": ticked}).status_code == 302
    answer = person.post("/bulk/", {"kind": "trash", "document": ticked * 2})
    assert answer.status_code == 400
    assert "tick fewer, or choose “All”" in html_of(answer)
    assert latest().total == 1


def test_another_form_with_too_many_fields_hears_nothing_of_ticks(person: Client) -> None:
    answer = person.post("/upload/", {f"field-{number}": "" for number in range(1300)})
    assert answer.status_code == 400
    assert "This request cannot be understood" in html_of(answer)


def test_all_results_are_named_by_what_finds_them(person: Client, letters: list[Document]) -> None:
    sent = {"all": "1", "q": "let\0ter", "forgive": "0", "kind": "tag"}
    html = html_of(person.post("/bulk/", sent))
    assert "that are found by “let ter”" in html
    person.post("/bulk/", {"all": "1", "q": "is:done", "kind": "tag", "asked": "1", "tag": "tax"})
    assert latest().params["query"] == "is:done"


def test_documents_that_one_may_only_read_are_left_as_they_are(
    browse: Browse, letters: list[Document], viewer: User
) -> None:
    reader = browse(viewer)
    reader.post("/bulk/", chosen(*letters, kind="trash"))
    finished(latest())
    html = html_of(reader.get(f"/bulk/{latest().pk}/"))
    assert "Nothing was changed." in html
    assert "3 were left as they were: You may not change this." in html
    assert "Letter 1" in html


def test_what_one_may_not_see_any_more_is_not_named(
    browse: Browse, letters: list[Document], viewer: User
) -> None:
    action = finished(begun(viewer, Kind.TRASH, *letters))
    Membership.objects.filter(user=viewer).delete()
    html = html_of(browse(viewer).get(f"/bulk/{action.pk}/"))
    assert "3 were left as they were" in html
    assert "Letter 1" not in html


def test_the_line_asks_until_it_is_over(person: Client, letters: list[Document], editor: User) -> None:
    action = begun(editor, Kind.TRASH, *letters)
    answer = person.get(f"/bulk/{action.pk}/progress/")
    assert (answer.status_code, "0 of 3 documents" in html_of(answer)) == (200, True)
    assert 'hx-trigger="every 1s"' in html_of(answer)
    finished(action)
    answer = person.get(f"/bulk/{action.pk}/progress/")
    assert (answer.status_code, "3 documents are in the trash." in html_of(answer)) == (286, True)
    assert "hx-trigger" not in html_of(answer)


def test_the_archive_follows_what_is_under_way_to_its_end(
    person: Client, letters: list[Document], editor: User
) -> None:
    assert "bulk-lines" not in html_of(person.get("/"))
    action = begun(editor, Kind.ZIP, *letters, formats=["txt"])
    assert f'hx-get="/bulk/lines/?id={action.pk}"' in html_of(person.get("/"))
    answer = person.get("/bulk/lines/", {"id": action.pk})
    assert (answer.status_code, "0 of 3 documents" in html_of(answer)) == (200, True)
    finished(action)
    answer = person.get("/bulk/lines/", {"id": action.pk})
    assert (answer.status_code, "3 documents were packed." in html_of(answer)) == (286, True)
    assert f'href="/bulk/{action.pk}/download"' in html_of(answer)
    assert "bulk-lines" not in html_of(person.get("/"))


def test_a_line_is_nobody_elses(browse: Browse, letters: list[Document], editor: User, owner: User) -> None:
    action = begun(editor, Kind.TRASH, *letters)
    assert "bulk-lines" not in html_of(browse(owner).get("/"))
    answer = browse(owner).get("/bulk/lines/", {"id": [action.pk, "x", "9" * 30]})
    assert (answer.status_code, html_of(answer)) == (286, "")


def test_it_is_cancelled(person: Client, letters: list[Document], editor: User) -> None:
    action = begun(editor, Kind.TRASH, *letters)
    answer = person.post(f"/bulk/{action.pk}/cancel/", follow=True)
    assert "Cancelled. Nothing was changed." in html_of(answer)


def test_it_is_undone_once(person: Client, letters: list[Document], editor: User) -> None:
    action = finished(begun(editor, Kind.TRASH, *letters))
    assert f"/bulk/{action.pk}/undo/" in html_of(person.get(f"/bulk/{action.pk}/"))
    answer = person.post(f"/bulk/{action.pk}/undo/", follow=True)
    assert "Undo: Move to the trash" in html_of(answer)
    finished(latest())
    assert Document.objects.filter(trashed_at=None).count() == 3
    answer = person.post(f"/bulk/{action.pk}/undo/", follow=True)
    assert "This cannot be undone, or not any more." in html_of(answer)
    assert BulkAction.objects.count() == 2


def test_the_page_of_what_was_undone_says_so(person: Client, letters: list[Document], editor: User) -> None:
    action = finished(begun(editor, Kind.TRASH, *letters))
    person.post(f"/bulk/{action.pk}/undo/")
    link = f'<a href="/bulk/{latest().pk}/">'
    html = html_of(person.get(f"/bulk/{action.pk}/"))
    assert "This is being undone:" in html
    assert link in html
    finished(latest())
    assert "This was undone:" in html_of(person.get(f"/bulk/{action.pk}/"))


def test_what_could_not_be_undone_says_so(person: Client, letters: list[Document], editor: User) -> None:
    action = finished(begun(editor, Kind.TRASH, *letters))
    for letter in letters:
        trash.restore(user=editor, document=letter)
    person.post(f"/bulk/{action.pk}/undo/")
    finished(latest())
    html = html_of(person.get(f"/bulk/{action.pk}/"))
    assert "Nothing of this could be undone:" in html
    assert f"/bulk/{action.pk}/undo/" in html


def test_the_page_of_an_undo_shows_what_came_of_the_next_try(
    person: Client, letters: list[Document], editor: User
) -> None:
    action = finished(begun(editor, Kind.TRASH, *letters))
    for letter in letters:
        trash.restore(user=editor, document=letter)
    first = person.post(f"/bulk/{action.pk}/undo/")["Location"]
    finished(latest())
    assert "Nothing was changed." in html_of(person.get(first))
    for letter in letters:
        trash.trash(user=editor, document=letter)
    assert person.post(f"/bulk/{action.pk}/undo/")["Location"] == first
    finished(latest())
    html = html_of(person.get(first))
    assert ("3 documents are back in the archive." in html, "were left" in html) == (True, False)
    assert html_of(person.get("/bulk/")).count(f'href="{first}"') == 1


@pytest.mark.parametrize("kind", ["tag", "untag"])
def test_the_caret_stands_in_the_only_field(person: Client, letters: list[Document], kind: str) -> None:
    html = html_of(person.post("/bulk/", {"kind": kind, "document": letters[0].pk}))
    (field,) = re.findall(r"<input[^>]* autofocus[^>]*>", html)
    assert 'name="tag"' in field


def test_commas_part_tags(person: Client, letters: list[Document]) -> None:
    person.post("/bulk/", chosen(*letters, kind="tag", asked="1", tag="tax / 2024, paid,,tax/2024"))
    finished(latest())
    assert sorted(tag.name for tag in letters[0].tags.all()) == ["paid", "tax/2024"]
    assert "Add the tags “tax/2024”, “paid”" in html_of(person.get(f"/bulk/{latest().pk}/"))


def test_what_went_to_the_trash_meanwhile_is_told(
    person: Client, letters: list[Document], editor: User
) -> None:
    trash.trash(user=editor, document=letters[0])
    person.post("/bulk/", chosen(*letters, kind="tag", asked="1", tag="tax"))
    finished(latest())
    assert "1 was not found any more." in html_of(person.get(f"/bulk/{latest().pk}/"))


@pytest.mark.parametrize(
    ("q", "title"),
    [
        ("", "Add a tag: all 3 documents"),
        ("letter", "Add a tag: all 3 that are found by “letter”"),
        ("title:1", "Add a tag: the only document that is found by “title:1”"),
    ],
)
def test_a_question_about_all_says_how_many(
    person: Client, letters: list[Document], q: str, title: str
) -> None:
    assert f"<h1>{title}</h1>" in html_of(person.post("/bulk/", {"all": "1", "q": q, "kind": "tag"}))


def test_a_download_is_there_for_who_asked(
    browse: Browse, letters: list[Document], editor: User, owner: User
) -> None:
    action = begun(editor, Kind.ZIP, *letters, formats=["txt"])
    address = f"/bulk/{action.pk}/download"
    assert browse(editor).get(address).status_code == 404
    finished(action)
    answer = browse(editor).get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    assert "attachment" in answer["Content-Disposition"]
    assert answer.getvalue().startswith(b"PK")
    assert address in html_of(browse(editor).get(f"/bulk/{action.pk}/"))
    assert browse(owner).get(address).status_code == 404


@pytest.mark.parametrize("loses", ["membership", "document"])
def test_a_download_goes_with_the_right_to_what_is_in_it(
    browse: Browse, letters: list[Document], editor: User, loses: str
) -> None:
    action = finished(begun(editor, Kind.ZIP, *letters, formats=["txt"]))
    if loses == "membership":
        Membership.objects.filter(user=editor).delete()
    else:
        Document.objects.filter(pk=letters[0].pk).update(collection=Collection.objects.create(name="Secret"))
    address = f"/bulk/{action.pk}/download"
    assert browse(editor).get(address).status_code == 404
    assert address not in html_of(browse(editor).get(f"/bulk/{action.pk}/"))
    line = html_of(browse(editor).get("/bulk/lines/", {"id": action.pk}))
    assert "3 documents were packed." in line
    assert address not in line


@pytest.mark.parametrize("part", ["", "progress/", "cancel/", "undo/", "download"])
def test_it_is_nobody_elses(
    browse: Browse, letters: list[Document], editor: User, owner: User, part: str
) -> None:
    action = begun(editor, Kind.TRASH, *letters)
    other = browse(owner)
    for ask in (other.get, other.post):
        assert ask(f"/bulk/{action.pk}/{part}").status_code in (404, 405)
        assert ask(f"/bulk/{action.pk + 1}/{part}").status_code in (404, 405)
    action.refresh_from_db()
    assert action.state == BulkAction.State.WAITING
    assert f"/bulk/{action.pk}/" not in html_of(other.get("/bulk/"))


def test_the_list_has_what_one_asked_for(person: Client, letters: list[Document], editor: User) -> None:
    assert "Nothing yet." in html_of(person.get("/bulk/"))
    action = finished(begun(editor, Kind.TAG, *letters, tags=["tax"]))
    html = html_of(person.get("/bulk/"))
    assert f'href="/bulk/{action.pk}/"' in html
    assert "Add the tag “tax”" in html
    assert "3 documents have the tag." in html


def test_the_wrong_method_is_refused(person: Client, letters: list[Document], editor: User) -> None:
    action = begun(editor, Kind.TRASH, *letters)
    assert person.put("/bulk/").status_code == 405
    assert {
        person.post(f"/bulk/{action.pk}/{part}").status_code for part in ("", "progress/", "download")
    } == {405}
    for part in ("cancel/", "undo/"):
        assert person.put(f"/bulk/{action.pk}/{part}").status_code == 405
        assert person.get(f"/bulk/{action.pk}/{part}").headers["Location"] == f"/bulk/{action.pk}/"
    action.refresh_from_db()
    assert action.state == BulkAction.State.WAITING


def test_what_would_be_deleted_for_good_is_told(
    person: Client, letters: list[Document], editor: User, owner: User, stranger: User
) -> None:
    for letter, user in zip(letters, (editor, owner, owner), strict=True):
        trash.trash(user=user, document=letter)
    foreign = Collection.objects.create(name="Foreign")
    Membership.objects.create(collection=foreign, user=stranger, role="owner")
    trash.trash(user=stranger, document=make_some(foreign, stranger, 1)[0])
    html = html_of(person.post("/bulk/", {"all": "1", "kind": "delete"}))
    assert "3 documents are deleted for good. 2 were put here by others (Letters)." in html
    assert html.count('<li dir="auto">Letter ') == 3
    html = html_of(person.post("/bulk/", chosen(letters[0], kind="delete")))
    assert "1 document is deleted for good." in html
    assert html.count('<li dir="auto">Letter ') == 1


def test_a_download_that_is_gone_says_why(person: Client, letters: list[Document], editor: User) -> None:
    action = finished(begun(editor, Kind.ZIP, *letters, formats=["txt"]))
    address = f"/bulk/{action.pk}/"
    assert "not given out any more" not in html_of(person.get(address))
    Document.objects.filter(pk=letters[0].pk).update(collection=Collection.objects.create(name="Secret"))
    assert "You may no longer see all that is in this download" in html_of(person.get(address))
    BulkAction.objects.update(file="")
    assert "The download was kept for a day and is gone." in html_of(person.get(address))


@pytest.mark.parametrize("q", ["\0", " ", "\u202e"])
def test_a_question_of_nothing_that_shows_is_not_all_there_is(
    person: Client, letters: list[Document], q: str
) -> None:
    answer = person.post("/bulk/", {"all": "1", "q": q, "kind": "trash"}, follow=True)
    assert "No document was chosen." in html_of(answer)
    assert not BulkAction.objects.exists()
