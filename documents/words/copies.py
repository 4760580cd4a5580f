"""How many copies one answer keeps, as its button says it and as what came of it does."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.words import figure


def keep(count: int) -> str:
    """“Keep both” or “Keep all 3”."""
    if count <= 2:
        return _("Keep both")
    return ngettext("Keep %(number)s copy", "Keep all %(number)s", count) % {"number": figure(count)}


def kept(count: int) -> str:
    """“Both are kept.” or “All 3 copies are kept.”"""
    if count <= 2:
        return _("Both are kept.")
    text = ngettext("%(number)s copy is kept.", "All %(number)s copies are kept.", count)
    return text % {"number": figure(count)}
