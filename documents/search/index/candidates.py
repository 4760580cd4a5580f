"""The pages that the index finds, newest or oldest first, within a time budget."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from types import ModuleType
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import OperationalError, connection
from django.db.models import QuerySet, Value
from django.db.models.expressions import RawSQL

from documents.models import Document
from documents.search.index import plan as plans
from documents.search.index import postgres, sqlite
from documents.search.index.plan import Plan
from documents.search.index.ranking import Candidate
from documents.search.query.fields import percents
from documents.search.query.tree import Filter

# Seconds that the index may take for a question. What it may mean besides the words as typed has the time
# that these leave, and at least so much. Each of both has more where there are filters, too. Where next to
# nothing was found until then, there is more patience.
BUDGET, BUDGET_BESIDES, BUDGET_WITH_FILTERS, PATIENCE = 0.015, 0.005, 0.06, 0.3
NEXT_TO_NOTHING = 10  # pages: whoever is shown less would think that there is no more
# To find out in the index where a page belongs, the list of each collection is walked. The rows tell instead
# where there are only so many hits on the whole site, or where so much of it may be seen that few of the rows
# are read in vain.
_RARE, _PROBE_BUDGET = 500, 0.002
_MANY = 3  # collections
_MOST = 0.5  # of all pages
# Where PostgreSQL ran out of time it has nothing in hand, and looks again, at so many of the newest pages.
_RECENT = 20_000
_COLUMNS = ", ".join(f"entry.{column}" for column in Candidate._fields)
_COLUMNS_EXACT = _COLUMNS.replace("entry.loose", "'' AS loose")


@dataclass(frozen=True, slots=True)
class Bounds:
    """Which pages are looked at, by their keys; later pages have higher ones. Those of the bounds are not."""

    above: int | None = None
    below: int | None = None
    is_oldest_first: bool = False


EVERYWHERE = Bounds()


@dataclass(frozen=True, slots=True)
class Budget:
    """Seconds for a statement, and in all for one that has found next to nothing until then."""

    seconds: float
    patience: float = 0.0

    def with_pages(self, found: int) -> float:
        return self.seconds if found >= NEXT_TO_NOTHING else max(self.seconds, self.patience)


@dataclass(frozen=True, slots=True)
class Where:
    """Pages that may be found: those within ``scope``, and of ``documents`` where these are given.

    ``collections`` are all that ``scope`` lets through, where it is made of collections.
    """

    scope: Plan
    collections: Sequence[int] = ()
    documents: QuerySet[Document] | None = None


_Sql = tuple[str, list[Any]]  # with its parameters
_Row = TypeVar("_Row")


@dataclass(frozen=True, slots=True)
class Fetched:
    """``is_whole`` is False when the time was up before all were found."""

    pages: list[Candidate]
    is_whole: bool


def backend() -> ModuleType:
    return {"sqlite": sqlite, "postgresql": postgres}[connection.vendor]


def in_time(rows: Iterable[_Row], seconds: float) -> list[_Row] | None:
    """All of ``rows``, which are asked for as they are read; None where they take longer to read."""
    try:
        with backend().budget(connection, lambda: seconds):
            return list(rows)
    except OperationalError as error:
        if backend().is_over_time(error):
            return None
        raise


def among(ids: Iterable[UUID | str]) -> RawSQL:
    """For ``pk__in``: the keys, some of which may be as the database has them, as one parameter."""
    return RawSQL(backend().KEYS, [backend().keys(ids)])  # noqa: S611 -- the text is ours


def no_fits(asked: Filter) -> QuerySet[Document]:
    """For a plan that has none."""
    raise TypeError(asked)


def fetch(
    plan: Plan,
    where: Where,
    *,
    bounds: Bounds = EVERYWHERE,
    most: int,
    budget: Budget | None,
    with_loose: bool = True,
    fitting: Callable[[Filter], QuerySet[Document]] = no_fits,
) -> Fetched:
    """At ``most`` so many pages.

    ``fitting`` gives the documents that a `Fits` of the plan means. Without a ``budget`` it takes as long as
    it takes. Only pages that were found by words as typed can do without their loose terms, a third of what
    is read.
    """
    match = [*_match(plan, where), *_rest(plan, where, fitting)]
    columns = _COLUMNS if with_loose else _COLUMNS_EXACT
    if connection.vendor != "postgresql" or budget is None:
        return _read(*_statement(columns, match, bounds, most), budget=budget)
    return _fetch_at_once(columns, match, bounds, most, budget)


def _fetch_at_once(columns: str, match: Sequence[_Sql], bounds: Bounds, most: int, budget: Budget) -> Fetched:
    """For a database that has nothing in hand until it has all: the newest pages, and then with patience."""
    everywhere = _statement(columns, match, bounds, most)
    fetched = _read(*everywhere, budget=Budget(budget.seconds))
    if fetched.is_whole:
        return fetched
    if bounds.above is None and not bounds.is_oldest_first:
        newest = _newest_page() if bounds.below is None else bounds.below
        recent = replace(bounds, above=newest - _RECENT)
        again = _read(*_statement(columns, match, recent, most), budget=Budget(budget.seconds))
        fetched = Fetched(again.pages, is_whole=False)
    if len(fetched.pages) >= NEXT_TO_NOTHING or not budget.patience:
        return fetched
    patient = _read(*everywhere, budget=Budget(budget.patience))
    return patient if patient.is_whole else fetched


def _match(plan: Plan, where: Where) -> list[_Sql]:
    """What the index is asked; where the rows tell sooner than the index what may be seen, they do."""
    wanted = plans.widest(plan, where.scope)
    if where.collections and _is_for_rows(wanted, where):
        places = ", ".join(["%s"] * len(where.collections))
        seen = (f"entry.collection_id IN ({places})", [*where.collections])
        return [(backend().MATCH, [backend().match_anywhere(wanted, where.scope)]), seen]
    return [(backend().MATCH, [backend().match(wanted, where.scope)])]


def _is_for_rows(wanted: Plan, where: Where) -> bool:
    """Whether most of what is found may be seen, or little is found at all."""
    if backend().share(connection, where.collections) >= _MOST:
        return True
    return len(where.collections) >= _MANY and backend().has_at_most(
        connection, wanted, where.scope, _RARE, _PROBE_BUDGET
    )


def _rest(plan: Plan, where: Where, fitting: Callable[[Filter], QuerySet[Document]]) -> list[_Sql]:
    """What is left to be looked at page by page."""
    of_plan = [_of_page(part, where.scope, fitting) for part in plans.unsettled(plan)]
    return of_plan if where.documents is None else [*of_plan, _has_document(where.documents)]


def _of_page(plan: Plan, scope: Plan, fitting: Callable[[Filter], QuerySet[Document]]) -> _Sql:
    """Whether a page that the index gave is one that ``plan`` means."""
    if not plans.has_fits(plan):
        return backend().HAS, [backend().match(plan, scope)]
    match plan:
        case plans.Fits(Filter(field="confidence") as asked):
            # Of a page without one nothing is true: not NULL, of which NOT makes NULL again.
            return "COALESCE(entry.confidence >= %s AND entry.confidence < %s, FALSE)", [*percents(asked)]
        case plans.Fits(asked):
            return _has_document(fitting(asked))
        case plans.But(part):
            sql, params = _of_page(part, scope, fitting)
            return f"NOT {sql}", params
        case plans.All(parts) | plans.Any(parts):
            operator = " AND " if isinstance(plan, plans.All) else " OR "
            each = [_of_page(part, scope, fitting) for part in parts]
            return f"({operator.join(sql for sql, _ in each)})", [one for _, params in each for one in params]
    raise TypeError(plan)


def _statement(columns: str, match: Sequence[_Sql], bounds: Bounds, most: int) -> _Sql:
    page = backend().PAGE
    conditions = [sql for sql, _ in match]
    params = [param for _, of_one in match for param in of_one]
    for limit, comparison in ((bounds.above, ">"), (bounds.below, "<")):
        if limit is not None:
            conditions.append(f"{page} {comparison} %s")
            params.append(limit)
    direction = "ASC" if bounds.is_oldest_first else "DESC"
    # Only names of columns and placeholders are put in here.
    sql = f"SELECT {columns} FROM {backend().SOURCE} WHERE {' AND '.join(conditions)}"  # noqa: S608
    return f"{sql} ORDER BY {page} {direction} LIMIT %s", [*params, most]


def _has_document(documents: QuerySet[Document]) -> _Sql:
    """Asked for page by page, since a list of all ``documents`` can be long."""
    of_page = documents.filter(pk=RawSQL("entry.document_id", ())).order_by().values_list(Value(1))
    try:
        sql, params = of_page.query.sql_with_params()
    except EmptyResultSet:  # no document can fit
        return "(1 = 0)", []
    return f"EXISTS ({sql})", list(params)


def _read(sql: str, params: Sequence[Any], *, budget: Budget | None) -> Fetched:
    pages: list[Candidate] = []
    try:
        with _limit(budget, pages), connection.cursor() as cursor:
            cursor.execute(sql, params)
            for row in cursor:
                pages.append(Candidate._make(row))  # noqa: PERF401 -- those in hand are kept when it ends early
    except OperationalError as error:
        if budget is None or not backend().is_over_time(error):
            raise
        return Fetched(pages, is_whole=False)
    return Fetched(pages, is_whole=True)


def _limit(budget: Budget | None, pages: Sequence[Candidate]) -> AbstractContextManager[None]:
    """``pages`` grow meanwhile."""
    if budget is None:
        return nullcontext()
    limit: AbstractContextManager[None] = backend().budget(connection, lambda: budget.with_pages(len(pages)))
    return limit


def _newest_page() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(page_id), 0) FROM documents_searchentry")
        return int(cursor.fetchone()[0])
