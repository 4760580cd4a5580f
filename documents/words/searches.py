"""How a saved search is asked, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.models import SavedSearch

_ORDERS = {
    "newest": gettext_lazy("Last added"),
    "oldest": gettext_lazy("First added"),
    "title": gettext_lazy("Title"),
}


def is_asked(search: SavedSearch, *, query: str, sort: str, is_forgiving: bool) -> bool:
    """Whether it is ``search`` that is asked; an unknown ``sort`` is the usual one."""
    order = sort if sort in _ORDERS else ""
    kept = search.sort if search.sort in _ORDERS else ""
    return (search.query, kept, search.is_forgiving) == (query, order, is_forgiving)


def how_asked(search: SavedSearch) -> str:
    """“Last added · misreadings not forgiven”; what is as usual is not told."""
    order = str(_ORDERS.get(search.sort, ""))
    strictness = "" if search.is_forgiving else _("misreadings not forgiven")
    return " · ".join(filter(None, (order, strictness)))
