"""What a bulk action is called, and what came of it, in the language of the reader."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.models import BulkAction
from documents.selectors.trashed import Doomed
from documents.services.bulk.titles import KEEP
from documents.words import figure

Kind = BulkAction.Kind


def called(action: BulkAction) -> str:
    """“Move to “Tax””; of what takes another back “Undo: …”."""
    if action.undoes:
        return _("Undo: %(what)s") % {"what": called(action.undoes)}
    if action.kind == Kind.RENAME:
        return _renaming(action.params["renaming"])
    tags = action.params.get("tags", [])
    if len(tags) > 1:
        return _TAGS[Kind(action.kind)]() % {"tags": ", ".join(_("“%(tag)s”") % {"tag": tag} for tag in tags)}
    return _CALLED[Kind(action.kind)]() % {"name": action.params.get("name", ""), "tag": "".join(tags)}


def _renaming(renaming: dict[str, str]) -> str:
    if renaming["pattern"].strip().lower() == KEEP:
        return _("Replace “%(find)s” with “%(replacement)s” in titles") % renaming
    return _("Rename to “%(pattern)s”") % renaming


def came_of(action: BulkAction) -> str:
    """“12 documents were moved.”; of none a sentence that cannot be taken for its opposite."""
    if not action.done:
        return _("Nothing was packed.") if action.kind == Kind.ZIP else _("Nothing was changed.")
    several = _CAME_OF_TAGS if len(action.params.get("tags", [])) > 1 else {}
    sentences = _CAME_OF | several
    return sentences[Kind(action.kind)](action.done) % {"number": figure(action.done)}


def asks(kind: Kind, count: int) -> str:
    """The question before it begins, about ``count`` documents that were ticked."""
    about = ngettext("%(number)s document", "%(number)s documents", count) % {"number": figure(count)}
    return _("%(what)s: %(about)s") % {"what": verb(kind), "about": about}


def asks_all(kind: Kind, query: str, count: int, *, is_exact: bool = True) -> str:
    """The same about all that ``query`` finds, which are ``count`` or, unless it ``is_exact``, more."""
    if kind == Kind.DELETE:
        return _("Empty the trash")
    about = _about_all(count, query, is_exact=is_exact) % {"number": figure(count), "query": query}
    return _("%(what)s: %(about)s") % {"what": verb(kind), "about": about}


def _about_all(count: int, query: str, *, is_exact: bool) -> str:
    match bool(query), is_exact:
        case True, True:
            return ngettext(
                "the only document that is found by “%(query)s”",
                "all %(number)s that are found by “%(query)s”",
                count,
            )
        case True, False:
            return _("more than %(number)s that are found by “%(query)s”")
        case _:
            return ngettext("the only document", "all %(number)s documents", count)


def destroys(doomed: Doomed) -> str:
    """“12 documents are deleted for good. 7 were put here by others (Family).”"""
    sentence = ngettext(
        "%(number)s document is deleted for good.",
        "%(number)s documents are deleted for good.",
        doomed.documents,
    ) % {"number": figure(doomed.documents)}
    if not doomed.others:
        return sentence
    by_others = ngettext(
        "%(number)s was put here by somebody else (%(places)s).",
        "%(number)s were put here by others (%(places)s).",
        doomed.others,
    ) % {"number": figure(doomed.others), "places": ", ".join(doomed.places)}
    return f"{sentence} {by_others}"


def verb(kind: Kind) -> str:
    """What its button says."""
    return _VERBS[kind]()


_VERBS: dict[Kind, Callable[[], str]] = {
    Kind.MOVE: lambda: _("Move"),
    Kind.TAG: lambda: _("Add a tag"),
    Kind.UNTAG: lambda: _("Remove a tag"),
    Kind.RENAME: lambda: _("Rename"),
    Kind.READ: lambda: _("Read again"),
    Kind.ZIP: lambda: _("Download"),
    Kind.TRASH: lambda: _("Move to the trash"),
    Kind.RESTORE: lambda: _("Restore"),
    Kind.DELETE: lambda: _("Delete for good"),
}

_CALLED: dict[Kind, Callable[[], str]] = _VERBS | {
    Kind.MOVE: lambda: _("Move to “%(name)s”"),
    Kind.TAG: lambda: _("Add the tag “%(tag)s”"),
    Kind.UNTAG: lambda: _("Remove the tag “%(tag)s”"),
}

_TAGS: dict[Kind, Callable[[], str]] = {
    Kind.TAG: lambda: _("Add the tags %(tags)s"),
    Kind.UNTAG: lambda: _("Remove the tags %(tags)s"),
}

_CAME_OF: dict[Kind, Callable[[int], str]] = {
    Kind.MOVE: lambda n: ngettext("%(number)s document was moved.", "%(number)s documents were moved.", n),
    Kind.TAG: lambda n: ngettext("%(number)s document has the tag.", "%(number)s documents have the tag.", n),
    Kind.UNTAG: lambda n: ngettext(
        "%(number)s document is without the tag.", "%(number)s documents are without the tag.", n
    ),
    Kind.RENAME: lambda n: ngettext(
        "%(number)s document was renamed.", "%(number)s documents were renamed.", n
    ),
    Kind.READ: lambda n: ngettext(
        "%(number)s document is being read again.", "%(number)s documents are being read again.", n
    ),
    Kind.ZIP: lambda n: ngettext("%(number)s document was packed.", "%(number)s documents were packed.", n),
    Kind.TRASH: lambda n: ngettext(
        "%(number)s document is in the trash.", "%(number)s documents are in the trash.", n
    ),
    Kind.RESTORE: lambda n: ngettext(
        "%(number)s document is back in the archive.", "%(number)s documents are back in the archive.", n
    ),
    Kind.DELETE: lambda n: ngettext(
        "%(number)s document was deleted for good.", "%(number)s documents were deleted for good.", n
    ),
}

_CAME_OF_TAGS: dict[Kind, Callable[[int], str]] = {
    Kind.TAG: lambda n: ngettext(
        "%(number)s document has the tags.", "%(number)s documents have the tags.", n
    ),
    Kind.UNTAG: lambda n: ngettext(
        "%(number)s document is without the tags.", "%(number)s documents are without the tags.", n
    ),
}
