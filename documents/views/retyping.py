"""``/documents/<id>/pages/<n>/edit/``: the text of a page in one field, for who has no script."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from documents.errors import OcrsiteError, PageChanged
from documents.models import Page
from documents.ocr.correcting.retyping import retyping, text_to_type
from documents.services import correct
from documents.services.texts import seen_by
from documents.views.access import SignedInRequest, editable_page, readable_page
from documents.views.numbers import key
from documents.views.texts import address_of, of_text
from documents.words import explain_error
from documents.words.versions import who_was_quicker


@require_http_methods(["GET", "HEAD", "POST"])
@of_text
def edit(request: SignedInRequest, document_id: UUID, number: int) -> HttpResponse:
    """Takes the ``text``, a line for each line, and ``base``, the key of the text that the person saw.

    422 where it cannot be saved, 409 where somebody was quicker: what was typed is shown again.
    """
    page = editable_page(request.user, document_id, number)
    if request.method == "POST":
        return _save(request, page)
    return _show(request, page)


def _save(request: SignedInRequest, page: Page) -> HttpResponse:
    text = request.POST.get("text", "")
    try:
        base = seen_by(page, key(request.POST, "base") or 0)
        changes = retyping(base.page_text, text)
        correct.correct(user=request.user, page=page, current_id=base.pk, operations=changes)
    except PageChanged as error:
        return _show_again(request, page, text, who_was_quicker(error), status=409)
    except OcrsiteError as error:
        return _show_again(request, page, text, explain_error(error), status=422)
    messages.success(request, _("The text of the page is saved."))
    return redirect(address_of(page))


def _show_again(
    request: SignedInRequest, page: Page, typed: str, problem: str, *, status: int
) -> HttpResponse:
    page = readable_page(request.user, page.document_id, page.number)
    return _show(request, page, typed, problem=problem, status=status)


def _show(
    request: SignedInRequest, page: Page, typed: str | None = None, *, problem: str = "", status: int = 200
) -> HttpResponse:
    """With what was ``typed``; where somebody was quicker, beside the text that the page has now."""
    if page.current is None:
        raise Http404
    now = text_to_type(page.current.page_text)
    text = now if typed is None else typed
    context = {
        "document": page.document,
        "page": page,
        "text": text,
        "rows": min(text.count("\n") + 2, 40),
        "problem": problem,
        "other": now if status == 409 else "",
    }
    return render(request, "documents/edit_page.html", context, status=status)
