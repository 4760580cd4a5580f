"""Ways to look on: what a question may become, and what is like a document."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from documents.search.find import more_like, suggest
from documents.search.suggestions import start_of_last_word
from documents.views.access import SignedInRequest, readable_document
from documents.views.answers import dialog
from documents.views.asking import asked


@require_safe
def suggestions(request: SignedInRequest) -> HttpResponse:
    """Ways to go on with ``?q=``, as the options of a list."""
    text = asked(request).text
    found = suggest(request.user, text)
    before = text[: start_of_last_word(text)]
    context = {"completed": [f"{before}{word}" for word in found.words], "titles": found.titles}
    return render(request, "documents/_suggestions.html", context)


@require_safe
def like(request: SignedInRequest, document_id: UUID) -> HttpResponse:
    """Documents like this one."""
    document = readable_document(request.user, document_id)
    context = {"document": document, "found": more_like(request.user, document)}
    return dialog(request, "like", context, heading=_("More like this"))
