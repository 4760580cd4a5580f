"""The pages that the index finds, newest or oldest first, within a time budget."""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from types import ModuleType
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import OperationalError, connection
from django.db.models import QuerySet, Value
from django.db.models.expressions import RawSQL

from documents.models import Document
from documents.search.index import plan as plans
from documents.search.index import postgres, sqlite
from documents.search.index.plan import Plan
from documents.search.index.ranking import Candidate
from documents.search.query.tree import Filter

# What a person waits for without noticing; the rest of a page of results takes about as long again.
BUDGET = 0.06  # seconds
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
_Sql = tuple[str, list[Any]]  # with its parameters
_Row = TypeVar("_Row")


@dataclass(frozen=True, slots=True)
class Fetched:
    """``is_whole`` is False when the time was up before all were found."""

    pages: list[Candidate]
    is_whole: bool


def backend() -> ModuleType:
    return {"sqlite": sqlite, "postgresql": postgres}[connection.vendor]


def in_time(rows: "QuerySet[Any, _Row]", seconds: float) -> list[_Row] | None:
    """All of ``rows``; None where they take longer to read."""
    try:
        with backend().budget(connection, seconds):
            return list(rows)
    except OperationalError as error:
        if backend().is_over_time(error):
            return None
        raise


def no_fits(asked: Filter) -> QuerySet[Document]:
    """For a plan that has none."""
    raise TypeError(asked)


def fetch(
    plan: Plan,
    scope: Plan,
    *,
    documents: QuerySet[Document] | None = None,
    bounds: Bounds = EVERYWHERE,
    most: int,
    is_hurried: bool = True,
    with_loose: bool = True,
    fitting: Callable[[Filter], QuerySet[Document]] = no_fits,
) -> Fetched:
    """At ``most`` so many pages within ``scope``, and of ``documents`` where these are given.

    ``fitting`` gives the documents that a `Fits` of the plan means. Unless ``is_hurried``, it takes as long
    as it takes. Only pages that were found by words as typed can do without their loose terms, a third of
    what is read.
    """
    match = _match(plan, scope, fitting)
    columns = _COLUMNS if with_loose else _COLUMNS_EXACT
    fetched = _read(*_statement(columns, match, documents, bounds, most), is_hurried=is_hurried)
    if connection.vendor == "postgresql" and not fetched.is_whole and bounds == EVERYWHERE:
        recent = Bounds(above=_newest_page() - _RECENT)
        return Fetched(_read(*_statement(columns, match, documents, recent, most)).pages, is_whole=False)
    return fetched


def _match(plan: Plan, scope: Plan, fitting: Callable[[Filter], QuerySet[Document]]) -> list[_Sql]:
    """What the index can be asked, and what is left to be looked at page by page."""
    return [
        (backend().MATCH, [backend().match(plans.widest(plan, scope), scope)]),
        *(_of_page(part, scope, fitting) for part in plans.unsettled(plan)),
    ]


def _of_page(plan: Plan, scope: Plan, fitting: Callable[[Filter], QuerySet[Document]]) -> _Sql:
    """Whether a page that the index gave is one that ``plan`` means."""
    if not plans.has_fits(plan):
        return backend().HAS, [backend().match(plan, scope)]
    match plan:
        case plans.Fits(Filter(field="confidence") as asked):
            return f"entry.confidence {asked.comparison} %s", [asked.value]
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


def _statement(
    columns: str, match: Sequence[_Sql], documents: QuerySet[Document] | None, bounds: Bounds, most: int
) -> _Sql:
    page = backend().PAGE
    conditions = [sql for sql, _ in match]
    params = [param for _, of_one in match for param in of_one]
    for limit, comparison in ((bounds.above, ">"), (bounds.below, "<")):
        if limit is not None:
            conditions.append(f"{page} {comparison} %s")
            params.append(limit)
    if documents is not None:
        sql, more = _has_document(documents)
        conditions.append(sql)
        params += more
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


def _read(sql: str, params: Sequence[Any], *, is_hurried: bool = True) -> Fetched:
    pages: list[Candidate] = []
    try:
        budget = backend().budget(connection, BUDGET) if is_hurried else nullcontext()
        with budget, connection.cursor() as cursor:
            cursor.execute(sql, params)
            for row in cursor:
                pages.append(Candidate._make(row))  # noqa: PERF401 -- those in hand are kept when it ends early
    except OperationalError as error:
        if not (is_hurried and backend().is_over_time(error)):
            raise
        return Fetched(pages, is_whole=False)
    return Fetched(pages, is_whole=True)


def _newest_page() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(page_id), 0) FROM documents_searchentry")
        return int(cursor.fetchone()[0])
