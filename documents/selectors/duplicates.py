"""Papers that came twice, as far as a user may see all copies. A part of ``selectors``."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import User
from documents import selectors
from documents.models import Document, Likeness
from documents.selectors.listing import attach_covers
from documents.selectors.membership import editable_collections
from documents.selectors.versions import attach_newer, newer_of, older_of

PER_SCREEN = 20
SHOWN = 12  # copies of a group
_SHOWN_LATER = 3  # beside one document
_MOST_PAIRS = 5_000  # the newest that are put into groups
_HOW = list(Likeness.How)  # what tells most comes first


@dataclass(frozen=True, slots=True)
class Copies:
    """What stands beside a document: the first paper like it, later ones, and its versions.

    ``more`` is how many papers that were there are like it besides the first. ``in_trash`` is the same file,
    which came before and may be taken out of the trash.
    """

    before: Likeness | None
    more: int
    later: tuple[Likeness, ...]
    older_version: Document | None
    newer_versions: tuple[Document, ...]
    in_trash: Document | None = None

    def __bool__(self) -> bool:
        versions = self.older_version or self.newer_versions
        return bool(self.before or self.later or versions or self.in_trash)


@dataclass(frozen=True, slots=True)
class Copy:
    """``how`` it is like one that was there before; None for the first."""

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
    who may change none of the later ones.
    """

    key: int
    copies: tuple[Copy, ...]
    count: int
    asked: Pair | None
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
    return Copies(
        before=min(before, key=lambda pair: pair.other.created_at, default=None),
        more=max(0, len(before) - 1),
        later=tuple(later[:_SHOWN_LATER]),
        older_version=older_of(user, document),
        newer_versions=tuple(newer_of(user, [document.pk])[document.pk]),
        in_trash=_in_trash(user, document),
    )


def _in_trash(user: User, document: Document) -> Document | None:
    same = selectors.trashed_for(user).filter(sha256=document.sha256, created_at__lt=document.created_at)
    return same.order_by("-trashed_at").only("title", "trashed_at").first()


def twins_of(user: User, documents: Iterable[Document]) -> dict[UUID, Likeness]:
    """The oldest paper that each of ``documents`` is like, where there is one, by the key of the document."""
    pairs = _seen(user, Likeness.objects.filter(document__in=list(documents)))
    pairs.sort(key=lambda pair: pair.other.created_at, reverse=True)
    return {pair.document_id: pair for pair in pairs}


def likeness_for(user: User, document_id: UUID, likeness_id: int) -> Likeness:
    """Raises Likeness.DoesNotExist."""
    return _visible(user).select_related("document", "other").get(document=document_id, pk=likeness_id)


def group_of(user: User, likeness: Likeness) -> list[Pair]:
    """The open pairs that hang together with ``likeness``, which is among them while it is open."""
    ends = {likeness.document_id, likeness.other_id}
    groups = _connected([Pair(*row) for row in _open(user)])
    return [pair for group in groups if not ends.isdisjoint(papers_of(group)) for pair in group]


def papers_of(pairs: Iterable[Pair]) -> set[UUID]:
    """The keys of all papers of ``pairs``."""
    return {end for pair in pairs for end in (pair.document, pair.other)}


def screen(user: User, *, before: int | None = None) -> Screen:
    """Groups of papers that nobody decided about yet, those that are older than the group ``before``."""
    groups = _connected([Pair(*row) for row in _open(user)[:_MOST_PAIRS]])
    rest = [pairs for pairs in groups if before is None or pairs[0].pk < before]
    shown = rest[:PER_SCREEN]
    return Screen(tuple(_groups(user, shown)), shown[-1][0].pk if len(rest) > PER_SCREEN else None)


def _open(user: User) -> "QuerySet[Likeness, tuple[Any, ...]]":
    """The rows of open pairs that ``user`` may see, the newest first."""
    return _visible(user).filter(is_settled=False).order_by("-pk").values_list(*_PAIR)


def _connected(pairs: list[Pair]) -> list[list[Pair]]:
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
    editable = {collection.pk for collection in editable_collections(user)}
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
    places = {place for pair in pairs for place in (pair.place, pair.other_place)}
    return Group(
        key=pairs[0].pk,
        copies=tuple(
            Copy(document, how.get(document.pk), document.collection_id in editable) for document in shown
        ),
        count=count,
        asked=next((pair for pair in pairs if pair.place in editable), None),
        may_be_versions=places <= editable,
    )


def _how(pairs: Iterable[Pair]) -> Mapping[UUID, Likeness.How]:
    """What tells most of each later paper."""
    ranked = sorted(pairs, key=lambda pair: _HOW.index(Likeness.How(pair.how)), reverse=True)
    return {pair.document: Likeness.How(pair.how) for pair in ranked}


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
    editable = {collection.pk for collection in editable_collections(user)} if seen else set()
    for pair in seen:
        pair.may_be_version = pair.other.collection_id in editable
    return seen


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
