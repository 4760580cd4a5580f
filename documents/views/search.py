"""What was found in the archive, ways to narrow it down, and help with asking."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from documents.search.filters import unknown_names
from documents.search.find import find
from documents.search.index.plan import has_words
from documents.search.query.parse import is_bare_field, unknown_fields, with_filter, without_filter
from documents.search.results import Facet, Facets, Results
from documents.search.suggestions import going_on
from documents.selectors.versions import attach_newer
from documents.views.access import SignedInRequest
from documents.views.asking import Asked

SORTS = ("relevance", "newest", "oldest", "title")
_FACETS = 12  # of each group that are shown unless all are asked for: to make an address takes a while
_NAMED = 3  # parts of a question that a sentence about them names


@dataclass(frozen=True, slots=True)
class Narrowing:
    """A filter that the question can have: the address with it, or without it where ``is_on``."""

    facet: Facet
    address: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class NarrowingGroup:
    name: str
    ways: tuple[Narrowing, ...]
    more: int


def results(request: SignedInRequest, asked: Asked) -> HttpResponse:
    """Answers ``asked``, sorted as ``?sort=`` says, from ``?cursor=`` on.

    With ``?narrow=all`` all ways to narrow it down are shown, with ``?narrow=some`` the commonest.
    """
    wanted = request.GET.get("sort", "")
    sort = wanted if wanted in SORTS else SORTS[0]
    question, found = _answered(request, asked, sort)
    attach_newer(request.user, [one.document for one in found.found])
    is_fragment = request.htmx.target == "archive"
    narrow = request.GET.get("narrow", "")
    most = None if narrow == "all" else _FACETS
    context = {
        "results": found,
        "question": question,
        "asked": asked,
        "is_fragment": is_fragment,
        "is_beginning": question != asked,
        "q": asked.text,
        "sort": sort,
        "narrowing": list(_narrowing(question, found.facets, sort, most)) if found.facets else [],
        "is_narrowing": narrow in ("all", "some"),
        "is_about_words": has_words(found.query.tree),
        "left_out": _first_ones(_left_out(found, asked.text if is_fragment else "")),
        "unknown": () if found.found else _first_ones(unknown_names(request.user, found.query.tree)),
        "no_filters": () if found.found else _first_ones(unknown_fields(asked.text)),
        "suggestion": replace(asked, text=found.did_you_mean),
        "wider": replace(asked, text=found.unexcluded.text if found.unexcluded else ""),
    }
    return render(request, "documents/_results.html" if is_fragment else "documents/results.html", context)


def _left_out(found: Results, being_typed: str) -> Sequence[str]:
    """Parts that could not be understood, without the one to which somebody is about to type a value."""
    parts = found.left_out
    is_begun = bool(parts) and being_typed.endswith(parts[-1]) and is_bare_field(parts[-1])
    return parts[:-1] if is_begun else parts


def _first_ones(names: Iterable[str]) -> tuple[str, ...]:
    """At most three that differ, and a sign where there are more."""
    different = tuple(dict.fromkeys(names))
    return different if len(different) <= _NAMED else (*different[:_NAMED], "…")


def _answered(request: SignedInRequest, asked: Asked, sort: str) -> tuple[Asked, Results]:
    """What was found, and by which question: ``asked``, or where nothing has it, words that begin so.

    Whoever types sees something before they have come to the end of a word.
    """
    found = _found(request, asked, sort)
    longer = "" if found.found or found.is_over_time else going_on(asked.text)
    if not longer:
        return asked, found
    question = replace(asked, text=longer)
    others = _found(request, question, sort)
    return (question, others) if others.found else (asked, found)


def _found(request: SignedInRequest, question: Asked, sort: str) -> Results:
    return find(
        request.user,
        question.text,
        sort=sort,
        is_forgiving=question.is_forgiving,
        cursor=request.GET.get("cursor", ""),
    )


@require_safe
@vary_on_headers("HX-Request")
def search_help(request: SignedInRequest) -> HttpResponse:
    """How to ask."""
    return render(request, "documents/_search_help.html" if request.htmx else "documents/search_help.html")


def _narrowing(question: Asked, facets: Facets, sort: str, most: int | None) -> Iterator[NarrowingGroup]:
    """Groups with a choice in them, or with a filter that can be taken away; at ``most`` so many of each."""
    groups = (
        (_("Collection"), "in", facets.collections),
        (_("Tag"), "tag", facets.tags),
        (_("Language"), "lang", facets.languages),
        (_("Year"), "year", facets.years),
    )
    for name, field, found in groups:
        narrow = "some" if most else "all"
        ways = tuple(_way(question, field, facet, sort, narrow) for facet in found[:most])
        if len(ways) > 1 or any(way.is_on for way in ways):
            yield NarrowingGroup(name, ways, more=len(found) - len(ways))


def _way(question: Asked, field: str, facet: Facet, sort: str, narrow: str) -> Narrowing:
    """Who has chosen one may go on to choose."""
    wider = without_filter(question.text, field, facet.value)
    is_on = wider != " ".join(question.text.split())
    text = wider if is_on else with_filter(question.text, field, facet.value)
    parts = (replace(question, text=text).in_address, urlencode({"sort": sort, "narrow": narrow}))
    return Narrowing(facet, f"?{'&'.join(filter(None, parts))}", is_on)
