"""What the views of a page's texts have in common."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import wraps
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from documents.errors import PageChanged
from documents.models import Page, Transcription
from documents.selectors.comparing import text_of
from documents.views.access import SignedInRequest, or_404, readable_document
from documents.views.answers import View, refusals_to_messages
from documents.words.versions import who_changed


def of_text(view: View) -> View:
    """``view`` about the text of a document; who asks it about a locked one, comes to where it is opened."""

    @wraps(view)
    def answer(request: SignedInRequest, document_id: UUID, **rest: int) -> HttpResponse:
        if readable_document(request.user, document_id).is_locked:
            return redirect("document", document_id)
        return view(request, document_id, **rest)

    return answer


def readable_text(page: Page, text_id: int | None) -> Transcription:
    """Raises Http404 for a text that is none of the page's."""
    return or_404(text_of, page, text_id or 0)


def address_of(page: Page, name: str = "document", **query: int) -> str:
    """Of ``page`` in its document, or of the view ``name`` about it."""
    if name == "document":
        return f"{reverse(name, args=[page.document_id])}?page={page.number}"
    address = reverse(name, args=[page.document_id, page.number])
    return f"{address}?{urlencode(query)}" if query else address


@contextmanager
def refusals_of_changes(request: HttpRequest) -> Iterator[None]:
    """Where a change is refused that is tried within, the next page says why, and who was quicker."""
    with refusals_to_messages(request):
        try:
            yield
        except PageChanged as error:
            messages.error(request, who_changed(error))
