"""Cursors: where a screen of a list begins, signed, as the address of the page carries it."""

from typing import Any

from django.core import signing


def write(kind: str, *values: object) -> str:
    """``values`` are what JSON has. Cursors of one ``kind`` are none of another."""
    return signing.dumps(values, salt=_salt(kind))


def read(kind: str, cursor: str) -> list[Any] | None:
    """The values; None for no cursor, and for one that was tampered with or belongs to another list."""
    try:
        values: list[Any] = signing.loads(cursor, salt=_salt(kind))
    except signing.BadSignature:
        return None
    return values


def _salt(kind: str) -> str:
    return f"documents.cursor.{kind}"
