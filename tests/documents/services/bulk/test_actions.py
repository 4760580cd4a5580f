"""Asking for a bulk action, giving it up, undoing it."""

from uuid import uuid4

import pytest
from django.utils import translation

from accounts.models import User
from documents import selectors
from documents.errors import NothingChosen, NotUndoable, QuestionUnclear
from documents.models import BulkAction, Collection, Document, Membership, Tag
from documents.services import bulk, index, organise, tags, trash
from tests.documents.services.analysing import depths_of_analysis
from tests.documents.services.bulk.steps import DONE, Kind, begun, finished, left, make_some, outcome


@pytest.fixture
def letters(collection: Collection, owner: User) -> list[Document]:
    return make_some(collection, owner, 3)


@pytest.fixture
def tax(editor: User) -> Collection:
    """Another collection, of the editor alone."""
    tax = Collection.objects.create(name="Tax")
    Membership.objects.create(collection=tax, user=editor, role="editor")
    return tax


def places(letters: list[Document]) -> list[str]:
    rows = Document.objects.filter(pk__in=[letter.pk for letter in letters])
    return sorted(rows.values_list("collection__name", flat=True))


def test_documents_are_moved_and_moved_back(letters: list[Document], editor: User, tax: Collection) -> None:
    action = finished(begun(editor, Kind.MOVE, *letters, collection=tax.pk))
    assert (action.state, action.total, action.done, action.failed) == ("done", 3, 3, 0)
    assert places(letters) == ["Tax"] * 3
    back = finished(bulk.undo(action=action))
    assert (back.undoes, back.done) == (action, 3)
    assert places(letters) == ["Letters"] * 3


def test_undoing_leaves_alone_what_was_moved_on_by_somebody(
    letters: list[Document], editor: User, tax: Collection
) -> None:
    other = Collection.objects.create(name="Other")
    Membership.objects.create(collection=other, user=editor, role="editor")
    action = finished(begun(editor, Kind.MOVE, *letters, collection=tax.pk))
    organise.move_document(user=editor, document=letters[0], collection=other)
    back = finished(bulk.undo(action=action))
    assert outcome(back) == [left("changed-meanwhile"), DONE, DONE]
    assert places(letters) == ["Letters", "Letters", "Other"]


def test_undoing_takes_no_document_back_that_was_there_before(
    letters: list[Document], editor: User, tax: Collection
) -> None:
    organise.move_document(user=editor, document=letters[0], collection=tax)
    action = finished(begun(editor, Kind.MOVE, *letters, collection=tax.pk))
    assert action.done == 3
    back = finished(bulk.undo(action=action))
    assert back.total == 2
    assert places(letters) == ["Letters", "Letters", "Tax"]


def test_a_collection_that_is_not_ones_own_takes_nothing(letters: list[Document], owner: User, tax) -> None:
    action = finished(begun(owner, Kind.MOVE, *letters, collection=tax.pk))
    assert outcome(action) == [left("collection-gone")] * 3
    assert places(letters) == ["Letters"] * 3


def test_a_tag_is_taken_from_those_that_lacked_it(letters: list[Document], editor: User) -> None:
    letters[0].tags.add(Tag.objects.create(collection=letters[0].collection, name="Tax"))
    action = finished(begun(editor, Kind.TAG, *letters, tags=["tax"]))
    assert [letter.tags.count() for letter in letters] == [1, 1, 1]
    finished(bulk.undo(action=action))
    assert [letter.tags.count() for letter in letters] == [1, 0, 0]


def test_undoing_leaves_no_tag_that_was_made_for_it(letters: list[Document], editor: User) -> None:
    for name in ("mine", "tax"):
        Tag.objects.create(collection=letters[0].collection, name=name)
    action = finished(begun(editor, Kind.TAG, *letters, tags=["tax/2024/may"]))
    assert Tag.objects.count() == 4
    tags.add_tags(user=editor, document=letters[1], wanted=["tax/2024"])
    finished(bulk.undo(action=action))
    assert list(Tag.objects.values_list("name", flat=True)) == ["mine", "tax", "tax/2024"]


def test_undoing_a_move_leaves_no_tag_that_was_made_for_it(
    letters: list[Document], editor: User, tax: Collection
) -> None:
    Tag.objects.create(collection=tax, name="empty")
    for letter, name in zip(letters, ("home", "home", "paid"), strict=True):
        tags.add_tags(user=editor, document=letter, wanted=[name])
    action = finished(begun(editor, Kind.MOVE, *letters, collection=tax.pk))
    tags.add_tags(user=editor, document=make_some(tax, editor, 1)[0], wanted=["paid"])
    finished(bulk.undo(action=action))
    assert list(tax.tags.values_list("name", flat=True)) == ["empty", "paid"]
    assert [letter.tags.get().name for letter in letters] == ["home", "home", "paid"]


