"""What a person decides about copies holds for all that look alike, as far as they may decide it."""

from datetime import date
from itertools import pairwise

import pytest

from accounts.models import User
from documents.errors import Gone, OwnVersion
from documents.models import Collection, Document, Event, Likeness
from documents.selectors import duplicates
from documents.services import organise, tags
from documents.services.copies import discard, keep_all, make_version, make_versions, undo_version
from documents.services.trash import restore, trash
from tests.factories import make_document, make_likeness


@pytest.fixture
def copies(collection: Collection, owner: User) -> list[Document]:
    """Four papers, each like the one before."""
    made = [make_document(collection=collection, user=owner, texts=["Hello"], title=name) for name in "abcd"]
    for older, newer in pairwise(made):
        make_likeness(newer, older)
    return made


def likeness(document: Document) -> Likeness:
    return Likeness.objects.get(document=document)


def replaced(*copies: Document) -> list[str | None]:
    rows = Document.objects.in_bulk([copy.pk for copy in copies])
    return [getattr(rows[copy.pk].replaces, "title", None) for copy in copies]


def test_all_copies_are_kept_by_one_answer(copies: list[Document], owner: User) -> None:
    assert keep_all(likeness=likeness(copies[2]), user=owner) == 4
    assert not Likeness.objects.filter(is_settled=False).exists()
    whole = Event.objects.get(part_of=None)
    assert (whole.action, {part.title for part in whole.parts.all()}) == ("kept", {"b", "c", "d"})


def test_two_copies_are_one_line_of_the_history(collection: Collection, owner: User) -> None:
    first, second = (make_document(collection=collection, user=owner, texts=[]) for _ in range(2))
    assert keep_all(likeness=make_likeness(second, first), user=owner) == 2
    line = Event.objects.get()
    assert (line.document_id, line.part_of) == (second.pk, None)


def test_what_one_may_not_change_stays_asked_about(copies: list[Document], owner: User) -> None:
    elsewhere = Collection.objects.create(name="Elsewhere")
    elsewhere.memberships.create(user=owner, role="viewer")
    Document.objects.filter(pk=copies[3].pk).update(collection=elsewhere)
    assert keep_all(likeness=likeness(copies[1]), user=owner) == 3
    assert [pair.document for pair in Likeness.objects.filter(is_settled=False)] == [copies[3]]
    with pytest.raises(Gone):
        keep_all(likeness=likeness(copies[3]), user=owner)


def test_copies_that_others_have_are_not_decided_about(copies: list[Document], owner: User) -> None:
    elsewhere = Collection.objects.create(name="Elsewhere")
    Document.objects.filter(pk=copies[1].pk).update(collection=elsewhere)
    assert keep_all(likeness=likeness(copies[3]), user=owner) == 2
    assert {pair.document for pair in Likeness.objects.filter(is_settled=False)} == {copies[1], copies[2]}


def test_a_version_is_linked_both_ways(collection: Collection, owner: User) -> None:
    first, second = (make_document(collection=collection, user=owner, texts=[]) for _ in range(2))
    make_version(likeness=make_likeness(second, first), user=owner)
    second.refresh_from_db()
    assert duplicates.copies_of(owner, second) == duplicates.Copies(None, 0, (), first, ())
    assert duplicates.copies_of(owner, first) == duplicates.Copies(None, 0, (), None, (second,))
    told = {line.document_id: line.details for line in Event.objects.filter(action=Event.Action.VERSION)}
    assert {key: (about["change"], about["paper_id"]) for key, about in told.items()} == {
        second.pk: ("older", str(first.pk)),
        first.pk: ("newer", str(second.pk)),
    }


def test_a_version_is_taken_back_and_asked_about_again(copies: list[Document], owner: User) -> None:
    pair = likeness(copies[1])
    make_version(likeness=pair, user=owner)
    undo_version(document=copies[1], user=owner)
    with pytest.raises(Gone):
        undo_version(document=copies[1], user=owner)
    assert replaced(*copies) == [None] * 4
    pair.refresh_from_db()
    assert not pair.is_settled
    lines = Event.objects.filter(details__change__in=["not_older", "not_newer"])
    assert {(line.title, line.details["paper"]) for line in lines} == {("b", "a"), ("a", "b")}
    assert lines.count() == 2
    make_version(likeness=pair, user=owner)
    assert replaced(copies[1]) == ["a"]


