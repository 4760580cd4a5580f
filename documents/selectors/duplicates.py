"""Papers that came twice, as far as a user may see all copies. A part of ``selectors``."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from heapq import nlargest
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.models import User
from documents import selectors
from documents.likeness import distance
from documents.models import Document, Fingerprint, Likeness
from documents.selectors.listing import attach_covers
from documents.selectors.membership import editable_collections
from documents.selectors.versions import attach_newer, newer_and_in_trash, older_of

PER_SCREEN = 20
SHOWN = 12  # copies of a group
_SHOWN_LATER = 3  # beside one document
_MOST_PAIRS = 5_000  # the newest that are put into groups
_MOST_HOPS = 50  # from a paper to those like it
_MOST_AT_ONCE = 15_000  # pairs, to count for many papers; both ends are asked by: SQLite takes 32,766 values
_HOW = list(Likeness.How)  # what tells most comes first
_BITS = 64  # of a fingerprint
_ALL_BITS = 1 << _BITS  # databases keep signed numbers


@dataclass(frozen=True, slots=True)
class Copies:
    """What stands beside a document: the paper most like it that was there before, later ones, its versions.

    ``more`` is how many papers that were there are like it besides that one. ``in_trash`` is the same file,
    which came before and may be taken out of the trash, as may ``newer_in_trash``, told where no newer
    version is left outside of it.
    """

    before: Likeness | None
    more: int
    later: tuple[Likeness, ...]
    older_version: Document | None
    newer_versions: tuple[Document, ...]
    in_trash: Document | None = None
    newer_in_trash: Document | None = None

    def __bool__(self) -> bool:
        versions = self.older_version or self.newer_versions or self.newer_in_trash
        return bool(self.before or self.later or versions or self.in_trash)


@dataclass(frozen=True, slots=True)
class Copy:
    """``how`` it is like another of the group; None for the one that was there first."""

    document: Document
    how: Likeness.How | None
    may_edit: bool


class Pair(NamedTuple):
    """An open Likeness, and the collections of its papers."""

    pk: int
    document: UUID
    other: UUID
    how: str
    place: int
    other_place: int


_PAIR = ("pk", "document", "other", "how", "document__collection", "other__collection")


@dataclass(frozen=True, slots=True)
class Group:
    """Papers that look like one: the newest ``copies``, the last one first, of ``count``.

    ``key`` is that of the newest pair; ``asked`` is the one by which is told what becomes of all, None for
    who may change none of the later ones. Of the papers, this one answer ``keeps`` so many.
    """

    key: int
    copies: tuple[Copy, ...]
    count: int
    asked: Pair | None
    keeps: int
    may_be_versions: bool

    @property
    def unseen(self) -> int:
        return self.count - len(self.copies)


@dataclass(frozen=True, slots=True)
class Screen:
    """Some groups, the one with the newest pair first; the next screen begins at ``next``, if any."""

    groups: tuple[Group, ...]
    next: int | None


def copies_of(user: User, document: Document) -> Copies:
    before = _seen(user, Likeness.objects.filter(document=document))
    later = _seen(user, Likeness.objects.filter(other=document))
    newer, newer_in_trash = newer_and_in_trash(user, document)
    return Copies(
        before=_nearest(user, before).get(document.pk),
        more=max(0, len(before) - 1),
        later=tuple(later[:_SHOWN_LATER]),
        older_version=older_of(user, document),
        newer_versions=tuple(newer),
        in_trash=trashed_copies(user, [document]).get(document.pk),
        newer_in_trash=newer_in_trash,
    )


def open_pairs_of(user: User, document: Document) -> list[Likeness]:
    """All papers that ``document`` looks like, and nobody decided about it, as they were noticed."""
    pairs = Likeness.objects.filter(Q(document=document) | Q(other=document))
    return sorted(_seen(user, pairs), key=lambda pair: pair.pk)


def trashed_copies(user: User, documents: Collection[Document]) -> dict[UUID, Document]:
    """The same file, which came before and may be taken out of the trash, by the key of each that has one.

    Of several, the one that was trashed last.
    """
    same = selectors.trashed_for(user).filter(sha256__in={document.sha256 for document in documents})
    rows = list(same.order_by("trashed_at").only("title", "sha256", "created_at", "trashed_at"))
    return {
        document.pk: row
        for document in documents
        for row in rows
        if row.sha256 == document.sha256 and row.created_at < document.created_at
    }


def twins_of(user: User, documents: Iterable[Document]) -> dict[UUID, Likeness]:
    """The paper that each of ``documents`` is most like, where there is one, by the key of the document."""
    return _nearest(user, _seen(user, Likeness.objects.filter(document__in=list(documents))))


def _nearest(user: User, pairs: Iterable[Likeness]) -> dict[UUID, Likeness]:
    """Of each later paper the pair with the one that it is most like, by its key.

    Of several that are as near the one that was there first; of a paper's versions the newest. How many other
    pairs the paper has is set as ``.more``, how many papers one answer of ``user`` keeps as ``.keeps``.
    """
    of_paper: dict[UUID, list[Likeness]] = {}
    for pair in pairs:
        of_paper.setdefault(pair.document_id, []).append(pair)
    apart = _apart([pair for several in of_paper.values() if len(several) > 1 for pair in several])
    nearest = {
        paper: _newest_version(_closest(several, apart), several) for paper, several in of_paper.items()
    }
    for paper, pair in nearest.items():
        pair.more = len(of_paper[paper]) - 1
    _set_keeps(user, nearest.values())
    return nearest


def _set_keeps(user: User, pairs: Collection[Likeness]) -> None:
    """How many papers `services.copies.keep_all` keeps by each of ``pairs``; 0 for who may not answer.

    One walk is for all. Each pair's own group is found again in what that brought, or is that of another one.
    """
    editable = _editable(user) if pairs else set()
    asked = [pair for pair in pairs if pair.document.collection_id in editable]
    found = _around(user, asked)
    hanging, beside = _group_of_paper(found), _beside_in(found)
    sizes = Counter(hanging[pair.document] for pair in found)
    counts: dict[int, int] = {}  # of groups that are the same from each of their papers
    for pair in pairs:
        pair.keeps = 0
    for pair in asked:
        if (at := hanging.get(pair.document_id)) is None:
            continue  # settled meanwhile, or of too many
        near_by = partial(_walk, _ends([pair]), beside, most=_MOST_PAIRS)
        if at not in counts and len(half := near_by(hops=_MOST_HOPS // 2)) >= min(sizes[at], _MOST_PAIRS):
            counts[at] = _keeps(half, editable)  # where half the hops bring all, so do all from any other
        pair.keeps = counts[at] if at in counts else _keeps(near_by(hops=_MOST_HOPS), editable)


def _around(user: User, pairs: Sequence[Likeness]) -> set[Pair]:
    """The open pairs that hang together with any of ``pairs``; of very many, those that are near."""
    if not pairs:
        return set()
    beside = partial(_open_beside, mine=set(selectors.collection_ids(user)), most=_MOST_AT_ONCE)
    return _walk(_ends(pairs), beside, hops=_MOST_HOPS, most=_MOST_AT_ONCE)


def _beside_in(found: Iterable[Pair]) -> Callable[[set[UUID]], set[Pair]]:
    """What `_open_beside` finds, looked up in ``found``."""
    of_paper: defaultdict[UUID, list[Pair]] = defaultdict(list)
    for pair in found:
        of_paper[pair.document].append(pair)
        of_paper[pair.other].append(pair)

    def beside(papers: set[UUID]) -> set[Pair]:
        near = {pair for paper in papers for pair in of_paper.get(paper, ())}
        return set(nlargest(_MOST_PAIRS, near)) if len(near) > _MOST_PAIRS else near

    return beside


def _ends(pairs: Iterable[Likeness]) -> set[UUID]:
    return {end for pair in pairs for end in (pair.document_id, pair.other_id)}


def _closest(pairs: Sequence[Likeness], apart: Mapping[int, int]) -> Likeness:
    ranks = {pair.pk: (_HOW.index(Likeness.How(pair.how)), apart.get(pair.pk, 0)) for pair in pairs}
    return min(pairs, key=lambda pair: (ranks[pair.pk], pair.other.created_at))


def _newest_version(pair: Likeness, pairs: Iterable[Likeness]) -> Likeness:
    newer = {one.other.replaces_id: one for one in pairs}
    while pair.other_id in newer:
        pair = newer.pop(pair.other_id)
    return pair


def _apart(pairs: Sequence[Likeness]) -> dict[int, int]:
    """The bits in which the texts of the papers of each pair differ, or their pictures, by its key.

    Those of which a fingerprint is missing come behind all others.
    """
    alike = [pair for pair in pairs if pair.how != Likeness.How.BYTES]
    if not alike:
        return {}
    papers = {end for pair in alike for end in (pair.document_id, pair.other_id)}
    rows = Fingerprint.objects.filter(document__in=papers).values_list("document", "kind", "bits")
    bits = {(paper, kind): kept % _ALL_BITS for paper, kind, kept in rows}
    ends = {pair.pk: ((pair.document_id, pair.how), (pair.other_id, pair.how)) for pair in alike}
    return {
        key: distance(bits[one], bits[other]) if {one, other} <= bits.keys() else _BITS
        for key, (one, other) in ends.items()
    }


def likeness_for(user: User, likeness_id: int, *, document_id: UUID | None = None) -> Likeness:
    """That pair; where ``document_id`` is given, only one with it as the later paper.

    Raises Likeness.DoesNotExist.
    """
    pairs = _visible(user).select_related("document", "other")
    return pairs.filter(**{"document": document_id} if document_id else {}).get(pk=likeness_id)


def group_of(user: User, likeness: Likeness) -> list[Pair]:
    """The open pairs that hang together with ``likeness``, which is among them while it is open.

    Of more than can be decided about at once, those that are near.
    """
    beside = partial(_open_beside, mine=set(selectors.collection_ids(user)), most=_MOST_PAIRS)
    return list(_walk(_ends([likeness]), beside, hops=_MOST_HOPS, most=_MOST_PAIRS))


def _walk(papers: set[UUID], beside: Callable[[set[UUID]], set[Pair]], *, hops: int, most: int) -> set[Pair]:
    """The pairs ``beside`` ``papers``, those beside their papers, and so on, until there are ``most``."""
    found: set[Pair] = set()
    seen: set[UUID] = set()
    for _hop in range(hops):
        near = beside(papers)
        found |= near
        seen |= papers
        papers = papers_of(near) - seen
        if not papers or len(found) >= most:
            break
    return found


def _open_beside(papers: set[UUID], *, mine: set[int], most: int) -> set[Pair]:
    """The newest open pairs with one of ``papers``, as far as both lie in the collections ``mine``."""
    # Collections are asked here and not by the database: SQLite would walk through all their documents.
    pairs = Likeness.objects.filter(Q(document__in=papers) | Q(other__in=papers), is_settled=False)
    outside = pairs.filter(document__trashed_at=None, other__trashed_at=None).order_by("-pk")
    found = (Pair(*row) for row in outside.values_list(*_PAIR)[:most])
    return {pair for pair in found if {pair.place, pair.other_place} <= mine}


def papers_of(pairs: Iterable[Pair]) -> set[UUID]:
    """The keys of all papers of ``pairs``."""
    return {end for pair in pairs for end in (pair.document, pair.other)}


def one_of_each(keys: Sequence[UUID]) -> list[UUID]:
    """``keys`` of documents without those of copies of one before them, decided about or not."""
    pairs = Likeness.objects.filter(document__in=keys, other__in=keys).values_list(*_PAIR)
    hanging = _group_of_paper([Pair(*row) for row in pairs])
    first: dict[int | UUID, UUID] = {}
    for key in keys:
        first.setdefault(hanging.get(key, key), key)
    return list(first.values())


def _group_of_paper(pairs: Collection[Pair]) -> dict[UUID, int]:
    """Of each paper the number of its group; those with the same number hang together by ``pairs``."""
    return {paper: at for at, group in enumerate(_connected(pairs)) for paper in papers_of(group)}


def count(user: User) -> int:
    """How many groups `screen` has in all."""
    return len(_connected([Pair(*row) for row in _open(user)[:_MOST_PAIRS]]))


def screen(user: User, *, before: int | None = None, size: int | None = None) -> Screen:
    """Groups of papers that nobody decided about yet, those that are older than the group ``before``.

    So many as ``size`` says; without it, those of the site's own screens.
    """
    most = size or PER_SCREEN
    groups = _connected([Pair(*row) for row in _open(user)[:_MOST_PAIRS]])
    rest = [pairs for pairs in groups if before is None or pairs[0].pk < before]
    shown = rest[:most]
    return Screen(tuple(_groups(user, shown)), shown[-1][0].pk if len(rest) > most else None)


def _open(user: User) -> "QuerySet[Likeness, tuple[Any, ...]]":
    """The rows of open pairs that ``user`` may see, the newest first."""
    return _visible(user).filter(is_settled=False).order_by("-pk").values_list(*_PAIR)


def _connected(pairs: Collection[Pair]) -> list[list[Pair]]:
    """``pairs`` in groups that share papers, in the order of the first pair of each."""
    above: dict[UUID, UUID] = {}

    def root(paper: UUID) -> UUID:
        while (at := above.setdefault(paper, paper)) != paper:
            above[paper] = above[at]  # the next walk is shorter
            paper = at
        return paper

    for pair in pairs:
        above[root(pair.document)] = root(pair.other)
    groups: dict[UUID, list[Pair]] = {}
    for pair in pairs:
        groups.setdefault(root(pair.document), []).append(pair)
    return list(groups.values())


def _groups(user: User, groups: list[list[Pair]]) -> list[Group]:
    if not groups:
        return []
    editable = _editable(user)
    papers = [papers_of(pairs) for pairs in groups]
    newest = _newest(papers)
    rows = Document.objects.select_related("collection", "uploaded_by")
    documents = rows.in_bulk([key for keys in newest for key in keys])
    attach_covers(list(documents.values()))
    attach_newer(user, documents.values())
    return [
        _group(pairs, len(keys), [documents[key] for key in shown if key in documents], editable)
        for pairs, keys, shown in zip(groups, papers, newest, strict=True)
    ]


def _newest(papers: list[set[UUID]]) -> list[list[UUID]]:
    """The newest of each, as many as are shown."""
    group_of_paper = {key: at for at, keys in enumerate(papers) for key in keys}
    found = Document.objects.filter(pk__in=group_of_paper).order_by("-created_at", "-pk")
    in_order = sorted(found.values_list("pk", flat=True), key=group_of_paper.__getitem__)
    parts = {at: list(keys)[:SHOWN] for at, keys in groupby(in_order, key=group_of_paper.__getitem__)}
    return [parts.get(at, []) for at in range(len(papers))]


def _group(pairs: list[Pair], count: int, shown: list[Document], editable: set[int]) -> Group:
    how = _how(pairs)
    if shown and len(shown) == count:
        how.pop(shown[-1].pk, None)  # it was there first
    places = {place for pair in pairs for place in (pair.place, pair.other_place)}
    return Group(
        key=pairs[0].pk,
        copies=tuple(
            Copy(document, how.get(document.pk), document.collection_id in editable) for document in shown
        ),
        count=count,
        asked=next((pair for pair in pairs if pair.place in editable), None),
        keeps=_keeps(pairs, editable),
        may_be_versions=places <= editable,
    )


def _keeps(pairs: Iterable[Pair], editable: set[int]) -> int:
    """How many papers `services.copies.keep_all` keeps, of those that hang together by ``pairs``."""
    return len(papers_of(pair for pair in pairs if pair.place in editable))


def _how(pairs: Iterable[Pair]) -> dict[UUID, Likeness.How]:
    """What tells most of each paper beside an earlier one; where that is settled, beside a later one."""
    ranked = sorted(pairs, key=lambda pair: _HOW.index(Likeness.How(pair.how)), reverse=True)
    how = {pair.other: Likeness.How(pair.how) for pair in ranked}
    return how | {pair.document: Likeness.How(pair.how) for pair in ranked}


def _seen(user: User, pairs: QuerySet[Likeness]) -> list[Likeness]:
    """Those of ``pairs``, which are few, that are open and of which ``user`` may see both papers.

    Permission is asked here and not by the database: SQLite would walk through all documents to join them.
    """
    found = list(pairs.filter(is_settled=False).select_related("document", "other"))
    mine = set(selectors.collection_ids(user)) if found else set()
    seen = [
        pair
        for pair in found
        if all(paper.collection_id in mine and not paper.trashed_at for paper in (pair.document, pair.other))
    ]
    editable = _editable(user) if seen else set()
    for pair in seen:
        pair.may_be_version = pair.other.collection_id in editable
    return seen


def _editable(user: User) -> set[int]:
    return {collection.pk for collection in editable_collections(user)}


def _visible(user: User) -> QuerySet[Likeness]:
    """Both papers: that somebody else has the same one is nobody's business."""
    # Conditions on the two rows that are joined anyway: a subquery would list all documents first.
    mine = selectors.collection_ids(user)
    return Likeness.objects.filter(
        document__collection__in=mine,
        document__trashed_at=None,
        other__collection__in=mine,
        other__trashed_at=None,
    )
