"""``/review/``: proofreading, the worst read pages first."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST, require_safe

from documents.selectors.review import pages_to_review
from documents.services import correct
from documents.views.access import SignedInRequest, editable_page
from documents.views.answers import changes, refusals_to_messages
from documents.views.numbers import key
from documents.views.reviewing import SKIPPED, left, skipped_pages

_AHEAD = 12  # pages that the overview shows
_MOST_SKIPPED = 500


@require_safe
def review(request: SignedInRequest) -> HttpResponse:
    """What there is to proofread: the page to go on with, and those behind it."""
    skipped = skipped_pages(request)
    pages = pages_to_review(request.user, most=_AHEAD, without=skipped)
    context = {"first": pages[:1], "others": pages[1:], "has_skipped": bool(skipped), **left(request)}
    return render(request, "documents/review.html", context)


@require_POST
def bring_back(request: SignedInRequest) -> HttpResponse:
    """The skipped pages are offered again."""
    request.session.pop(SKIPPED, None)
    return redirect("review")


def _to_page(request: SignedInRequest, document_id: UUID, number: int) -> HttpResponse:
    row = editable_page(request.user, document_id, number)
    return redirect("review_page", row.document_id, row.number)


@changes(otherwise=_to_page)
def skip(request: SignedInRequest, document_id: UUID, number: int) -> HttpResponse:
    """Not this page, as long as the person stays signed in here."""
    row = editable_page(request.user, document_id, number)
    skipped = [page_id for page_id in skipped_pages(request) if page_id != row.pk]
    request.session[SKIPPED] = [*skipped, row.pk][-_MOST_SKIPPED:]
    return _to_next(request)


@changes(otherwise=_to_page)
def proofread(request: SignedInRequest, document_id: UUID, number: int) -> HttpResponse:
    """The text ``base`` of the page is right, on to the next page; with ``undo`` that is taken back."""
    row = editable_page(request.user, document_id, number)
    is_right = "undo" not in request.POST
    with refusals_to_messages(request):
        base = key(request.POST, "base") or 0
        correct.mark_proofread(user=request.user, page=row, current_id=base, is_right=is_right)
        if not is_right:
            return redirect("review_page", row.document_id, row.number)
        told = render_to_string("documents/_proofread.html", {"page": row}, request)
        messages.success(request, told)
        return _to_next(request)
    return redirect("review_page", row.document_id, row.number)


def _to_next(request: SignedInRequest) -> HttpResponse:
    pages = pages_to_review(request.user, most=1, without=skipped_pages(request))
    return redirect("review_page", pages[0].document_id, pages[0].number) if pages else redirect("review")
