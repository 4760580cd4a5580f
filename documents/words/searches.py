"""How a saved search is asked, in words."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from documents.models import SavedSearch

_ORDERS: dict[str, Callable[[], str]] = {
    "newest": lambda: _("Last added"),
    "oldest": lambda: _("First added"),
    "title": lambda: _("Title"),
}


def how_asked(search: SavedSearch) -> str:
    """“Last added · misreadings not forgiven”; what is as usual is not told."""
    order = _ORDERS[search.sort]() if search.sort in _ORDERS else ""
    strictness = "" if search.is_forgiving else _("misreadings not forgiven")
    return " · ".join(filter(None, (order, strictness)))
