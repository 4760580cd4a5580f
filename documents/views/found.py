"""``/documents/<id>/found/``: all that was found in the text of a document."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from documents.selectors import facts
from documents.views.access import SignedInRequest, readable_document
from documents.views.answers import dialog

_MOST = 2000  # values on one page; a book of prices has more


@require_safe
def found(request: SignedInRequest, document_id: UUID) -> HttpResponse:
    document = readable_document(request.user, document_id)
    context = {"document": document, "found": facts.found_in(document, limit=_MOST)}
    return dialog(request, "found", context, heading=_("Found in the text"))
