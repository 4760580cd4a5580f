"""Numbers in addresses; what is none counts as not given."""

import re

from django.http import QueryDict

_WHOLE = re.compile(r"[0-9]{1,6}")
_KEY = re.compile(r"[0-9]{1,18}")  # what every database takes for the key of a row


def whole(query: QueryDict, name: str, default: int) -> int:
    """A whole number of up to 6 digits from the address, else ``default``."""
    value = query.get(name, "")
    return int(value) if _WHOLE.fullmatch(value) else default


def key(query: QueryDict, name: str) -> int | None:
    """The key of a row; of several the last."""
    found = keys(query, name)
    return found[-1] if found else None


def keys(query: QueryDict, name: str) -> list[int]:
    """The keys of rows, where a name stands again and again."""
    return [int(value) for value in query.getlist(name) if _KEY.fullmatch(value)]
