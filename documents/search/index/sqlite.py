"""The index in SQLite: an FTS5 table over the rows of SearchEntry (migration 0004).

The text of a query is made of quoted terms alone; nothing that a person typed reaches it otherwise.
"""

import json
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from uuid import UUID

from django.db import DatabaseError, OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper

from documents.search.index.plan import All, Any, But, Fits, Plan, Terms

SOURCE = """
    documents_searchindex AS hit CROSS JOIN documents_searchentry AS entry ON entry.page_id = hit.rowid
"""
MATCH = "hit.documents_searchindex MATCH %s"
HAS = "hit.rowid IN (SELECT rowid FROM documents_searchindex WHERE documents_searchindex MATCH %s)"
PAGE = "hit.rowid"
# A thousand keys as one parameter: each by itself takes Django as long as the search.
KEYS = "SELECT value FROM json_each(%s)"

_COLUMNS = {"text": "{title body}", "title": "title", "body": "body", "loose": "loose", "scope": "scope"}
_COUNT = """
    SELECT count(*) FROM (
        SELECT 1 FROM documents_searchindex WHERE documents_searchindex MATCH %s LIMIT %s
    )
"""
_ENDS = """
    SELECT (SELECT min(page_id) FROM documents_searchentry), (SELECT max(page_id) FROM documents_searchentry)
"""
_SHARE = """
    SELECT avg(collection_id IN (SELECT value FROM json_each(%s))) FROM (
        SELECT (
            SELECT collection_id FROM documents_searchentry
            WHERE page_id >= place.value ORDER BY page_id LIMIT 1
        ) AS collection_id
        FROM json_each(%s) AS place
    )
"""
_SAMPLE = 40  # pages
# Rank 1: compare with the rows, too.
_CHECK = """
    INSERT INTO documents_searchindex (documents_searchindex, rank) VALUES ('integrity-check', 1)
"""
# Steps of SQLite's machine between two looks at the clock: they take far less than a millisecond. One step
# of a full-text search can read a page of the index, and reads count as steps.
_STEPS = 200
# Waiting counts a fortieth: between two steps a thread of a busy site waits for its turn. At most so many
# seconds, though: a disk may be as slow.
_PATIENCE, _LONGEST = 40, 2.0


def match(plan: Plan, scope: Plan) -> str:
    """``plan`` within ``scope``, as the text of a MATCH.

    FTS5 goes on from the first part, so the words come first: they are rarer than what the scope has.
    """
    everything = _written(scope, "")
    return f"({_written(plan, everything)}) AND ({everything})"


def match_anywhere(plan: Plan, scope: Plan) -> str:
    """The same for those who ask the rows whether they lie within ``scope``."""
    return _written(plan, _written(scope, ""))


def has_at_most(connection: BaseDatabaseWrapper, plan: Plan, scope: Plan, most: int, seconds: float) -> bool:
    """Whether the index has no more hits than ``most``, wherever they lie, and can tell so in time."""
    try:
        with budget(connection, lambda: seconds), connection.cursor() as cursor:
            cursor.execute(_COUNT, [match_anywhere(plan, scope), most + 1])
            return int(cursor.fetchone()[0]) <= most
    except OperationalError as error:
        if is_over_time(error):
            return False
        raise


def share(connection: BaseDatabaseWrapper, collections: Sequence[int]) -> float:
    """How much of all pages lies in ``collections``, from 0 to 1, by a sample: a fifth of a millisecond."""
    with connection.cursor() as cursor:
        cursor.execute(_ENDS)
        first, last = cursor.fetchone()
        if first is None:
            return 0.0
        places = [first + (last - first) * at // _SAMPLE for at in range(_SAMPLE)]
        cursor.execute(_SHARE, [json.dumps([*collections]), json.dumps(places)])
        return float(cursor.fetchone()[0])


def _written(plan: Plan, everything: str) -> str:
    """``everything`` is what NOT takes away from, where nothing else is asked."""
    match plan:
        case Terms():
            return f'{_COLUMNS[plan.place]} : "{" ".join(plan.words)}"{" *" if plan.is_prefix else ""}'
        case Any(parts):
            return _joined("OR", [_written(part, everything) for part in parts])
        case But(part):
            return f"(({everything}) NOT {_bracketed(_written(part, everything))})"
        case All(parts):
            found = [_written(part, everything) for part in parts if not isinstance(part, But)]
            left_out = [_written(part.part, everything) for part in parts if isinstance(part, But)]
            kept = _joined("AND", found or [everything])
            return f"({' NOT '.join([kept, *map(_bracketed, left_out)])})"
        case Fits():
            raise TypeError("the index knows nothing of it")


def _joined(operator: str, parts: list[str]) -> str:
    if not parts:
        return 'scope : "none"'
    return f"({f' {operator} '.join(parts)})"


def _bracketed(text: str) -> str:
    return f"({text})"


def clock() -> float:
    """Seconds as `budget` counts them."""
    return time.thread_time()


def keys(ids: Iterable[UUID | str]) -> str:
    """The parameter of KEYS."""
    return json.dumps([one.hex if isinstance(one, UUID) else one for one in ids])


@contextmanager
def budget(connection: BaseDatabaseWrapper, seconds: Callable[[], float]) -> Iterator[None]:
    """Interrupt what works longer: it raises OperationalError, after the rows that it had found.

    ``seconds`` is asked while rows come in. Its own time counts, so that a busy machine finds no less;
    waiting counts little. One statement is interrupted: with `DEBUG`, Django asks another one to tell of
    the first.
    """
    start, started = clock(), time.monotonic()
    is_over = False

    def stop() -> bool:
        nonlocal is_over
        was_over = is_over
        most = seconds()
        is_over = clock() - start > most or time.monotonic() - started > min(_PATIENCE * most, _LONGEST)
        return is_over and not was_over

    connection.ensure_connection()
    connection.connection.set_progress_handler(stop, _STEPS)
    try:
        yield
    finally:
        connection.connection.set_progress_handler(None, 0)


def is_over_time(error: OperationalError) -> bool:
    return isinstance(error.__cause__, sqlite3.OperationalError) and (
        error.__cause__.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT
    )


def is_sound(connection: BaseDatabaseWrapper) -> bool:
    """Whether the index has what the rows say."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(_CHECK)
    except DatabaseError as error:
        if isinstance(error.__cause__, sqlite3.DatabaseError) and (
            error.__cause__.sqlite_errorcode & 0xFF == sqlite3.SQLITE_CORRUPT
        ):
            return False
        raise
    return True


def rebuild(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO documents_searchindex (documents_searchindex) VALUES ('rebuild')")
