"""``/documents/<id>/misreadings/``: a misreading everywhere in a document, corrected and undone as one."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import accumulate
from urllib.parse import urlsplit
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from documents import selectors
from documents.models import Document, Page, Transcription
from documents.ocr.correcting.comparing import Change
from documents.ocr.correcting.differences import Row, in_context
from documents.ocr.correcting.misreadings import Place
from documents.ocr.correcting.typed import shown
from documents.ocr.elements import PageText, Word
from documents.selectors.misreadings import OnPage, same_misreadings
from documents.services import misreadings as service
from documents.views.access import SignedInRequest, changes_document, editable_document, readable_document
from documents.views.answers import refusals_to_messages
from documents.views.differences import Strips
from documents.views.texts import of_text
from documents.words import figure

_LONGEST = 200  # letters of a word
_LONGEST_BACK = 2000  # characters
_PLACE = re.compile(r"([0-9]{1,18})-([0-9]{1,6})-([0-9]{1,6})")
_CERTAIN = 100.0

Ticked = Collection[tuple[int, int, int]]  # keys of pages, lines and words in them


@dataclass(frozen=True, slots=True)
class Found:
    """A place as it is shown: ``value`` is what its box sends, ``cut`` the address of its strip, if any."""

    value: str
    row: Row
    cut: str
    is_ticked: bool


@dataclass(frozen=True, slots=True)
class FoundOnPage:
    page: Page
    places: list[Found]


@require_http_methods(["GET", "HEAD", "POST"])
@of_text
def misreadings(request: SignedInRequest, document_id: UUID) -> HttpResponse:
    """Where ``from`` stands that should be ``to``. Takes the places to correct, as ``place`` (several).

    ``back`` is the query of the document's address to which one returns.
    """
    if request.method == "POST":
        return _correct(request, editable_document(request.user, document_id))
    document = readable_document(request.user, document_id)
    return _show(request, document, request.GET)


@changes_document
@of_text
def undo(request: SignedInRequest, document_id: UUID) -> HttpResponse:
    """Take back what was corrected ``together``."""
    document = editable_document(request.user, document_id)
    with refusals_to_messages(request):
        done = service.undo_together(user=request.user, document=document, together=_together(request.POST))
        _tell_undone(request, done)
    return _return(request, document)


def _back(request: SignedInRequest, document: Document, sent: QueryDict) -> str:
    """Handed on by our forms; at first it is told by the page from which one comes."""
    if "back" in sent:
        return _if_short(sent.get("back", ""))
    try:
        came = urlsplit(request.headers.get("Referer", ""))
    except ValueError:  # a program may send anything
        return ""
    if came.path != reverse("document", args=[document.pk]):
        return ""
    return _if_short(came.query)


def _if_short(back: str) -> str:
    """An address that is too long to be gone to leads to the document's beginning."""
    return back if len(back) <= _LONGEST_BACK else ""


def _return(request: SignedInRequest, document: Document) -> HttpResponse:
    address = reverse("document", args=[document.pk])
    back = _back(request, document, request.POST)
    return redirect(f"{address}?{back}" if back else address)


def _word(query: QueryDict, name: str) -> str:
    """A word that was typed, as it would stand in a text; none is longer than a word can be."""
    return " ".join(shown(query.get(name, "")))[:_LONGEST]


def _show(
    request: SignedInRequest,
    document: Document,
    sent: QueryDict,
    *,
    ticked: Ticked | None = None,
    status: int = 200,
) -> HttpResponse:
    """``ticked`` None: all of them."""
    wrong, right = _word(sent, "from"), _word(sent, "to")
    is_asked = bool(wrong and right and wrong != right)
    found = same_misreadings(document, wrong=wrong, right=right) if is_asked else None
    context = {
        "document": document,
        "wrong": wrong,
        "right": right,
        "back": _back(request, document, sent),
        "found": found,
        "pages": [_on_page(document, one, ticked) for one in found.pages] if found else [],
        "may_edit": selectors.may_edit(request.user, document),
    }
    return render(request, "documents/misreadings.html", context, status=status)