def test_a_tag_that_is_taken_off_by_hand_stays_though_nothing_has_it(
    letters: list[Document], editor: User
) -> None:
    tags.add_tags(user=editor, document=letters[0], wanted=["tax"])
    finished(begun(editor, Kind.UNTAG, *letters, tags=["tax"]))
    assert Tag.objects.count() == 1


def test_a_tag_that_was_removed_comes_back(letters: list[Document], editor: User) -> None:
    letters[1].tags.add(Tag.objects.create(collection=letters[0].collection, name="Tax"))
    action = finished(begun(editor, Kind.UNTAG, *letters, tags=["Tax"]))
    assert [letter.tags.count() for letter in letters] == [0, 0, 0]
    finished(bulk.undo(action=action))
    assert [letter.tags.count() for letter in letters] == [0, 1, 0]


def test_several_tags_are_given_and_taken_from_those_that_lacked_them(
    letters: list[Document], editor: User
) -> None:
    tags.add_tags(user=editor, document=letters[0], wanted=["paid"])
    action = finished(begun(editor, Kind.TAG, *letters, tags=["Paid", "tax/2024"]))
    assert {letter.tags.count() for letter in letters} == {2}
    finished(bulk.undo(action=action))
    assert [[tag.name for tag in letter.tags.all()] for letter in letters] == [["paid"], [], []]


def test_several_tags_are_taken_off_and_given_back(letters: list[Document], editor: User) -> None:
    tags.add_tags(user=editor, document=letters[0], wanted=["a", "b", "c"])
    tags.add_tags(user=editor, document=letters[1], wanted=["b"])
    action = finished(begun(editor, Kind.UNTAG, *letters, tags=["A", "b"]))
    assert [letter.tags.count() for letter in letters] == [1, 0, 0]
    finished(bulk.undo(action=action))
    assert [letter.tags.count() for letter in letters] == [3, 1, 0]


def test_an_undo_that_changed_nothing_is_tried_again(
    letters: list[Document], editor: User, tax: Collection
) -> None:
    action = finished(begun(editor, Kind.MOVE, *letters, collection=tax.pk))
    Membership.objects.filter(user=editor, collection=letters[0].collection).update(role="viewer")
    back = finished(bulk.undo(action=action))
    assert (back.done, back.failed) == (0, 3)
    Membership.objects.filter(user=editor).update(role="editor")
    again = finished(bulk.undo(action=action))
    assert (again.undoes, again.done) == (action, 3)
    with pytest.raises(NotUndoable):
        bulk.undo(action=action)


def test_what_was_gone_when_it_was_asked_for_is_counted(letters: list[Document], editor: User) -> None:
    trash.trash(user=editor, document=letters[0])
    action = finished(begun(editor, Kind.TAG, *letters, letters[1], tags=["tax"]))
    assert (action.total, action.params["missing"]) == (2, 1)
    back = finished(bulk.undo(action=action))
    assert "missing" not in back.params | begun(editor, Kind.TRASH, letters[1]).params


def test_a_tag_that_is_called_otherwise_by_now_is_taken_off_again(
    letters: list[Document], editor: User
) -> None:
    action = finished(begun(editor, Kind.TAG, *letters, tags=["tax"]))
    tags.rename_tag(user=editor, tag=Tag.objects.get(), name="taxes")
    assert outcome(finished(bulk.undo(action=action))) == [DONE] * 3
    assert [letter.tags.count() for letter in letters] == [0, 0, 0]


def test_a_tag_that_is_called_otherwise_by_now_comes_back_so(letters: list[Document], editor: User) -> None:
    tag = Tag.objects.create(collection=letters[0].collection, name="tax")
    letters[1].tags.add(tag)
    action = finished(begun(editor, Kind.UNTAG, *letters, tags=["tax"]))
    tags.rename_tag(user=editor, tag=tag, name="taxes")
    finished(bulk.undo(action=action))
    assert list(Document.objects.filter(tags=tag)) == [letters[1]]
    assert Tag.objects.count() == 1


