"""Correcting a page: what was before stays, and everything that uses text uses the correction."""

import json
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from io import BytesIO

import pytest
from django.utils import timezone

from accounts.models import User
from documents.errors import Gone, NotUndoable, PageChanged, PlaceMissing
from documents.models import (
    Collection,
    DateSource,
    Document,
    Entity,
    Event,
    Page,
    SearchWord,
    Transcription,
)
from documents.ocr.correcting.operations import Operation, ReplaceWord
from documents.ocr.elements import Box, Word
from documents.ocr.packing import pack, unpack_with_tables
from documents.search.find import find
from documents.selectors.review import pages_to_review
from documents.services import correct, misreadings, organise, trash
from documents.services.bulk.zips import Packing
from documents.services.export import write_document
from documents.words.events import sentences
from tests.documents.services.analysing import depths_of_analysis
from tests.factories import blocks, make_document


@pytest.fixture
def page(document: Document) -> Page:
    return document.pages.get()


def change(user: User, page: Page, *operations: Operation) -> Transcription:
    """Save a change to what ``page`` shows now."""
    page.refresh_from_db()
    return correct.correct(user=user, page=page, current_id=page.current.pk, operations=operations)


def text(page: Page) -> str:
    page.refresh_from_db()
    return page.current.text


def undo(user: User, page: Page) -> None:
    page.refresh_from_db()
    correct.undo(user=user, page=page, current_id=page.current.pk)


def redo(user: User, page: Page) -> None:
    page.refresh_from_db()
    correct.redo(user=user, page=page, current_id=page.current.pk)


def restore_first(user: User, page: Page) -> None:
    page.refresh_from_db()
    earlier = page.transcriptions.earliest("pk")
    correct.restore(user=user, page=page, current_id=page.current.pk, earlier=earlier)


def take_all_of_the_first(user: User, page: Page) -> None:
    page.refresh_from_db()
    first = page.transcriptions.earliest("pk")
    correct.take_over(user=user, page=page, current_id=page.current.pk, other=first, choices=[0])


def test_a_correction_is_a_text_of_its_own(editor: User, page: Page) -> None:
    before = page.current
    made = change(editor, page, ReplaceWord(0, 0, "Hallo"))
    assert text(page) == made.text == "Hallo world"
    assert (made.source, made.author, made.run) == (Transcription.Source.PERSON, editor, None)
    assert (made.based_on, made.reading) == (before, before)
    assert (made.width, made.height, made.image) == (before.width, before.height, before.image)
    before.refresh_from_db()
    assert before.text == "Hello world"
    assert made.page_text.words[0].confidence == 100
    assert made.mean_confidence == made.page_text.confidence == 95


def test_the_document_is_as_sure_as_its_texts(editor: User, page: Page) -> None:
    change(editor, page, ReplaceWord(0, 0, "Hallo"))
    assert Document.objects.get().mean_confidence == 95


def test_the_engines_reading_stays_known_however_often_it_is_corrected(editor: User, page: Page) -> None:
    reading = page.current
    change(editor, page, ReplaceWord(0, 0, "Hallo"))
    assert change(editor, page, ReplaceWord(0, 1, "Welt")).reading == reading


def test_what_is_kept_in_memory_is_what_the_database_has(editor: User, page: Page) -> None:
    seen = page.current.page_text
    line = seen.lines[0]
    odd = Word("Odd", 33.333, Box(1, 1, 9, 9))
    steps = [
        partial(correct.correct, operations=[ReplaceWord(0, 0, "Ünd two")]),
        partial(correct.put_words, words=[*line.words, odd]),
        partial(correct.put_region, region=line.box, blocks=blocks("Read again")),
    ]
    for step in steps:
        page.refresh_from_db()
        made = step(user=editor, page=page, current_id=page.current.pk)
        elsewhere = zlib.compress(zlib.decompress(made.packed), level=9)
        assert made.text_with_tables == unpack_with_tables(elsewhere)
        shown = Page.objects.select_related("document").get(pk=page.pk)
        assert (page.current, page.has_tables, page.proofread_at, page.document.mean_confidence) == (
            shown.current, shown.has_tables, shown.proofread_at, shown.document.mean_confidence
        )  # fmt: skip


def test_what_changes_nothing_is_not_saved(editor: User, page: Page) -> None:
    change(editor, page, ReplaceWord(0, 0, "Hallo"))
    assert change(editor, page, ReplaceWord(0, 0, "Hallo")) == page.current
    assert Transcription.objects.count() == 2


def test_a_mistake_leaves_the_page_as_it_is(editor: User, page: Page) -> None:
    with pytest.raises(PlaceMissing):
        change(editor, page, ReplaceWord(0, 0, "Hallo"), ReplaceWord(7, 0, "x"))
    assert (text(page), Transcription.objects.count()) == ("Hello world", 1)


