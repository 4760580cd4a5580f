"""A question of one person, ready to be asked: what the index is to find, and within which bounds."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.models import User
from documents import selectors
from documents.models import Document
from documents.search.filters import collections_named, condition
from documents.search.index import candidates, plan, scope
from documents.search.index.candidates import (
    EVERYWHERE,
    NEXT_TO_NOTHING,
    Bounds,
    Budget,
    Fetched,
    Where,
    backend,
    fetch,
    in_time,
)
from documents.search.index.plan import (
    NOTHING,
    Any,
    Fits,
    Plan,
    Planner,
    Terms,
    has_confidence,
    has_fits,
    has_words,
)
from documents.search.index.ranking import Candidate, Needle, Ranked, needles_of, rank
from documents.search.languages import languages_of
from documents.search.query.parse import parse
from documents.search.query.tree import Every, Filter, Query, Tree, Words, leaves

# Of so many documents at most, their marks are asked for in the index; more are looked up page by page, in
# the statement that asks the index.
FEW = 500
_FEW_BUDGET = 0.02  # seconds to find out whether they are few
_OF_DOCUMENT = 400  # pages of one document that are looked at to tell whether it is found


@dataclass(frozen=True)
class Question:
    """``collections`` are those that ``user`` may see: nothing is looked up outside of them.

    ``within`` narrows it to one document.
    """

    user: User
    query: Query
    collections: tuple[int, ...]
    is_forgiving: bool
    within: Document | None = None

    @classmethod
    def of(cls, user: User, text: str, *, is_forgiving: bool, within: Document | None = None) -> "Question":
        return cls(user, parse(text), tuple(selectors.collection_ids(user)), is_forgiving, within)

    @property
    def is_empty(self) -> bool:
        """Nothing is asked, or nothing may be seen."""
        return self.query.tree is None or not self.collections

    @property
    def is_about_words(self) -> bool:
        return has_words(self.query.tree)

    @cached_property
    def documents(self) -> QuerySet[Document]:
        """Those that fit the filters which stand beside the words."""
        return self.visible.filter(self._condition) if self._condition else self.visible

    @property
    def fitting(self) -> QuerySet[Document]:
        """The same, by their keys where they are few: so they are in hand at once in any order."""
        return self.documents if self._few is None else self.visible.filter(pk__in=self._few)

    @cached_property
    def visible(self) -> QuerySet[Document]:
        return selectors.documents_in(self.collections)

    @cached_property
    def planner(self) -> Planner:
        hows = plan.FORGIVING if self.is_forgiving else plan.SURE
        return Planner(self.languages, hows, self._resolve)

    def best(self, most: int, *, newest: int | None = None) -> Fetched:
        """At ``most`` so many: the newest that have the words as typed and, if these are few, others.

        Where page ``newest`` is given, it is the newest of what was found before: to find that again may take
        longer.
        """
        exactly = Planner(self.languages, plan.EXACT, self._resolve).plan(self._words)
        bounds = EVERYWHERE if newest is None else Bounds(below=newest + 1)
        start = backend().clock()
        budget = self._budget(exactly, is_patient=newest is not None)
        exact = self._fetch(exactly, bounds, most, budget=budget, with_loose=False)
        if len(exact.pages) == most or exactly == self._broadly or not exact.is_whole:
            return exact
        spent = backend().clock() - start
        budget = self._budget(self._broadly, spent=spent, is_patient=newest is not None)
        if len(exact.pages) >= NEXT_TO_NOTHING:
            budget = replace(budget, patience=0.0)
        broad = self._fetch(self._broadly, bounds, most, budget=budget)
        known = {page.page_id for page in exact.pages}
        others = [page for page in broad.pages if page.page_id not in known]
        pages = [*exact.pages, *others[: most - len(known)]]
        return Fetched(sorted(pages, key=lambda page: -page.page_id), is_whole=broad.is_whole)

    def newest(self, most: int, *, bounds: Bounds = EVERYWHERE, is_hurried: bool = True) -> Fetched:
        """At ``most`` so many pages that have the words in any way; the oldest where ``bounds`` say so."""
        budget = self._budget(self._broadly) if is_hurried else None
        return self._fetch(self._broadly, bounds, most, budget=budget)

    def _fetch(
        self,
        wanted: Plan,
        bounds: Bounds,
        most: int,
        *,
        budget: Budget | None,
        with_loose: bool = True,
    ) -> Fetched:
        has_many = bool(self._condition) and (self.within is not None or self._few is None)
        is_narrow = self.within is not None or self._few is not None
        where = Where(
            self._scope,
            collections=() if is_narrow else self.collections,
            documents=self.documents if has_many else None,
        )
        return fetch(
            wanted,
            where,
            bounds=bounds,
            most=most,
            budget=budget,
            with_loose=with_loose,
            fitting=self._fitting,
        )

    def _budget(self, wanted: Plan, *, spent: float = 0.0, is_patient: bool = False) -> Budget:
        """What is left where the question took ``spent`` seconds already."""
        in_all = candidates.PATIENCE if is_patient else candidates.BUDGET
        seconds = max(in_all - spent, candidates.BUDGET_BESIDES)
        if self._condition or has_fits(wanted):
            seconds = max(seconds, candidates.BUDGET_WITH_FILTERS)
        return Budget(seconds, max(0.0, candidates.PATIENCE - spent))

    def has_hits(self, document_id: UUID, bounds: Bounds) -> bool:
        """Whether pages within ``bounds`` are found, of a document that fits the filters beside the words."""
        seconds = self._budget(self._broadly).seconds
        fetched = self.pages_of([document_id], bounds=bounds, most=_OF_DOCUMENT, seconds=seconds)
        return bool(self.rank(fetched.pages))

    def pages_of(
        self, documents: Iterable[UUID], *, bounds: Bounds = EVERYWHERE, most: int, seconds: float
    ) -> Fetched:
        """At ``most`` so many of the pages of ``documents``, which are `fitting`, that have the words."""
        return fetch(
            self._broadly,
            Where(_documents(documents)),
            bounds=bounds,
            most=most,
            budget=Budget(seconds),
            fitting=self._fitting,
        )

    @cached_property
    def needles(self) -> list[Needle]:
        return needles_of(self._words, self.planner)

    def rank(self, pages: list[Candidate]) -> list[Ranked]:
        return rank(self.needles, pages)

    @cached_property
    def _parts(self) -> tuple[list[Tree], list[Tree]]:
        """Parts of the question that are asked of pages, and parts that are conditions on documents."""
        tree = self.query.tree
        parts: list[Tree] = [] if tree is None else list(tree.parts) if isinstance(tree, Every) else [tree]
        if not self.is_about_words:
            return [], parts
        return [part for part in parts if self._is_of_pages(part)], [
            part for part in parts if not self._is_of_pages(part)
        ]

    def _is_of_pages(self, part: Tree) -> bool:
        """Words, titles and collections, of which the index has marks; beside words, the confidence.

        A title is of all pages: beside it alone, any page may have been read so.
        """
        is_collection = isinstance(part, Filter) and part.field == "in"
        has_words_beside = any(isinstance(leaf, Words) for leaf in leaves(self.query.tree))
        return has_words(part) or is_collection or (has_words_beside and has_confidence(part))

    @cached_property
    def _words(self) -> Tree:
        parts = self._parts[0]
        return parts[0] if len(parts) == 1 else Every(tuple(parts))

    @cached_property
    def _broadly(self) -> Plan:
        """Pages that have the words in any way that is looked for."""
        return self.planner.plan(self._words)

    @cached_property
    def _condition(self) -> Q:
        return Q(*(condition(self.user, part) for part in self._parts[1]))

    @cached_property
    def _scope(self) -> Plan:
        if self.within:
            return _documents([self.within.pk])
        if self._few is not None:
            return _documents(self._few)
        return within_collections(self.collections)

    @cached_property
    def _few(self) -> list[UUID] | None:
        """The documents that fit the filters; None where there are no filters, or many documents."""
        return _at_most_few(self.documents) if self._condition else None

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """Of all that may be found: they decide on the forms of words, and on nothing else."""
        return tuple(self.within.languages) if self.within else languages_of(self.collections)

    def _resolve(self, asked: Filter) -> Plan:
        """In brackets with words, or as one of several possibilities."""
        if asked not in self._resolved:
            self._resolved[asked] = self._resolve_anew(asked)
        return self._resolved[asked]

    @cached_property
    def _resolved(self) -> dict[Filter, Plan]:
        return {}

    def _resolve_anew(self, asked: Filter) -> Plan:
        if asked.field == "in":
            return within_collections(collections_named(self.user, asked))
        if asked.field == "confidence":
            return Fits(asked)
        few = _at_most_few(self._fitting(asked))
        return Fits(asked) if few is None else _documents(few)

    def _fitting(self, asked: Filter) -> QuerySet[Document]:
        return self.visible.filter(condition(self.user, asked))


def within_collections(collections: Iterable[int]) -> Plan:
    return Any(tuple(Terms((scope.collection_mark(pk),), "scope") for pk in collections))


def _at_most_few(documents: QuerySet[Document]) -> list[UUID] | None:
    """None where there are more, or it takes long to tell."""
    few = in_time(documents.order_by().values_list("pk", flat=True)[: FEW + 1], _FEW_BUDGET)
    return few if few is not None and len(few) <= FEW else None


def _documents(documents: Iterable[UUID]) -> Plan:
    marks = tuple(Terms((scope.document_mark(pk),), "scope") for pk in documents)
    return Any(marks) if marks else NOTHING
