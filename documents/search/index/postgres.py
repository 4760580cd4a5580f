"""The index in PostgreSQL: a column of SearchEntry's table, written by the database itself (migration 0004).

The text of a query is made of quoted lexemes alone; nothing that a person typed reaches it otherwise.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from uuid import UUID

from django.db import OperationalError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.errors import QueryCanceled

from documents.search.index.plan import All, Any, But, Fits, Plan, Terms

SOURCE = "documents_searchentry AS entry"
MATCH = HAS = "entry.vector @@ %s::tsquery"
PAGE = "entry.page_id"
KEYS = "SELECT unnest(%s::uuid[])"

_PATIENCE = 2.5
_WEIGHTS = {"text": "AB", "title": "A", "body": "B", "loose": "C", "scope": "D"}


def match(plan: Plan, scope: Plan) -> str:
    """``plan`` within ``scope``, as the text of a tsquery."""
    return f"({_written(scope)}) & ({_written(plan)})"


def _written(plan: Plan) -> str:
    match plan:
        case Terms():
            return _phrase(plan)
        case Any(parts):
            return _joined(" | ", parts)
        case But(part):
            return f"!({_written(part)})"
        case All(parts):
            return _joined(" & ", parts)
        case Fits():
            raise TypeError("the index knows nothing of it")


def _joined(operator: str, parts: tuple[Plan, ...]) -> str:
    return f"({operator.join(map(_written, parts))})" if parts else "'none':D"


def _phrase(terms: Terms) -> str:
    weights = _WEIGHTS[terms.place]
    *before, last = [f"'{_quoted(word)}':" for word in terms.words]
    star = "*" if terms.is_prefix else ""
    # A phrase stands in one column: weights are of each word, so each column is asked for by itself.
    columns = weights if before else [weights]
    phrases = [
        " <-> ".join([*(word + column for word in before), last + star + column]) for column in columns
    ]
    return f"({' | '.join(phrases)})"


def _quoted(word: str) -> str:
    return word.replace("\\", "\\\\").replace("'", "''")


def has_at_most(
    _connection: BaseDatabaseWrapper, _plan: Plan, _scope: Plan, _most: int, _seconds: float
) -> bool:
    """Not asked: a collection's list is joined with the others as a bitmap, which costs little."""
    return False


def share(_connection: BaseDatabaseWrapper, _collections: Sequence[int]) -> float:
    """Not asked, for the same reason."""
    return 0.0


def clock() -> float:
    """Seconds as `budget` counts them."""
    return time.monotonic() / _PATIENCE


def keys(ids: Iterable[UUID | str]) -> list[UUID | str]:
    """The parameter of KEYS."""
    return list(ids)


@contextmanager
def budget(connection: BaseDatabaseWrapper, seconds: Callable[[], float]) -> Iterator[None]:
    """Interrupt what reads longer: it raises OperationalError, and its rows are lost.

    ``seconds`` is asked once, before. The clock on the wall counts, and with it what others do meanwhile: so
    it takes some times as long.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = %s", [max(1, round(_PATIENCE * seconds() * 1000))])
        yield
        cursor.execute("SET LOCAL statement_timeout = 0")


def is_over_time(error: OperationalError) -> bool:
    return isinstance(error.__cause__, QueryCanceled)


def is_sound(connection: BaseDatabaseWrapper) -> bool:
    """Whether the column has what the others say: it was written by a function that may have changed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM documents_searchentry"
            " WHERE vector IS DISTINCT FROM documents_search_vector(title, body, loose, scope))"
        )
        return not cursor.fetchone()[0]


def rebuild(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE documents_searchentry SET body = body")
        cursor.execute("REINDEX INDEX documents_searchentry_vector")