def test_the_second_of_two_people_is_told_and_nothing_is_lost(owner: User, editor: User, page: Page) -> None:
    seen = page.current.pk
    stale = Page.objects.select_related("document", "current").get()
    change(editor, page, ReplaceWord(0, 0, "Hallo"))
    # Whether they come after the first was saved, or at the same moment:
    for late in (Page.objects.select_related("document", "current").get(), stale):
        with pytest.raises(PageChanged) as caught:
            correct.correct(user=owner, page=late, current_id=seen, operations=[ReplaceWord(0, 1, "Welt")])
        page.refresh_from_db()
        expected = {"name": "editor", "at": page.changed_at.isoformat(), "current": page.current_id}
        assert caught.value.params == expected
    assert (text(page), Transcription.objects.count()) == ("Hallo world", 2)


@pytest.mark.parametrize("name", ["viewer", "stranger"])
def test_only_editors_may(name: str, page: Page, request: pytest.FixtureRequest) -> None:
    with pytest.raises(Gone):
        change(request.getfixturevalue(name), page, ReplaceWord(0, 0, "Hallo"))
    assert text(page) == "Hello world"


def test_nothing_is_corrected_in_the_trash(editor: User, page: Page) -> None:
    trash.trash(user=editor, document=page.document)
    with pytest.raises(Gone):
        change(editor, page, ReplaceWord(0, 0, "Hallo"))


# Undo, redo, restore


def test_changes_are_undone_and_redone_one_by_one(editor: User, page: Page) -> None:
    change(editor, page, ReplaceWord(0, 0, "Hallo"))
    change(editor, page, ReplaceWord(0, 1, "Welt"))
    shown = [text(page)]
    for step in (undo, undo, redo, redo):
        step(editor, page)
        shown.append(text(page))
    assert shown == ["Hallo Welt", "Hallo world", "Hello world", "Hallo world", "Hallo Welt"]
    assert Transcription.objects.count() == 3


def test_what_was_undone_before_a_new_change_is_not_redone_in_its_place(editor: User, page: Page) -> None:
    change(editor, page, ReplaceWord(0, 0, "Hallo"))
    undo(editor, page)
    change(editor, page, ReplaceWord(0, 0, "Bye"))
    undo(editor, page)
    redo(editor, page)
    assert text(page) == "Bye world"


def test_there_is_an_end_to_undoing_and_redoing(editor: User, page: Page) -> None:
    with pytest.raises(NotUndoable):
        undo(editor, page)
    with pytest.raises(NotUndoable):
        redo(editor, page)


def test_nobody_undoes_what_another_did(owner: User, editor: User, page: Page) -> None:
    change(editor, page, ReplaceWord(0, 0, "Hallo"))
    with pytest.raises(NotUndoable):
        undo(owner, page)
    undo(editor, page)
    with pytest.raises(NotUndoable):
        redo(owner, page)


def test_who_undoes_a_text_that_another_changed_is_told(owner: User, editor: User, page: Page) -> None:
    seen = change(editor, page, ReplaceWord(0, 0, "Hallo")).pk
    change(owner, page, ReplaceWord(0, 1, "Welt"))
    page.refresh_from_db()
    with pytest.raises(PageChanged):
        correct.undo(user=editor, page=page, current_id=seen)
    assert text(page) == "Hallo Welt"


def test_an_earlier_text_is_restored_and_that_is_undone(owner: User, editor: User, page: Page) -> None:
    first = page.current
    change(editor, page, ReplaceWord(0, 0, "Hallo"))
    change(editor, page, ReplaceWord(0, 1, "Welt"))
    page.refresh_from_db()
    made = correct.restore(user=owner, page=page, current_id=page.current.pk, earlier=first)
    assert (text(page), made.taken_from, made.author) == ("Hello world", first, owner)
    undo(owner, page)
    assert text(page) == "Hallo Welt"


def test_a_text_of_another_page_is_no_earlier_text(editor: User, page: Page, collection: Collection) -> None:
    foreign = make_document(collection=collection, user=editor, texts=["Secret"]).pages.get().current
    with pytest.raises(PlaceMissing):
        correct.restore(user=editor, page=page, current_id=page.current.pk, earlier=foreign)
    with pytest.raises(PlaceMissing):
        correct.take_over(user=editor, page=page, current_id=page.current.pk, other=foreign, choices=[0])