def test_a_version_is_taken_back_by_who_may_change_it(
    copies: list[Document], owner: User, viewer: User
) -> None:
    make_version(likeness=likeness(copies[1]), user=owner)
    with pytest.raises(Gone):
        undo_version(document=copies[1], user=viewer)
    trash(user=owner, document=copies[1])
    with pytest.raises(Gone):
        undo_version(document=copies[1], user=owner)
    assert replaced(copies[1]) == ["a"]


def test_the_older_one_in_sight_is_no_version_any_more(copies: list[Document], owner: User) -> None:
    """The one in between is in the trash: the page names the first, and so does the history."""
    make_versions(likeness=make_likeness(copies[2], copies[0]), user=owner)
    trash(user=owner, document=copies[1])
    undo_version(document=copies[2], user=owner)
    assert replaced(copies[2]) == [None]
    lines = Event.objects.filter(details__change__in=["not_older", "not_newer"])
    assert {(line.title, line.details["paper"]) for line in lines} == {("c", "a"), ("a", "c")}
    before = duplicates.copies_of(owner, copies[2]).before
    assert before is not None
    assert before.other == copies[0]
    restore(user=owner, document=copies[1])
    assert duplicates.copies_of(owner, copies[2]).more == 1


def test_nothing_is_said_of_an_older_paper_out_of_sight(
    copies: list[Document], owner: User, editor: User
) -> None:
    make_version(likeness=likeness(copies[1]), user=owner)
    elsewhere = Collection.objects.create(name="Elsewhere")
    Document.objects.filter(pk=copies[0].pk).update(collection=elsewhere)
    lines = Event.objects.count()
    with pytest.raises(Gone):
        undo_version(document=copies[1], user=editor)
    assert (replaced(copies[1]), Event.objects.count()) == (["a"], lines)


def test_a_version_is_asked_about_no_more(copies: list[Document], owner: User) -> None:
    also = make_likeness(copies[3], copies[0])
    make_version(likeness=likeness(copies[1]), user=owner)
    make_version(likeness=also, user=owner)
    assert [pair.document for pair in Likeness.objects.filter(is_settled=False)] == [copies[2]]


def test_all_become_versions_in_the_order_in_which_they_came(copies: list[Document], owner: User) -> None:
    assert make_versions(likeness=likeness(copies[1]), user=owner) == 4
    assert replaced(*copies) == [None, "a", "b", "c"]
    assert not Likeness.objects.filter(is_settled=False).exists()


def test_what_is_a_version_of_another_paper_stays_that(
    copies: list[Document], collection: Collection, owner: User
) -> None:
    other = make_document(collection=collection, user=owner, texts=[], title="other")
    Document.objects.filter(pk=copies[2].pk).update(replaces=other)
    make_versions(likeness=likeness(copies[1]), user=owner)
    assert replaced(*copies) == [None, "a", "other", "c"]


def test_nothing_comes_before_and_after_itself(copies: list[Document], owner: User) -> None:
    Document.objects.filter(pk=copies[0].pk).update(replaces=copies[3])
    for decide in (make_version, make_versions):
        if decide is make_version:
            Document.objects.filter(pk=copies[0].pk).update(replaces=copies[1])
        with pytest.raises(OwnVersion):
            decide(likeness=likeness(copies[1]), user=owner)
        Document.objects.filter(pk=copies[0].pk).update(replaces=copies[3])
    assert replaced(*copies) == ["d", None, None, None]


def test_what_is_settled_is_neither_settled_nor_told_again(copies: list[Document], owner: User) -> None:
    pair = likeness(copies[1])
    assert keep_all(likeness=pair, user=owner) == 4
    lines = Event.objects.count()
    assert keep_all(likeness=pair, user=owner) == 0
    make_version(likeness=pair, user=owner)
    assert make_versions(likeness=pair, user=owner) == 0
    assert replaced(*copies) == [None] * 4
    assert Event.objects.count() == lines


def test_what_became_a_version_is_not_kept_with_the_others(copies: list[Document], owner: User) -> None:
    pair = likeness(copies[2])
    make_version(likeness=pair, user=owner)
    assert keep_all(likeness=pair, user=owner) == 0
    assert {pair.document for pair in Likeness.objects.filter(is_settled=False)} == {copies[1], copies[3]}


