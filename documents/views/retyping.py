"""``/documents/<id>/pages/<n>/edit/``: the text of a page in one field, for who has no script."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from documents.errors import OcrsiteError, PageChanged
from documents.models import Page, Transcription
from documents.ocr.retyping import retyping, text_to_type
from documents.services import correct
from documents.services.texts import seen_by
from documents.views.access import SignedInRequest, editable_document
from documents.views.numbers import key
from documents.views.texts import address_of, of_text, readable_page
from documents.words import explain_error
from documents.words.versions import who_was_quicker


@require_http_methods(["GET", "HEAD", "POST"])
@of_text
def edit(request: SignedInRequest, document_id: UUID, number: int) -> HttpResponse:
    """Takes the ``text``, a line for each line, and ``base``, the key of the text that the person saw.

    422 where it cannot be saved, 409 where somebody was quicker: what was typed is shown again.
    """
    editable_document(request.user, document_id)
    page = readable_page(request.user, document_id, number)
    if page.current is None:
        raise Http404
    if request.method == "POST":
        return _save(request, page)
    return _show(request, page, page.current, text_to_type(page.current.page_text))


def _save(request: SignedInRequest, page: Page) -> HttpResponse:
    text = request.POST.get("text", "")
    try:
        base = seen_by(page, key(request.POST, "base") or 0)
        changes = retyping(base.page_text, text)
        correct.correct(user=request.user, page=page, current_id=base.pk, operations=changes)
    except PageChanged as error:
        return _show_again(request, text, page, who_was_quicker(error), status=409)
    except OcrsiteError as error:
        return _show_again(request, text, page, explain_error(error), status=422)
    messages.success(request, _("The text of the page is saved."))
    return redirect(address_of(page))


def _show_again(
    request: SignedInRequest, typed: str, page: Page, problem: str, *, status: int
) -> HttpResponse:
    """With what was ``typed``; where somebody was quicker, beside the text that the page has now."""
    page = readable_page(request.user, page.document_id, page.number)
    if page.current is None:
        raise Http404
    return _show(request, page, page.current, typed, problem=problem, status=status)


def _show(
    request: SignedInRequest,
    page: Page,
    base: Transcription,
    text: str,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "document": page.document,
        "page": page,
        "base": base,
        "text": text,
        "rows": min(text.count("\n") + 2, 40),
        "problem": problem,
        "other": text_to_type(base.page_text) if status == 409 else "",
    }
    return render(request, "documents/edit_page.html", context, status=status)
