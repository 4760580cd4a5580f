"""Many documents are renamed at once."""

from dataclasses import asdict

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from documents.models import BulkAction, Collection, Document, Event, Membership
from documents.search.find import find
from documents.services import bulk, index, organise
from documents.services.bulk.preview import Renamed, first_few, preview
from documents.services.bulk.titles import Renaming
from tests.documents.services.analysing import depths_of_analysis
from tests.documents.services.bulk.steps import DONE, Kind, begun, finished, left, make_some, outcome
from tests.factories import make_document


@pytest.fixture
def letters(collection: Collection, owner: User) -> list[Document]:
    """“Letter 1” to “Letter 3”."""
    return make_some(collection, owner, 3)


def renamed(user: User, *letters: Document, **renaming: str) -> BulkAction:
    return finished(begun(user, Kind.RENAME, *letters, renaming=asdict(Renaming(**renaming))))


def titles() -> list[str]:
    return sorted(Document.objects.values_list("title", flat=True))


def test_documents_are_renamed_and_called_as_before(letters: list[Document], editor: User) -> None:
    action = renamed(editor, *letters, pattern="Bill {number} ({title})", first="09")
    assert titles() == ["Bill 09 (Letter 1)", "Bill 10 (Letter 2)", "Bill 11 (Letter 3)"]
    finished(bulk.undo(action=action))
    assert titles() == ["Letter 1", "Letter 2", "Letter 3"]


def test_they_are_numbered_in_the_order_that_they_were_chosen_in(
    letters: list[Document], editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("documents.services.bulk.slices._A_SLICE", 1)
    renamed(editor, letters[2], letters[0], letters[1], pattern="{number} {title}")
    assert titles() == ["1 Letter 3", "2 Letter 1", "3 Letter 2"]


def test_what_is_left_alone_takes_no_number(letters: list[Document], editor: User, collection) -> None:
    foreign = Collection.objects.create(name="Foreign")
    Membership.objects.create(collection=foreign, user=editor, role="viewer")
    Document.objects.filter(pk=letters[0].pk).update(collection=foreign)
    action = renamed(editor, *letters, pattern="{number}")
    assert outcome(action) == [left("no-right"), DONE, DONE]
    assert titles() == ["1", "2", "Letter 1"]


def test_a_title_that_would_be_empty_is_left(letters: list[Document], editor: User) -> None:
    action = renamed(editor, *letters, find="Letter 2", replacement="")
    assert outcome(action) == [DONE, left("name-empty"), DONE]
    assert titles() == ["Letter 1", "Letter 2", "Letter 3"]
    assert not bulk.is_undoable(action)


def test_undoing_leaves_alone_what_somebody_renamed_since(letters: list[Document], editor: User) -> None:
    action = renamed(editor, *letters, pattern="Bill {number}")
    organise.rename_document(user=editor, document=Document.objects.get(title="Bill 2"), title="Mine")
    back = finished(bulk.undo(action=action))
    assert outcome(back) == [DONE, left("changed-meanwhile"), DONE]
    assert titles() == ["Letter 1", "Letter 3", "Mine"]


def test_search_and_history_follow(letters: list[Document], editor: User) -> None:
    renamed(editor, *letters, pattern="Zebra {number}")
    assert find(editor, "title:zebra").documents == 3
    assert find(editor, "title:letter").documents == 0
    lines = Event.objects.filter(action=Event.Action.RENAMED, document_id=letters[0].pk)
    assert [line.details for line in lines] == [{"before": "Letter 1", "after": "Zebra 1"}]


def test_texts_are_taken_apart_before_anything_is_held(
    letters: list[Document], editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    depths = depths_of_analysis(monkeypatch)
    action = renamed(editor, *letters, pattern="Zebra {number}")
    finished(bulk.undo(action=action))
    assert depths == [0] * 6


def test_a_text_that_kills_its_workers_is_given_up(
    letters: list[Document], editor: User, monkeypatch
) -> None:
    texts = index.analyse_document

    def deadly(document: Document) -> object:
        if document == letters[1]:
            raise OperationalError
        return texts(document)

    monkeypatch.setattr(index, "analyse_document", deadly)
    action = renamed(editor, *letters, pattern="Bill {number}")
    assert outcome(action) == [DONE, ("failed", "bulk-gave-up"), DONE]


def test_all_that_a_search_finds_is_renamed(letters: list[Document], editor: User) -> None:
    selection = bulk.Selection(query="title:letter")
    renaming = asdict(Renaming(find="Letter", replacement="Bill"))
    finished(bulk.start(user=editor, kind=Kind.RENAME, selection=selection, renaming=renaming))
    assert titles() == ["Bill 1", "Bill 2", "Bill 3"]


def test_a_preview_tells_the_first_titles_as_they_will_be(letters: list[Document], editor: User) -> None:
    Document.objects.filter(pk=letters[0].pk).update(title="Letter")
    renaming = Renaming(pattern="{title}{number}", find="Letter", replacement="")
    ids = [letter.pk for letter in letters]
    shown = preview(user=editor, renaming=renaming, document_ids=ids)
    assert [(one.before, one.after) for one in shown] == [
        ("Letter", "1"), ("Letter 2", "22"), ("Letter 3", "33"),
    ]  # fmt: skip
    renamed(editor, *letters, **asdict(renaming))
    assert titles() == ["1", "22", "33"]


def test_a_preview_says_what_would_be_left_alone(letters: list[Document], editor: User) -> None:
    renaming = Renaming(find="Letter 1", replacement="")
    shown = preview(user=editor, renaming=renaming, document_ids=[letters[0].pk, letters[1].pk])
    assert [one.error and one.error.code for one in shown] == ["name-empty", None]
    assert shown[1] == Renamed("Letter 2", "Letter 2")


def test_the_first_few_are_those_that_the_work_begins_with(
    letters: list[Document], collection: Collection, editor: User
) -> None:
    for query in ("", "title:letter", "is:done"):
        few = first_few(user=editor, selection=bulk.Selection(query=query))
        action = bulk.start(
            user=editor,
            kind=Kind.RENAME,
            selection=bulk.Selection(query=query),
            renaming=asdict(Renaming("{number}")),
        )
        finished(action)
        assert list(action.items.order_by("pk").values_list("document", flat=True)) == few
        finished(bulk.undo(action=action))


def test_no_more_of_all_is_looked_at_than_is_needed(
    letters: list[Document], editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("documents.services.bulk.preview._LOOKED_AT", 2)
    with CaptureQueriesContext(connection) as queries:
        few = first_few(user=editor, selection=bulk.Selection(query=""))
    assert few == [letters[2].pk, letters[1].pk]
    listed = [query["sql"] for query in queries if "created_at" in query["sql"].partition("ORDER BY")[2]]
    assert [sql.rpartition(" ")[2] for sql in listed] == ["2"]


def test_a_preview_shows_nothing_of_others(
    letters: list[Document], viewer: User, stranger: User, owner: User
) -> None:
    ids = tuple(letter.pk for letter in letters)
    for user in (viewer, stranger):
        assert first_few(user=user, selection=bulk.Selection(ids=ids)) == []
        assert first_few(user=user, selection=bulk.Selection(query="")) == []
        assert preview(user=user, renaming=Renaming("{title}!"), document_ids=ids) == []


def test_no_more_than_five_are_shown(collection: Collection, owner: User) -> None:
    for number in range(7):
        make_document(collection=collection, user=owner, texts=["Hello"], title=str(number))
    assert len(first_few(user=owner, selection=bulk.Selection(query=""))) == 5
