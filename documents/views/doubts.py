"""What is done about pages that seem to be in other languages than they were read in."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect

from documents.services.doubts import keep_languages
from documents.views.access import SignedInRequest, changes_document, editable_document


@changes_document
def keep(request: SignedInRequest, document_id: UUID) -> HttpResponse:
    """``suggested``, one or several: the pages that seem to be in these languages stay as they were read."""
    document = editable_document(request.user, document_id)
    keep_languages(document=document, suggested=request.POST.getlist("suggested"))
    return redirect("document", document.pk)