def test_texts_go_with_their_document_and_stay_when_their_author_leaves(
    owner: User, editor: User, page: Page
) -> None:
    change(editor, page, ReplaceWord(0, 0, "Hallo"))
    change(editor, page, ReplaceWord(0, 1, "Welt"))
    undo(editor, page)
    editor.delete()
    page.refresh_from_db()
    assert (text(page), page.current.author, page.changed_by) == ("Hallo world", None, None)
    trash.trash(user=owner, document=page.document)
    trash.delete(user=owner, document_id=page.document_id)
    assert not Transcription.objects.exists()


# Programs


def test_a_program_puts_all_words(editor: User, page: Page) -> None:
    words = [Word("Hello", 0, Box(0, 0, 9, 9)), Word("there", 0, Box(12, 0, 22, 10))]
    correct.put_words(user=editor, page=page, current_id=page.current.pk, words=words)
    assert text(page) == "Hello there"
    assert [word.confidence for word in page.current.page_text.words] == [90, 100]
    assert page.current.page_text.words[0].box == Box(0, 0, 9, 9)


def test_a_region_that_was_read_again_takes_the_place_of_what_stood_there(editor: User, page: Page) -> None:
    read = blocks("there", confidence=90.0)
    correct.put_region(
        user=editor, page=page, current_id=page.current.pk, region=Box(12, 0, 22, 10), blocks=read
    )
    assert text(page) == "Hello\n\nthere"
    assert page.current.mean_confidence == 90  # as the engine has it


# Proofread


def test_a_page_is_marked_as_proofread_and_the_mark_taken_back(editor: User, page: Page) -> None:
    correct.mark_proofread(user=editor, page=page, current_id=page.current.pk)
    page.refresh_from_db()
    assert page.proofread_by == editor
    assert timezone.now() - page.proofread_at < timedelta(minutes=1)
    correct.mark_proofread(user=editor, page=page, current_id=page.current.pk)
    correct.mark_proofread(user=editor, page=page, current_id=page.current.pk, is_right=False)
    assert not Page.objects.exclude(proofread_by=None, proofread_at=None).exists()
    details = Event.objects.filter(action="proofread").order_by("pk").values_list("details", flat=True)
    assert list(details) == [{"page": 1, "how": "right"}, {"page": 1, "how": "open"}]


def correct_again(user: User, page: Page) -> None:
    change(user, page, ReplaceWord(0, 1, "Welt"))


def correct_everywhere(user: User, page: Page) -> None:
    assert page.current
    misreadings.apply_to_all(
        user=user, document=page.document, wrong="more", right="less", chosen={page.current.pk: [(0, 2)]}
    )


def undo_and_redo(user: User, page: Page) -> None:
    undo(user, page)
    mark(user, page)
    redo(user, page)


def mark(user: User, page: Page) -> None:
    page.refresh_from_db()
    correct.mark_proofread(user=user, page=page, current_id=page.current.pk)


@pytest.mark.parametrize(
    "show_another",
    [correct_again, correct_everywhere, undo, undo_and_redo, restore_first, take_all_of_the_first],
)
def test_another_text_is_not_proofread_yet(
    show_another: Callable[[User, Page], None], owner: User, editor: User, collection: Collection
) -> None:
    document = make_document(collection=collection, user=owner, texts=["Two or more words"], confidence=40)
    page = document.pages.get()
    change(editor, page, ReplaceWord(0, 0, "2"))
    mark(editor, page)
    page.refresh_from_db()
    assert pages_to_review(owner) == []
    show_another(editor, page)
    page.refresh_from_db()
    assert (page.proofread_by, page.proofread_at) == (None, None)
    assert pages_to_review(owner) == [page]


def test_what_changes_nothing_leaves_the_mark(editor: User, page: Page) -> None:
    mark(editor, page)
    change(editor, page)
    page.refresh_from_db()
    assert page.proofread_by == editor


def test_nobody_vouches_for_a_text_that_they_did_not_see(owner: User, editor: User, page: Page) -> None:
    seen = page.current.pk
    change(editor, page, ReplaceWord(0, 0, "Hallo"))
    with pytest.raises(PageChanged):
        correct.mark_proofread(user=owner, page=page, current_id=seen)


# The audit trail


def test_an_hour_of_typing_is_one_line_of_the_history(editor: User, page: Page) -> None:
    change(editor, page, ReplaceWord(0, 0, "Hallo"))
    change(editor, page, ReplaceWord(0, 1, "Welt"))
    undo(editor, page)
    line = Event.objects.get(action="corrected")
    assert (line.user, line.details) == (editor, {"page": 1, "changes": 3})
    Event.objects.update(at=timezone.now() - timedelta(hours=2))
    redo(editor, page)
    assert Event.objects.filter(action="corrected").count() == 2


