"""Papers that look alike are told in groups, to who may see all of them."""

from itertools import pairwise

import pytest

from accounts.models import User
from documents.models import Collection, Document, Fingerprint, Likeness
from documents.selectors import duplicates
from documents.services.copies import keep_all
from documents.services.trash import restore, trash
from tests.factories import make_document, make_likeness


@pytest.fixture
def papers(collection: Collection, owner: User) -> list[Document]:
    return [make_document(collection=collection, user=owner, texts=["Hello"], title=name) for name in "abcde"]


def make_own(user: User) -> Collection:
    own = Collection.objects.create(name="Own")
    own.memberships.create(user=user, role="owner")
    return own


def titles(screen: duplicates.Screen) -> list[str]:
    return ["".join(copy.document.title for copy in group.copies) for group in screen.groups]


def test_five_copies_are_one_group(papers: list[Document], owner: User) -> None:
    for at, newer in enumerate(papers):
        for older in papers[:at]:
            make_likeness(newer, older, "bytes" if newer is papers[1] else "text")
    (group,) = duplicates.screen(owner).groups
    assert [(copy.document.title, copy.how) for copy in group.copies] == [
        ("e", "text"),
        ("d", "text"),
        ("c", "text"),
        ("b", "bytes"),
        ("a", None),
    ]
    assert (group.count, group.unseen, group.may_be_versions) == (5, 0, True)
    keep_all(likeness=Likeness.objects.get(pk=group.asked.pk), user=owner)
    assert duplicates.screen(owner).groups == ()


def test_what_hangs_together_by_others_is_one_group(papers: list[Document], owner: User) -> None:
    for newer, older in ((1, 0), (3, 2), (4, 1), (4, 0)):
        make_likeness(papers[newer], papers[older])
    assert titles(duplicates.screen(owner)) == ["eba", "dc"]


@pytest.mark.parametrize(("hops", "count"), [(50, 4), (2, 3)])
def test_a_chain_is_followed_so_far(
    papers: list[Document],
    owner: User,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_max_num_queries,
    hops: int,
    count: int,
) -> None:
    monkeypatch.setattr(duplicates, "_MOST_HOPS", hops)
    for older, newer in pairwise(papers):
        pair = make_likeness(newer, older)
    with django_assert_max_num_queries(1 + 4):
        assert len(duplicates.group_of(owner, pair)) == count


