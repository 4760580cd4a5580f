"""The audit trail in words: “ben moved it from Letters to Tax”."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.models import Event, Role
from documents.words import figure, language_names

Details = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sentence:
    """``template`` with ``%(…)s`` for ``values``; ``%(who)s`` is filled as well.

    ``links`` has the keys of the documents that some of ``values`` name.
    """

    template: str
    values: dict[str, str] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)


def sentences(event: Event) -> list[Sentence]:
    """What was done, in the language of the reader; more than one where two things were done at once."""
    who = {"who": event.user_name or _("ocrsite")}
    action = Event.Action(event.action)
    if event.is_of_many:
        said = [_of_many(action, event.details, event.documents)]
    else:
        said = [*_SENTENCES[action](event.details)]
    return [replace(one, values=who | one.values) for one in said]


def in_plain_words(event: Event) -> str:
    """The same as one text, without markup."""
    return " · ".join(sentence.template % sentence.values for sentence in sentences(event))


def _of_many(action: Event.Action, details: Details, count: int) -> Sentence:
    """What was done to ``count`` documents at once."""
    tags = details.get("added") or details.get("removed") or []
    values = {"number": figure(count), "place": details.get("after", "…"), "tags": ", ".join(tags)}
    return Sentence(_template_of_many(action, details)(count), values)


def _template_of_many(action: Event.Action, details: Details) -> Callable[[int], str]:
    if action == Event.Action.MOVED and details.get("after"):
        return _moved_many
    if action == Event.Action.TAGGED and "added" in details:
        return _tagged_many if len(details["added"]) == 1 else _several_tagged_many
    if action == Event.Action.TAGGED and "removed" in details:
        return _untagged_many if len(details["removed"]) == 1 else _several_untagged_many
    if action == Event.Action.VERSION and details.get("change") == "newer":
        return _older_versions_many
    return _OF_MANY.get(action, _changed_many)


def _simple(text: Callable[[], str]) -> Callable[[Details], Iterator[Sentence]]:
    def say(_details: Details) -> Iterator[Sentence]:
        yield Sentence(text())

    return say


def _read(details: Details) -> Iterator[Sentence]:
    done, total = details.get("done", 0), details.get("total", 0)
    text = ngettext(
        "%(who)s read %(done)s of %(total)s page", "%(who)s read %(done)s of %(total)s pages", total
    )
    yield Sentence(text, {"done": figure(done), "total": figure(total)})


def _read_again(details: Details) -> Iterator[Sentence]:
    pages = details.get("pages", 0)
    text = ngettext("%(who)s had %(pages)s page read again", "%(who)s had %(pages)s pages read again", pages)
    if not (codes := details.get("languages")):
        yield Sentence(text, {"pages": figure(pages)})
        return
    text = ngettext(
        "%(who)s had %(pages)s page read again in %(languages)s",
        "%(who)s had %(pages)s pages read again in %(languages)s",
        pages,
    )
    yield Sentence(text, {"pages": figure(pages), "languages": language_names(codes)})


def _shown(details: Details) -> Iterator[Sentence]:
    asked = parse_datetime(details.get("asked_at", ""))
    date = date_format(localtime(asked), "DATETIME_FORMAT") if asked else "…"
    yield Sentence(_("%(who)s chose the reading of %(date)s"), {"date": date})


def _renamed(details: Details) -> Iterator[Sentence]:
    names = {side: details.get(side, "…") for side in ("before", "after")}
    yield Sentence(_("%(who)s renamed it from “%(before)s” to “%(after)s”"), names)


def _dated(details: Details) -> Iterator[Sentence]:
    days = {side: _day(details.get(side) or "") for side in ("before", "after")}
    yield Sentence(_("%(who)s changed the date from %(before)s to %(after)s"), days)


def _day(text: str) -> str:
    day = parse_date(text)
    return date_format(day, "DATE_FORMAT") if day else "…"


def _moved(details: Details) -> Iterator[Sentence]:
    places = {side: details.get(side) or _("another collection") for side in ("before", "after")}
    yield Sentence(_("%(who)s moved it from %(before)s to %(after)s"), places)


def _tagged(details: Details) -> Iterator[Sentence]:
    if "before" in details:
        names = {side: details.get(side, "…") for side in ("before", "after")}
        if details.get("merged"):
            yield Sentence(_("%(who)s made the tag “%(before)s” one with “%(after)s”"), names)
        else:
            yield Sentence(_("%(who)s renamed the tag “%(before)s” to “%(after)s”"), names)
    elif not details.keys() & {"coloured", "added", "removed"}:
        yield Sentence(_("%(who)s changed the tags"))
    if tag := details.get("coloured"):
        yield Sentence(_("%(who)s gave the tag “%(tag)s” another colour"), {"tag": tag})
    if added := details.get("added"):
        text = ngettext("%(who)s added the tag %(tags)s", "%(who)s added the tags %(tags)s", len(added))
        yield Sentence(text, {"tags": ", ".join(added)})
    if removed := details.get("removed"):
        yield _untagged(removed, details.get("more", 0))


def _untagged(tags: list[str], more: int) -> Sentence:
    """``more`` are not named."""
    values = {"tags": ", ".join(tags), "number": figure(more)}
    if more:
        text = ngettext(
            "%(who)s removed the tags %(tags)s and %(number)s more",
            "%(who)s removed the tags %(tags)s and %(number)s more",
            more,
        )
    else:
        text = ngettext("%(who)s removed the tag %(tags)s", "%(who)s removed the tags %(tags)s", len(tags))
    return Sentence(text, values)


def _noted(details: Details) -> Iterator[Sentence]:
    match details.get("change"):
        case "edited":
            yield Sentence(_("%(who)s changed a note"))
        case "deleted":
            yield Sentence(_("%(who)s deleted a note"))
        case _:
            yield Sentence(_("%(who)s wrote a note"))


def _version(details: Details) -> Iterator[Sentence]:
    """``change`` is what the other paper is, or is not, to this one."""
    paper = {"paper": details.get("paper") or _("another document")}
    links = {"paper": details["paper_id"]} if details.get("paper_id") else {}
    match details.get("change"):
        case "newer":
            text = _("%(who)s made %(paper)s a newer version of it")
        case "not_older":
            text = _("%(who)s said that it is no version of %(paper)s")
        case "not_newer":
            text = _("%(who)s said that %(paper)s is no version of it")
        case _:
            text = _("%(who)s made it a newer version of %(paper)s")
    yield Sentence(text, paper, links)


def _corrected(details: Details) -> Iterator[Sentence]:
    page = figure(details.get("page", 0))
    number: int = details.get("places") or 1
    match details.get("how"):
        case "restored":
            yield Sentence(_("%(who)s restored an earlier text of page %(page)s"), {"page": page})
        case "merged":
            yield Sentence(_("%(who)s took over words of another reading of page %(page)s"), {"page": page})
        case "everywhere":
            text = ngettext(
                "%(who)s corrected “%(before)s” to “%(after)s” in %(number)s place",
                "%(who)s corrected “%(before)s” to “%(after)s” in %(number)s places",
                number,
            )
            words = {side: details.get(side, "…") for side in ("before", "after")}
            yield Sentence(text, {**words, "number": figure(number)})
        case "undone":
            yield Sentence(_("%(who)s took a correction in many places back"))
        case _:
            yield Sentence(_("%(who)s corrected page %(page)s"), {"page": page})


def _proofread(details: Details) -> Iterator[Sentence]:
    values = {"page": figure(details.get("page", 0))}
    if details.get("how") == "open":
        yield Sentence(_("%(who)s said that page %(page)s is still to be proofread"), values)
    else:
        yield Sentence(_("%(who)s proofread page %(page)s"), values)


def _member(details: Details) -> Iterator[Sentence]:
    role = details.get("role", "")
    values = {
        "person": details.get("person", "…"),
        "role": str(Role(role).label) if role in Role.values else "…",
    }
    yield Sentence(_MEMBER_CHANGES.get(details.get("change", ""), _changed_members)(), values)


def _changed_members() -> str:
    return _("%(who)s changed the members")


_MEMBER_CHANGES: dict[str, Callable[[], str]] = {
    "made": lambda: _("%(who)s made the collection"),
    "invited": lambda: _("%(who)s invited %(person)s as %(role)s"),
    "withdrawn": lambda: _("%(who)s withdrew the invitation of %(person)s"),
    "joined": lambda: _("%(who)s joined as %(role)s"),
    "declined": lambda: _("%(who)s declined the invitation"),
    "role": lambda: _("%(who)s made %(person)s %(role)s"),
    "removed": lambda: _("%(who)s removed %(person)s"),
    "left": lambda: _("%(who)s left"),
}


def _moved_many(n: int) -> str:
    return ngettext(
        "%(who)s moved %(number)s document to %(place)s", "%(who)s moved %(number)s documents to %(place)s", n
    )


def _tagged_many(n: int) -> str:
    return ngettext(
        "%(who)s added the tag %(tags)s to %(number)s document",
        "%(who)s added the tag %(tags)s to %(number)s documents",
        n,
    )


def _untagged_many(n: int) -> str:
    return ngettext(
        "%(who)s removed the tag %(tags)s from %(number)s document",
        "%(who)s removed the tag %(tags)s from %(number)s documents",
        n,
    )


def _several_tagged_many(n: int) -> str:
    return ngettext(
        "%(who)s added the tags %(tags)s to %(number)s document",
        "%(who)s added the tags %(tags)s to %(number)s documents",
        n,
    )


def _several_untagged_many(n: int) -> str:
    return ngettext(
        "%(who)s removed the tags %(tags)s from %(number)s document",
        "%(who)s removed the tags %(tags)s from %(number)s documents",
        n,
    )


def _older_versions_many(n: int) -> str:
    return ngettext(
        "%(who)s gave %(number)s document a newer version",
        "%(who)s gave %(number)s documents newer versions",
        n,
    )


def _changed_many(n: int) -> str:
    return ngettext("%(who)s changed %(number)s document", "%(who)s changed %(number)s documents", n)


_OF_MANY: dict[Event.Action, Callable[[int], str]] = {
    Event.Action.MOVED: lambda n: ngettext(
        "%(who)s moved %(number)s document back", "%(who)s moved %(number)s documents back", n
    ),
    Event.Action.READ_AGAIN: lambda n: ngettext(
        "%(who)s had %(number)s document read again", "%(who)s had %(number)s documents read again", n
    ),
    Event.Action.RENAMED: lambda n: ngettext(
        "%(who)s renamed %(number)s document", "%(who)s renamed %(number)s documents", n
    ),
    Event.Action.TRASHED: lambda n: ngettext(
        "%(who)s put %(number)s document in the trash", "%(who)s put %(number)s documents in the trash", n
    ),
    Event.Action.RESTORED: lambda n: ngettext(
        "%(who)s took %(number)s document out of the trash",
        "%(who)s took %(number)s documents out of the trash",
        n,
    ),
    Event.Action.KEPT: lambda n: ngettext(
        "%(who)s kept %(number)s document beside other copies",
        "%(who)s kept %(number)s documents beside other copies",
        n,
    ),
    Event.Action.VERSION: lambda n: ngettext(
        "%(who)s made %(number)s document a newer version of another one",
        "%(who)s made %(number)s documents newer versions of others",
        n,
    ),
    Event.Action.DELETED: lambda n: ngettext(
        "%(who)s deleted %(number)s document for good", "%(who)s deleted %(number)s documents for good", n
    ),
}

_SENTENCES: dict[Event.Action, Callable[[Details], Iterator[Sentence]]] = {
    Event.Action.UPLOADED: _simple(lambda: _("%(who)s uploaded it")),
    Event.Action.READ: _read,
    Event.Action.READ_AGAIN: _read_again,
    Event.Action.CANCELLED: _simple(lambda: _("%(who)s cancelled the reading")),
    Event.Action.SHOWN: _shown,
    Event.Action.RENAMED: _renamed,
    Event.Action.DATED: _dated,
    Event.Action.MOVED: _moved,
    Event.Action.TAGGED: _tagged,
    Event.Action.NOTED: _noted,
    Event.Action.TRASHED: _simple(lambda: _("%(who)s put it in the trash")),
    Event.Action.RESTORED: _simple(lambda: _("%(who)s took it out of the trash")),
    Event.Action.DELETED: _simple(lambda: _("%(who)s deleted it for good")),
    Event.Action.MEMBER: _member,
    Event.Action.VERSION: _version,
    Event.Action.CORRECTED: _corrected,
    Event.Action.PROOFREAD: _proofread,
    Event.Action.KEPT: _simple(lambda: _("%(who)s kept it beside another copy")),
}
