"""``/documents/<id>/``: the pages of a document beside their text, and how far the reading is.

A page of any document shows a window of rows; the script on it (or a link, without it) gets the others.
So a document of 1,000 pages costs what one of five does.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import accumulate
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware, now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe
from django_htmx.http import HTMX_STOP_POLLING, trigger_client_event

from documents import selectors
from documents.forms import PasswordForm, refusals_to_form
from documents.models import Document, Page, State
from documents.search.results import PageHits
from documents.search.text.places import Hit
from documents.selectors import Progress
from documents.services.receive import unlock_document
from documents.views.about import about, findings
from documents.views.access import SignedInRequest, changes_document, editable_document, readable_document
from documents.views.asking import Asked, asked
from documents.views.numbers import whole
from documents.views.trash import tells_of_the_trash
from documents.views.within import Row, Walk, answered, rows_of
from documents.words import figure

ROWS = 5
_ENOUGH = 8_000  # letters: of a newspaper one page is enough, which takes as long to write as five of a novel
THUMBNAILS = 24
# A page is finished a moment before its transaction lets others see it; without this an answer in between
# would miss it for ever. The script asks only for rows that it does not have yet.
_OVERLAP = timedelta(seconds=5)
# News travel in a header, and proxies take few kilobytes of those: beyond this they only say “many”.
_MOST_NAMED = 100


@require_safe
@tells_of_the_trash
def document(request: SignedInRequest, document_id: UUID) -> HttpResponse:
    """``?page=`` is the page to begin with; ``?q=`` is looked for in the document.

    The hit to begin with is number ``?hit=`` of the page, or the first from letter ``?from=`` of its text on.
    """
    return _document(request, readable_document(request.user, document_id), PasswordForm())


@changes_document
def unlock(request: SignedInRequest, document_id: UUID) -> HttpResponse:
    """``password`` opens a locked PDF."""
    document = editable_document(request.user, document_id)
    form = PasswordForm(request.POST)
    if form.is_valid():
        with refusals_to_form(form, "password"):
            unlock_document(document=document, password=form.cleaned_data["password"])
            return redirect("document", document.pk)
    return _document(request, document, form, status=422)


@require_safe
def progress(request: SignedInRequest, document_id: UUID) -> HttpResponse:
    """The bar, asked for again and again; status 286 tells htmx to ask no more.

    ``?since=`` the moment of the answer before, ``?poll=`` how often was asked. An event names the
    pages that were finished in between; ``null`` stands for more than 100 of them.
    """
    since = _moment(request.GET.get("since", ""))
    asked_at = now()
    document = readable_document(request.user, document_id)
    state = selectors.progress_of(document)
    context = {
        "document": document,
        "progress": state,
        "may_edit": selectors.may_edit(request.user, document),
        "poll": _poll(document, asked_at, asked=whole(request.GET, "poll", 0) + 1),
    }
    if state.state.is_over:
        context |= {"programs": selectors.programs_of(document), **findings(request.user, document)}
    template = "documents/_progress_over.html" if state.state.is_over else "documents/_progress.html"
    response = render(request, template, context, status=HTMX_STOP_POLLING if state.state.is_over else 200)
    changed = selectors.pages_changed(document, since - _OVERLAP)
    news = {"pages": changed if len(changed) <= _MOST_NAMED else None, "message": _announcement(state)}
    return trigger_client_event(response, "ocrsite:pages", news, after="settle")


def _document(
    request: SignedInRequest, document: Document, password_form: PasswordForm, status: int = 200
) -> HttpResponse:
    asked_at = now()
    typed = asked(request)
    question, found = answered(request.user, document, typed)
    number = _first_number(request.GET, document, found)
    rows = _rows(request, document, number, question, found)
    state = selectors.progress_of(document)
    context = {
        "document": document,
        "number": number,
        "rows": rows,
        "rows_before": max(number - ROWS, 1) if number > 1 else None,
        "rows_after": number + len(rows) if number + len(rows) <= document.page_count else None,
        "thumbnails": _thumbnails_around(document, number),
        "asked": typed,
        "question": question,
        "walk": Walk(found, number, rows[0].now if rows else 0),
        "progress": state,
        "may_edit": selectors.may_edit(request.user, document),
        "programs": selectors.programs_of(document),
        "poll": _poll(document, asked_at, asked=0),
        "password_form": password_form,
        **about(request.user, document),
        **findings(request.user, document),
    }
    return render(request, "documents/document.html", context, status=status)


def _rows(
    request: SignedInRequest, document: Document, number: int, question: Asked, found: Sequence[PageHits]
) -> list[Row]:
    """From page ``number`` on, on which one stands at a hit if it has one."""
    pages = _not_too_much(selectors.pages_of(document, first=number, last=number + ROWS - 1))
    rows = rows_of(request.user, document, pages, question, {page.number for page in found})
    if rows:
        rows[0] = replace(rows[0], now=_first_hit(request.GET, rows[0].hits))
    return rows


def _not_too_much(pages: Sequence[Page]) -> list[Page]:
    """The first of ``pages``, and those behind it as long as there is not enough to read."""
    letters = accumulate((len(page.current.text) if page.current else 0 for page in pages), initial=0)
    return [page for page, before in zip(pages, letters, strict=False) if before < _ENOUGH]


def _first_number(query: QueryDict, document: Document, found: Sequence[PageHits]) -> int:
    """The page to begin with: the one that was named, else the first with a hit."""
    default = found[0].number if found else 1
    return min(max(whole(query, "page", default), 1), max(document.page_count, 1))


def _first_hit(query: QueryDict, hits: Sequence[Hit]) -> int:
    """The number of the hit to begin with; 0 where there is none."""
    start = whole(query, "from", 0)
    default = next((hit.number for hit in hits if hit.mark.start >= start), 1)
    return min(max(whole(query, "hit", default), 1), len(hits))


def _thumbnails_around(document: Document, number: int) -> list[Page]:
    first = max(1, number - THUMBNAILS // 2)
    return selectors.thumbnails_of(document, first, first + THUMBNAILS - 1)


@dataclass(frozen=True, slots=True)
class _Poll:
    """The next question about the progress: its address and how long to wait before it, for htmx."""

    url: str
    interval: str


def _poll(document: Document, since: datetime, *, asked: int) -> _Poll:
    query = urlencode({"since": since.isoformat(), "poll": asked})
    # Quick while somebody watches the first page come, slower for a book that takes an hour.
    interval = "500ms" if asked < 10 else "1s" if asked < 100 else "2s"
    return _Poll(f"{reverse('document_progress', args=[document.pk])}?{query}", interval)


def _announcement(progress: Progress) -> str:
    """What a screen reader says when the reading is over; until then it is not disturbed."""
    if not progress.state.is_over:
        return ""
    if progress.state == State.CANCELLED:
        return _("The reading was cancelled.")
    if progress.failed:
        text = ngettext(
            "%(number)s page could not be read.", "%(number)s pages could not be read.", progress.failed
        )
        return text % {"number": figure(progress.failed)}
    return _("All pages have been read.")


def _moment(text: str) -> datetime:
    """The moment in ``text``, else now: a bad address shows no change and breaks nothing."""
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    return moment if moment and is_aware(moment) else now()
