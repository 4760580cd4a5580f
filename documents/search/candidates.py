"""The pages that the index finds, newest or oldest first, within a time budget."""

from collections.abc import Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import OperationalError, connection
from django.db.models import QuerySet, Value
from django.db.models.expressions import RawSQL

from documents.models import Document
from documents.search import postgres, sqlite
from documents.search.plan import Plan
from documents.search.ranking import Candidate

# What a person waits for without noticing; the rest of a page of results takes about as long again.
BUDGET = 0.06  # seconds
# Where PostgreSQL ran out of time it has nothing in hand, and looks again, at so many of the newest pages.
_RECENT = 20_000
_COLUMNS = ", ".join(f"entry.{column}" for column in Candidate._fields)


@dataclass(frozen=True, slots=True)
class Bounds:
    """Which pages are looked at, by their keys; later pages have higher ones. Those of the bounds are not."""

    above: int | None = None
    below: int | None = None
    is_oldest_first: bool = False


EVERYWHERE = Bounds()


@dataclass(frozen=True, slots=True)
class Fetched:
    """``is_whole`` is False when the time was up before all were found."""

    pages: list[Candidate]
    is_whole: bool


def backend() -> ModuleType:
    return {"sqlite": sqlite, "postgresql": postgres}[connection.vendor]


def fetch(
    plan: Plan,
    scope: Plan,
    *,
    documents: QuerySet[Document] | None = None,
    bounds: Bounds = EVERYWHERE,
    most: int,
) -> Fetched:
    """At ``most`` so many pages within ``scope``, and of ``documents`` where these are given."""
    match: str = backend().match(plan, scope)
    fetched = _read(*_statement(match, documents, bounds, most))
    if connection.vendor == "postgresql" and not fetched.is_whole and bounds == EVERYWHERE:
        recent = Bounds(above=_newest_page() - _RECENT)
        return Fetched(_read(*_statement(match, documents, recent, most)).pages, is_whole=False)
    return fetched


def _statement(
    match: str, documents: QuerySet[Document] | None, bounds: Bounds, most: int
) -> tuple[str, list[Any]]:
    page = backend().PAGE
    conditions: list[str] = [backend().MATCH]
    params: list[Any] = [match]
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
    sql = f"SELECT {_COLUMNS} FROM {backend().SOURCE} WHERE {' AND '.join(conditions)}"  # noqa: S608
    return f"{sql} ORDER BY {page} {direction} LIMIT %s", [*params, most]


def _has_document(documents: QuerySet[Document]) -> tuple[str, Sequence[Any]]:
    """Asked for page by page, since a list of all ``documents`` can be long."""
    of_page = documents.filter(pk=RawSQL("entry.document_id", ())).order_by().values_list(Value(1))
    try:
        sql, params = of_page.query.sql_with_params()
    except EmptyResultSet:  # no document can fit
        return "1 = 0", []
    return f"EXISTS ({sql})", list(params)


def _read(sql: str, params: Sequence[Any]) -> Fetched:
    pages: list[Candidate] = []
    try:
        with backend().budget(connection, BUDGET), connection.cursor() as cursor:
            cursor.execute(sql, params)
            for row in cursor:
                pages.append(Candidate._make(row))  # noqa: PERF401 -- those in hand are kept when it ends early
    except OperationalError as error:
        if not backend().is_over_time(error):
            raise
        return Fetched(pages, is_whole=False)
    return Fetched(pages, is_whole=True)


def _newest_page() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(page_id), 0) FROM documents_searchentry")
        return int(cursor.fetchone()[0])