def test_a_tag_that_is_not_there_any_more_is_left_alone(letters: list[Document], editor: User) -> None:
    action = finished(begun(editor, Kind.TAG, *letters, tags=["tax"]))
    letters[0].tags.clear()
    assert outcome(finished(bulk.undo(action=action))) == [left("changed-meanwhile"), DONE, DONE]
    action = finished(begun(editor, Kind.TAG, *letters, tags=["tax"]))
    tags.delete_tag(user=editor, tag=Tag.objects.get())
    assert outcome(finished(bulk.undo(action=action))) == [left("changed-meanwhile")] * 3


def test_the_trash_takes_and_gives_back(letters: list[Document], editor: User) -> None:
    action = finished(begun(editor, Kind.TRASH, *letters))
    assert selectors.documents_for(editor).count() == 0
    finished(bulk.undo(action=action))
    assert selectors.documents_for(editor).count() == 3


def test_texts_that_come_out_of_the_trash_are_taken_apart_before_anything_is_held(
    letters: list[Document], editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    action = finished(begun(editor, Kind.TRASH, *letters))
    depths = depths_of_analysis(monkeypatch)
    assert outcome(finished(bulk.undo(action=action))) == [DONE] * 3
    assert depths == [0] * 3


def test_what_is_restored_goes_back_to_the_trash(letters: list[Document], editor: User) -> None:
    finished(begun(editor, Kind.TRASH, *letters))
    action = finished(begun(editor, Kind.RESTORE, *letters))
    assert selectors.trashed_for(editor).count() == 0
    finished(bulk.undo(action=action))
    assert selectors.trashed_for(editor).count() == 3


def test_what_is_deleted_is_gone_and_counted(letters: list[Document], editor: User) -> None:
    finished(begun(editor, Kind.TRASH, *letters[:2]))
    action = finished(begun(editor, Kind.DELETE, *letters))
    assert (action.total, action.done) == (2, 2)
    assert list(Document.objects.all()) == [letters[2]]
    with pytest.raises(NotUndoable):
        bulk.undo(action=action)


def test_documents_are_read_again(letters: list[Document], editor: User, echo) -> None:
    action = finished(begun(editor, Kind.READ, *letters, languages=["fra"]))
    assert [letter.runs.first().languages for letter in letters] == [["fra"]] * 3
    assert not bulk.is_undoable(action)


def test_documents_are_read_by_the_engine_that_was_chosen(
    letters: list[Document], editor: User, echo, latin
) -> None:
    finished(begun(editor, Kind.READ, *letters, languages=["fra"], engine="rapidocr"))
    assert [letter.runs.first().engine for letter in letters] == ["rapidocr"] * 3


def test_what_is_being_read_is_left_to_it(letters: list[Document], editor: User, echo) -> None:
    finished(begun(editor, Kind.READ, letters[0], languages=[]))
    action = finished(begun(editor, Kind.READ, *letters, languages=[]))
    assert outcome(action) == [left("run-busy"), DONE, DONE]


def test_what_one_may_only_read_is_left_alone(letters: list[Document], viewer: User) -> None:
    action = finished(begun(viewer, Kind.TRASH, *letters))
    assert outcome(action) == [left("no-right")] * 3
    assert (action.done, action.failed) == (0, 3)
    assert Document.objects.filter(trashed_at=None).count() == 3


def test_what_one_may_not_see_is_not_chosen(letters: list[Document], stranger: User) -> None:
    with pytest.raises(NothingChosen):
        begun(stranger, Kind.ZIP, *letters, formats=["txt"])
    assert not BulkAction.objects.exists()


def test_nothing_chosen_is_an_error(owner: User) -> None:
    with pytest.raises(NothingChosen):
        begun(owner, Kind.TRASH)
    with pytest.raises(NothingChosen):
        bulk.start(user=owner, kind=Kind.TRASH, selection=bulk.Selection(ids=(uuid4(),)))


def test_a_document_named_twice_is_one(letters: list[Document], owner: User) -> None:
    assert begun(owner, Kind.TRASH, letters[0], letters[0]).total == 1


def test_who_lost_their_right_meanwhile_changes_nothing(letters: list[Document], editor: User) -> None:
    action = begun(editor, Kind.TRASH, *letters)
    Membership.objects.filter(user=editor).delete()
    assert outcome(finished(action)) == [left("no-right")] * 3


def test_all_documents_are_those_that_are_there_when_the_work_begins(
    letters: list[Document], editor: User, collection: Collection, owner: User
) -> None:
    action = bulk.start(user=editor, kind=Kind.TRASH, selection=bulk.Selection(query=""))
    assert action.total == 0
    make_some(collection, owner, 1)
    finished(action)
    assert (action.total, action.done) == (4, 4)


def test_the_whole_trash_is_emptied_and_nothing_else(letters: list[Document], editor: User) -> None:
    trash.trash(user=editor, document=letters[0])
    finished(bulk.start(user=editor, kind=Kind.DELETE, selection=bulk.Selection(query="ignored here")))
    assert Document.objects.count() == 2


def test_two_actions_over_the_same_documents_do_each_once(letters: list[Document], editor: User) -> None:
    first, second = begun(editor, Kind.TRASH, *letters), begun(editor, Kind.TRASH, *letters)
    finished(first)
    finished(second)
    assert (first.done, second.failed) == (3, 3)
    assert outcome(second) == [left("in-trash")] * 3


def test_a_cancelled_action_does_no_more(letters: list[Document], editor: User) -> None:
    action = begun(editor, Kind.TRASH, *letters)
    bulk.cancel(action=action)
    finished(action)
    assert (action.state, action.done) == ("cancelled", 0)
    assert Document.objects.filter(trashed_at=None).count() == 3


def test_what_was_done_before_the_end_can_be_undone_once(
    letters: list[Document], editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    action = begun(editor, Kind.TRASH, *letters)
    with pytest.raises(NotUndoable):
        bulk.undo(action=action)
    monkeypatch.setattr("documents.services.bulk.slices._A_SLICE", 2)
    bulk.work(action_id=action.pk, explain=lambda code, _params: code)
    bulk.cancel(action=action)
    back = finished(bulk.undo(action=action))
    assert back.done == 2
    for one in (action, back):
        with pytest.raises(NotUndoable):
            bulk.undo(action=one)
    assert selectors.documents_for(editor).count() == 3


def test_all_that_a_search_finds_are_those_that_one_may_see(
    letters: list[Document], editor: User, stranger: User
) -> None:
    for letter in letters:
        index.write_document(letter)
    organise.rename_document(user=editor, document=letters[1], title="Bill")
    index.write_document(letters[1])
    query = bulk.Selection(query="title:letter")
    action = finished(bulk.start(user=editor, kind=Kind.TRASH, selection=query))
    assert set(action.items.values_list("document", flat=True)) == {letters[0].pk, letters[2].pk}
    of_stranger = finished(bulk.start(user=stranger, kind=Kind.ZIP, selection=query, formats=["txt"]))
    assert (of_stranger.total, of_stranger.state) == (0, "done")


def test_a_search_is_followed_to_its_last_screen(editor: User, owner: User, collection: Collection) -> None:
    many = make_some(collection, owner, 45)
    for letter in many:
        index.write_document(letter)
    for query in ("hello", "is:done"):
        selection = bulk.Selection(query=query)
        action = finished(bulk.start(user=editor, kind=Kind.TAG, selection=selection, tags=["all"]))
        assert action.done == 45


@pytest.mark.parametrize(
    "query",
    [
        "letter before:nonsense",
        "is:nonsense",
        "letter -tag:nonsense",
        "-lang:nonsense",
        " ".join(f"x{number}" for number in range(40)),
    ],
)
def test_what_a_search_finds_because_a_part_of_it_was_left_out_is_not_changed(
    letters: list[Document], editor: User, query: str
) -> None:
    for kind in (Kind.MOVE, Kind.TAG, Kind.UNTAG, Kind.RENAME, Kind.READ, Kind.TRASH):
        with pytest.raises(QuestionUnclear):
            bulk.start(user=editor, kind=kind, selection=bulk.Selection(query=query))
    bulk.start(user=editor, kind=Kind.ZIP, selection=bulk.Selection(query=query), formats=["txt"])
    bulk.start(user=editor, kind=Kind.TRASH, selection=bulk.Selection(ids=(letters[0].pk,), query=None))


def test_a_language_is_looked_up_by_the_name_that_the_person_gave_it(
    letters: list[Document], editor: User
) -> None:
    with translation.override("fr"):
        action = bulk.start(user=editor, kind=Kind.TRASH, selection=bulk.Selection(query="-lang:anglais"))
    assert finished(action).total == 0


def test_a_forged_query_finds_nothing_and_ends(editor: User, letters: list[Document]) -> None:
    action = bulk.start(user=editor, kind=Kind.TRASH, selection=bulk.Selection(query='"((( OR -'))
    assert finished(action).done == 0