def _on_page(document: Document, found: OnPage, ticked: Ticked | None) -> FoundOnPage:
    text = found.page.current
    if text is None:
        return FoundOnPage(found.page, [])
    page = text.page_text
    return FoundOnPage(found.page, [*_places(found, text, page, Strips(document.pk, text, page), ticked)])


def _places(
    found: OnPage, text: Transcription, page: PageText, strips: Strips, ticked: Ticked | None
) -> Iterator[Found]:
    words = page.words
    begins = [0, *accumulate(len(line.words) for line in page.lines)]
    for place in found.places:
        at = begins[place.line] + place.word
        yield Found(
            value=f"{text.pk}-{place.line}-{place.word}",
            row=in_context(words, _as_change(place, at)),
            cut=strips.address(at, 1),
            is_ticked=ticked is None or (found.page.pk, place.line, place.word) in ticked,
        )


def _as_change(place: Place, at: int) -> Change:
    return Change(at, (place.read,), at, (Word(place.right, _CERTAIN, place.read.box, place.read.space),))


def _correct(request: SignedInRequest, document: Document) -> HttpResponse:
    chosen = _chosen(request.POST)
    if not chosen:
        messages.error(request, _("Nothing is ticked. Tick what you want to correct, then try again."))
        return _show(request, document, request.POST, ticked=(), status=422)
    with refusals_to_messages(request):
        done = service.apply_to_all(
            user=request.user,
            document=document,
            wrong=_word(request.POST, "from"),
            right=_word(request.POST, "to"),
            chosen=chosen,
        )
        _tell_done(request, document, done)
        if not done.left:
            return _return(request, document)
    return _show(request, document, request.POST, ticked=_on_pages(chosen), status=409)


def _chosen(sent: QueryDict) -> dict[int, list[tuple[int, int]]]:
    """Lines and words by the keys of texts."""
    chosen = defaultdict(list)
    for value in sent.getlist("place"):
        if parts := _PLACE.fullmatch(value):
            text_id, line, word = map(int, parts.groups())
            chosen[text_id].append((line, word))
    return chosen


def _on_pages(chosen: service.Chosen) -> Ticked:
    """The same places by the pages that the texts are of, which may show others by now."""
    pages = dict(Transcription.objects.filter(pk__in=list(chosen)).values_list("pk", "page"))
    return {
        (pages[text_id], *place) for text_id, places in chosen.items() if text_id in pages for place in places
    }


def _together(sent: QueryDict) -> UUID:
    try:
        return UUID(sent.get("together", ""))
    except ValueError:
        return UUID(int=0)  # nobody's


def _tell_done(request: SignedInRequest, document: Document, done: service.Done) -> None:
    """With a button that takes it back."""
    if done.pages:
        context = {
            "document": document,
            "together": done.together,
            "page_count": len(done.pages),
            "back": _back(request, document, request.POST),
        }
        messages.success(request, render_to_string("documents/_corrected_everywhere.html", context, request))
    if done.left:
        messages.error(request, _left(done.left))


def _tell_undone(request: SignedInRequest, done: service.Done) -> None:
    if done.pages:
        text = ngettext("Taken back on %(number)s page.", "Taken back on %(number)s pages.", len(done.pages))
        messages.success(request, text % {"number": figure(len(done.pages))})
    if done.left:
        messages.info(request, _left(done.left))
    if not done.pages and not done.left:
        messages.info(request, _("There is nothing to take back."))


def _left(numbers: list[int]) -> str:
    text = ngettext(
        "Page %(pages)s was changed meanwhile and left as it is. Look at it again.",
        "Pages %(pages)s were changed meanwhile and left as they are. Look at them again.",
        len(numbers),
    )
    return text % {"pages": ", ".join(map(figure, numbers))}