def test_of_very_many_pairs_some_are_in_the_group(
    papers: list[Document], owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(duplicates, "_MOST_PAIRS", 2)
    pairs = [make_likeness(newer, papers[0]) for newer in papers[1:]]
    make_likeness(papers[4], papers[3])
    assert {pair.pk for pair in duplicates.group_of(owner, pairs[0])} == {pair.pk for pair in pairs[2:]}


def test_a_pair_that_is_settled_hangs_together_with_none_but_its_papers_do(
    papers: list[Document], owner: User
) -> None:
    first, second = make_likeness(papers[1], papers[0]), make_likeness(papers[2], papers[1])
    make_likeness(papers[4], papers[3])
    Likeness.objects.filter(pk=first.pk).update(is_settled=True)
    assert [pair.pk for pair in duplicates.group_of(owner, first)] == [second.pk]


@pytest.fixture
def crowd(collection: Collection, owner: User) -> list[Document]:
    """60 papers that nobody read: to be looked like, a paper needs no pages."""
    about = {"collection": collection, "uploaded_by": owner, "byte_size": 1}
    rows = [Document(title=str(at), page_count=1, **about) for at in range(60)]
    return Document.objects.bulk_create(rows)


def link(crowd: list[Document], *, back: int) -> None:
    """Each paper looks like so many of those that came directly before it."""
    Likeness.objects.bulk_create(
        Likeness(document=newer, other=older, how="bytes")
        for at, newer in enumerate(crowd)
        for older in crowd[max(0, at - back) : at]
    )


def test_many_with_one_twin_each_cost_what_one_costs(
    crowd: list[Document], owner: User, django_assert_num_queries
) -> None:
    pairs = [make_likeness(newer, older) for older, newer in zip(crowd[::2], crowd[1::2], strict=True)]
    with django_assert_num_queries(6):
        duplicates.twins_of(owner, [crowd[1]])
    with django_assert_num_queries(6):
        twins = duplicates.twins_of(owner, crowd)
    assert {pair.pk: pair.keeps for pair in twins.values()} == {pair.pk: 2 for pair in pairs}


@pytest.mark.parametrize("hops", [2, 5, 20, 50])
@pytest.mark.parametrize("back", [1, 8])
def test_what_an_answer_keeps_is_told_for_each_of_a_group(
    crowd: list[Document],
    owner: User,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_max_num_queries,
    back: int,
    hops: int,
) -> None:
    monkeypatch.setattr(duplicates, "_MOST_HOPS", hops)
    link(crowd, back=back)
    with django_assert_max_num_queries(6 + hops):
        twins = duplicates.twins_of(owner, crowd)
    assert len(twins) == 59
    for pair in list(twins.values())[::8]:
        assert pair.keeps == len(duplicates.papers_of(duplicates.group_of(owner, pair)))


@pytest.mark.parametrize("most", [1, 3, 5])
def test_of_very_many_pairs_an_answer_keeps_those_that_are_near(
    papers: list[Document], owner: User, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(duplicates, "_MOST_PAIRS", most)
    for newer in papers[1:]:
        make_likeness(newer, papers[0])
    for pair in duplicates.twins_of(owner, papers).values():
        assert pair.keeps == len(duplicates.papers_of(duplicates.group_of(owner, pair)))


def test_for_who_may_not_answer_nothing_is_counted(
    crowd: list[Document], owner: User, viewer: User, django_assert_num_queries
) -> None:
    link(crowd, back=1)
    with django_assert_num_queries(4):
        twins = duplicates.twins_of(viewer, crowd)
    assert (len(twins), {pair.keeps for pair in twins.values()}) == (59, {0})


def test_the_same_bytes_tell_more_than_the_same_text(papers: list[Document], owner: User) -> None:
    make_likeness(papers[2], papers[0], "bytes")
    make_likeness(papers[2], papers[1], "text")
    assert duplicates.screen(owner).groups[0].copies[0].how == "bytes"


def test_of_copies_the_first_named_stands_for_all(papers: list[Document], owner: User) -> None:
    """Also of two that are like each other by a third one, and of those that somebody decided about."""
    a, b, c, d, e = (paper.pk for paper in papers)
    make_likeness(papers[2], papers[1])
    make_likeness(papers[4], papers[2])
    keep_all(likeness=make_likeness(papers[3], papers[0]), user=owner)
    assert duplicates.one_of_each([e, d, b, a, c]) == [e, d]
    assert duplicates.one_of_each([e, d, b]) == [e, d, b]
    assert duplicates.one_of_each([]) == []


def test_of_very_many_copies_the_newest_are_shown(
    papers: list[Document], owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(duplicates, "SHOWN", 2)
    for newer in papers[1:]:
        make_likeness(newer, papers[0])
    (group,) = duplicates.screen(owner).groups
    assert (titles(duplicates.screen(owner)), group.count, group.unseen) == (["ed"], 5, 3)


def test_a_long_list_comes_in_screens_and_each_group_once(
    papers: list[Document], owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(duplicates, "PER_SCREEN", 1)
    make_likeness(papers[1], papers[0])
    make_likeness(papers[3], papers[2])
    make_likeness(papers[4], papers[1])
    first = duplicates.screen(owner)
    rest = duplicates.screen(owner, before=first.next)
    assert (titles(first), titles(rest), rest.next) == (["eba"], ["dc"], None)


def test_a_list_of_groups_costs_what_one_costs(
    papers: list[Document], owner: User, django_assert_num_queries
) -> None:
    make_likeness(papers[1], papers[0])
    with django_assert_num_queries(7):
        duplicates.screen(owner)
    make_likeness(papers[3], papers[2])
    with django_assert_num_queries(7):
        duplicates.screen(owner)


def test_a_copy_that_one_may_not_see_joins_nothing(papers: list[Document], owner: User, viewer: User) -> None:
    make_likeness(papers[1], papers[0])
    make_likeness(papers[2], papers[1])
    Document.objects.filter(pk=papers[1].pk).update(collection=make_own(owner))
    assert titles(duplicates.screen(owner)) == ["cba"]
    assert duplicates.screen(viewer).groups == ()
    pair = Likeness.objects.get(document=papers[2])
    assert len(duplicates.group_of(owner, pair)) == 2
    assert duplicates.group_of(viewer, pair) == []
    trash(user=owner, document=papers[0])
    assert [one.pk for one in duplicates.group_of(owner, pair)] == [pair.pk]


def test_who_may_change_some_is_asked_about_those(papers: list[Document], owner: User, viewer: User) -> None:
    make_likeness(papers[1], papers[0])
    make_likeness(papers[2], papers[0])
    Document.objects.filter(pk=papers[1].pk).update(collection=make_own(viewer))
    (group,) = duplicates.screen(viewer).groups
    assert [copy.may_edit for copy in group.copies] == [False, True, False]
    assert group.asked.document == papers[1].pk
    assert not group.may_be_versions
    Document.objects.update(collection=papers[0].collection)
    assert duplicates.screen(viewer).groups[0].asked is None


def test_nobody_is_told_of_what_they_may_not_see(
    document: Document, papers: list[Document], owner: User, viewer: User
) -> None:
    second = make_document(collection=make_own(owner), user=owner, texts=[])
    likeness = make_likeness(second, document)
    assert duplicates.copies_of(owner, second).before == likeness
    assert duplicates.copies_of(owner, document).later == (likeness,)
    assert not duplicates.copies_of(viewer, document)
    assert duplicates.screen(viewer).groups == ()
    assert duplicates.twins_of(viewer, [second]) == {}
    with pytest.raises(Likeness.DoesNotExist):
        duplicates.likeness_for(viewer, likeness.pk, document_id=second.pk)


def test_a_pair_is_out_of_sight_while_one_is_in_the_trash(papers: list[Document], owner: User) -> None:
    make_likeness(papers[1], papers[0])
    trash(user=owner, document=papers[0])
    assert duplicates.copies_of(owner, papers[1]).before is None
    assert duplicates.screen(owner).groups == ()
    restore(user=owner, document=papers[0])
    assert duplicates.copies_of(owner, papers[1])


def test_the_first_is_named_and_the_others_are_counted(papers: list[Document], owner: User) -> None:
    for older in (1, 0, 2):
        make_likeness(papers[3], papers[older])
    copies = duplicates.copies_of(owner, papers[3])
    assert (copies.before.other, copies.more) == (papers[0], 2)


def keep_text(document: Document, bits: int) -> None:
    bands = {"band_0": 0, "band_1": 0, "band_2": 0, "band_3": 0}
    Fingerprint.objects.create(document=document, kind="text", bits=bits, **bands)


def test_the_nearest_is_named_and_not_the_oldest(papers: list[Document], owner: User) -> None:
    for paper, bits in zip(papers[:4], (0b1111, -(1 << 63) + 1, 0b1, 0b0), strict=True):
        keep_text(paper, bits)
    for older in (0, 1):
        make_likeness(papers[3], papers[older])
    nearest = make_likeness(papers[3], papers[2])
    assert duplicates.copies_of(owner, papers[3]).before == nearest
    assert duplicates.twins_of(owner, [papers[3]]) == {papers[3].pk: nearest}
    nearest.delete()
    assert duplicates.copies_of(owner, papers[3]).before.other == papers[1]


def test_the_same_bytes_are_nearer_than_any_text(papers: list[Document], owner: User) -> None:
    for paper in papers:
        keep_text(paper, 0)
    make_likeness(papers[2], papers[0])
    same = make_likeness(papers[2], papers[1], "bytes")
    assert duplicates.twins_of(owner, papers) == {papers[2].pk: same}


def test_of_the_nearest_the_newest_version_is_named(papers: list[Document], owner: User) -> None:
    first, other, second, third, new = papers
    third.replaces, second.replaces = second, first
    Document.objects.bulk_update([second, third], ["replaces"])
    for paper in (second, third, other):
        make_likeness(new, paper)
    make_likeness(new, first, "bytes")
    assert duplicates.copies_of(owner, new).before.other == third


def test_only_one_was_there_first(papers: list[Document], owner: User) -> None:
    for at, newer in enumerate(papers[:3]):
        for older in papers[:at]:
            make_likeness(newer, older)
    Likeness.objects.filter(document=papers[1]).update(is_settled=True)
    (group,) = duplicates.screen(owner).groups
    assert [copy.how for copy in group.copies] == ["text", "text", None]
