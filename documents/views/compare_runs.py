"""``/documents/<id>/compare/``: two readings of a document page by page, to choose one for each."""

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from documents import selectors
from documents.models import Document, OcrRun, State
from documents.selectors.comparing import Pair, done_runs, pages_of_two, pairs, whole_copies
from documents.services import correct
from documents.views.access import SignedInRequest, editable_page, or_404, readable_document
from documents.views.numbers import key, whole
from documents.views.texts import of_text, readable_text, refusals_of_changes
from documents.words import figure

_AT_ONCE = 20  # pages; one of 1,500 words takes about 20 ms


@dataclass(frozen=True, slots=True)
class Line:
    """A page in the list; ``shown_id`` is the key of the text that it shows, or that this is a copy of."""

    pair: Pair
    shown_id: int | None


@require_http_methods(["GET", "HEAD", "POST"])
@of_text
def compare_runs(request: SignedInRequest, document_id: UUID) -> HttpResponse:
    """``?a=`` and ``?b=`` are readings of the document, ``?from=`` the first page to show.

    Takes ``use``, the key of a text that page ``page`` is to show where it shows ``current``.
    """
    if request.method == "POST":
        return _use(request, document_id)
    document = readable_document(request.user, document_id)
    runs = done_runs(document)
    one, other = _sides(request, document, runs)
    first = whole(request.GET, "from", 1)
    context = {
        "document": document,
        "runs": [*runs, *(run for run in (one, other) if run and run not in runs)],
        "one": one,
        "other": other,
        "may_edit": selectors.may_edit(request.user, document),
        "first": first,
        "is_being_read": not State(document.state).is_over,
        **(_lines(document, one, other, first) if one and other and one != other else {}),
    }
    return render(request, "documents/compare_runs.html", context)


def _sides(
    request: SignedInRequest, document: Document, runs: list[OcrRun]
) -> tuple[OcrRun | None, OcrRun | None]:
    """Without addresses, the one before the newest reading, and that."""
    one, other = (_asked(request, document, name) for name in "ab")
    if other is None:
        other = next((run for run in runs if run != one), None)
    if one is None:
        one = next((run for run in runs if run != other), None)
    return one, other


def _asked(request: SignedInRequest, document: Document, name: str) -> OcrRun | None:
    if not request.GET.get(name):
        return None
    return or_404(selectors.run_for, request.user, document.pk, key(request.GET, name) or 0)


def _lines(document: Document, one: OcrRun, other: OcrRun, first: int) -> dict[str, object]:
    pages = list(pages_of_two(document, one, other, first=first)[: _AT_ONCE + 1])
    shown = pages[:_AT_ONCE]
    copies = whole_copies(page.current for page in shown if page.current)
    lines = [Line(pair, _shown_id(pair, copies)) for pair in pairs(shown, one, other)]
    return {"lines": lines, "after": pages[_AT_ONCE].number if len(pages) > _AT_ONCE else None}


def _shown_id(pair: Pair, copies: set[int]) -> int | None:
    current = pair.page.current
    return current.taken_from_id if current and current.pk in copies else pair.page.current_id


def _use(request: SignedInRequest, document_id: UUID) -> HttpResponse:
    page = editable_page(request.user, document_id, whole(request.POST, "page", 0))
    text = readable_text(page, key(request.POST, "use"))
    current_id = key(request.POST, "current") or 0
    with refusals_of_changes(request):
        correct.take_over(user=request.user, page=page, current_id=current_id, other=text)
        said = _("Page %(number)s now shows this reading.")
        messages.success(request, said % {"number": figure(page.number)})
    return redirect(_again(request.POST, document_id, page.number))


def _again(sent: QueryDict, document_id: UUID, number: int) -> str:
    """The same screen, at the page that was decided about."""
    query = {"a": key(sent, "a") or "", "b": key(sent, "b") or "", "from": whole(sent, "from", 1)}
    return f"{reverse('document_compare', args=[document_id])}?{urlencode(query)}#page-{number}"