def test_what_somebody_else_settles_meanwhile_is_theirs(
    copies: list[Document], owner: User, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    group_of = duplicates.group_of

    def overtaken(user: User, pair: Likeness) -> list[duplicates.Pair]:
        pairs = group_of(user, pair)
        monkeypatch.undo()
        keep_all(likeness=pair, user=editor)
        return pairs

    monkeypatch.setattr("documents.services.copies.group_of", overtaken)
    assert make_versions(likeness=likeness(copies[1]), user=owner) == 0
    assert set(Event.objects.values_list("action", "user")) == {("kept", editor.pk)}


def test_only_what_becomes_a_version_is_told(copies: list[Document], owner: User) -> None:
    Document.objects.filter(pk=copies[1].pk).update(replaces=copies[0])
    make_versions(likeness=likeness(copies[1]), user=owner)
    assert replaced(*copies) == [None, "a", "b", "c"]
    lines = Event.objects.filter(part_of__isnull=False)
    assert {line.title for line in lines if line.details["change"] == "older"} == {"c", "d"}
    assert {line.title for line in lines if line.details["change"] == "newer"} == {"b", "c"}


def test_a_version_of_what_was_trashed_meanwhile_is_refused(copies: list[Document], owner: User) -> None:
    trash(user=owner, document=copies[0])
    for decide in (make_version, make_versions):
        with pytest.raises(Gone):
            decide(likeness=likeness(copies[1]), user=owner)
    trash(user=owner, document=copies[1])
    with pytest.raises(Gone):
        keep_all(likeness=likeness(copies[1]), user=owner)


def test_a_third_one_replaces_the_newest(collection: Collection, owner: User) -> None:
    first, second, third = (
        make_document(collection=collection, user=owner, texts=[], title=name) for name in "abc"
    )
    pair = make_likeness(third, first)
    make_version(likeness=make_likeness(second, first), user=owner)
    make_version(likeness=pair, user=owner)
    assert replaced(second, third) == ["a", "b"]


def test_the_newest_version_is_offered(collection: Collection, owner: User) -> None:
    first, second, third = (make_document(collection=collection, user=owner, texts=[]) for _ in range(3))
    make_version(likeness=make_likeness(second, first), user=owner)
    make_likeness(third, first)
    newest = make_likeness(third, second)
    assert duplicates.copies_of(owner, third).before == newest
    assert duplicates.twins_of(owner, [third]) == {third.pk: newest}


def test_versions_of_a_group_come_behind_those_there_are(collection: Collection, owner: User) -> None:
    first, second, third = (
        make_document(collection=collection, user=owner, texts=[], title=name) for name in "abc"
    )
    make_version(likeness=make_likeness(second, first), user=owner)
    make_versions(likeness=make_likeness(third, first), user=owner)
    assert replaced(second, third) == ["a", "b"]


def test_a_new_version_takes_over_tags_and_an_entered_date(collection: Collection, owner: User) -> None:
    older, newer = (
        make_document(collection=collection, user=owner, texts=[], title=name) for name in ("old", "new")
    )
    tags.add_tags(user=owner, document=older, wanted=["tax/2024", "paid"])
    tags.add_tags(user=owner, document=newer, wanted=["paid", "mine"])
    organise.date_document(user=owner, document=older, day=date(2024, 3, 31))
    make_version(likeness=make_likeness(newer, older), user=owner)
    newer.refresh_from_db()
    assert sorted(tag.name for tag in newer.tags.all()) == ["mine", "paid", "tax/2024"]
    assert (newer.dated_on, newer.date_source, newer.title) == (date(2024, 3, 31), "person", "new")


def test_a_date_that_was_found_or_entered_for_it_stays(collection: Collection, owner: User) -> None:
    older, newer = (make_document(collection=collection, user=owner, texts=[]) for _ in range(2))
    day = newer.dated_on
    organise.date_document(user=owner, document=newer, day=day)
    organise.date_document(user=owner, document=older, day=date(2024, 3, 31))
    make_version(likeness=make_likeness(newer, older), user=owner)
    newer.refresh_from_db()
    assert newer.dated_on == day


def test_what_was_decided_about_is_not_discarded(copies: list[Document], owner: User) -> None:
    pair = likeness(copies[1])
    keep_all(likeness=pair, user=owner)
    assert not discard(likeness=pair, user=owner)
    copies[1].refresh_from_db()
    assert copies[1].trashed_at is None