def test_each_person_and_each_page_has_a_line(owner: User, editor: User, collection: Collection) -> None:
    document = make_document(collection=collection, user=owner, texts=["one", "two"])
    for user in (owner, editor):
        for page in document.pages.all():
            change(user, page, ReplaceWord(0, 0, f"{user}"))
    lines = Event.objects.filter(action="corrected").values_list("user_name", "details__page")
    assert sorted(lines) == [("editor", 1), ("editor", 2), ("owner", 1), ("owner", 2)]


def test_the_history_says_it_in_words(editor: User, page: Page) -> None:
    first = page.current
    change(editor, page, ReplaceWord(0, 0, "Hallo"))
    page.refresh_from_db()
    correct.restore(user=editor, page=page, current_id=page.current.pk, earlier=first)
    page.refresh_from_db()
    correct.mark_proofread(user=editor, page=page, current_id=page.current.pk)
    said = [one.template % one.values for event in Event.objects.order_by("pk") for one in sentences(event)]
    assert said == [
        "editor corrected page 1",
        "editor restored an earlier text of page 1",
        "editor proofread page 1",
    ]


# What uses text


def snippets(user: User, query: str) -> list[str]:
    hits = [hit for one in find(user, query).found for hit in one.hits]
    return ["".join(part.text for part in hit.snippet.parts) for hit in hits]


def test_the_next_search_finds_the_corrected_text(editor: User, page: Page) -> None:
    change(editor, page, ReplaceWord(0, 0, "Hallo"))
    assert (snippets(editor, "hallo"), snippets(editor, "hello")) == (["Hallo world"], [])
    undo(editor, page)
    assert (snippets(editor, "hallo"), snippets(editor, "hello")) == ([], ["Hello world"])


def test_a_bulk_download_packs_the_corrected_text(editor: User, page: Page) -> None:
    change(editor, page, ReplaceWord(0, 0, "Hallo"))
    with zipfile.ZipFile(BytesIO(), "w") as archive:
        packing = Packing(archive, lambda code, _params: code, taken=set())
        [name] = packing.add(page.document, ["txt"])
        assert archive.read(name).decode().strip() == "Hallo world"


def test_facts_are_those_of_the_corrected_text(editor: User, owner: User, collection: Collection) -> None:
    page = make_document(collection=collection, user=owner, texts=["Pay S EUR"]).pages.get()
    change(editor, page, ReplaceWord(0, 1, "5"))
    assert Entity.objects.get(page=page).value == "5.00 EUR"
    undo(editor, page)
    assert not Entity.objects.filter(page=page).exists()


def test_the_date_of_a_correction_goes_when_it_is_undone(
    editor: User, owner: User, collection: Collection
) -> None:
    page = make_document(collection=collection, user=owner, texts=["Date: 2O24-03-12"]).pages.get()
    dated = Document.objects.filter(pk=page.document_id).values_list("dated_on", "date_source")
    change(editor, page, ReplaceWord(0, 1, "2024-03-12"))
    assert dated.get() == (date(2024, 3, 12), DateSource.TEXT)
    undo(editor, page)
    assert dated.get() == (timezone.localdate(), DateSource.UPLOAD)


def test_the_languages_of_the_document_are_those_of_its_texts(
    editor: User, page: Page, document: Document
) -> None:
    russian = page.transcriptions.get()
    russian.pk, russian.run, russian.source = None, None, Transcription.Source.PERSON
    russian.languages, russian.packed = ["rus"], pack(replace(russian.page_text, languages=("rus",)))
    russian.save()
    page.refresh_from_db()
    correct.restore(user=editor, page=page, current_id=page.current.pk, earlier=russian)
    document.refresh_from_db()
    assert document.languages == ["rus"]
    undo(editor, page)
    document.refresh_from_db()
    assert document.languages == ["eng"]


def test_texts_are_taken_apart_for_search_before_anything_is_held(
    editor: User, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    depths = depths_of_analysis(monkeypatch)
    change(editor, page, ReplaceWord(0, 0, "Hallo"))
    undo(editor, page)
    redo(editor, page)
    restore_first(editor, page)
    assert depths == [0] * 4


def test_exports_write_the_corrected_text(editor: User, page: Page) -> None:
    change(editor, page, ReplaceWord(0, 0, "Hallo"))
    written = write_document(document=page.document, format="json", explain=lambda code, _params: code)
    [sent] = json.loads(b"".join(written))["pages"]
    assert sent["text"] == "Hallo world"
    assert [word["text"] for word in sent["words"]] == ["Hallo", "world"]


def test_a_title_that_changes_later_finds_the_corrected_text(editor: User, page: Page) -> None:
    change(editor, page, ReplaceWord(0, 0, "Hallo"))
    organise.rename_document(user=editor, document=page.document, title="Greeting")
    assert "hallo" in Page.objects.get().search_entry.body
    assert set(SearchWord.objects.filter(pages__gt=0).values_list("word", flat=True)) == {"hallo", "world"}
