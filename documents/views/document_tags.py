"""The tags of one document: typed in, or taken off."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from documents.errors import OcrsiteError
from documents.models import Document, Tag
from documents.selectors.tagging import offered_tags
from documents.services import names, tags
from documents.views.access import SignedInRequest, changes_document, editable_document
from documents.words import explain_error


@changes_document
def add(request: SignedInRequest, document_id: UUID) -> HttpResponse:
    """``tags``: one name, or several with commas between them; those that are not there yet are made."""
    document = editable_document(request.user, document_id)
    typed = request.POST.get("tags", "")
    try:
        tags.add_tags(user=request.user, document=document, wanted=names.tag_names(typed))
    except OcrsiteError as error:
        return _answer(request, document, refused=typed, sentence=explain_error(error))
    return _answer(request, document)


@changes_document
def remove(request: SignedInRequest, document_id: UUID, tag_id: int) -> HttpResponse:
    document = editable_document(request.user, document_id)
    tag = Tag.objects.filter(collection=document.collection_id, pk=tag_id).first()
    if tag is None:
        raise Http404
    try:
        tags.remove_tags(user=request.user, document=document, unwanted=[tag])
    except OcrsiteError as error:
        return _answer(request, document, sentence=explain_error(error))
    return _answer(request, document)


def _answer(
    request: SignedInRequest, document: Document, *, refused: str = "", sentence: str = ""
) -> HttpResponse:
    """The line of tags for the script, else the document again."""
    if not request.htmx:
        if sentence:
            messages.error(request, sentence)
        return redirect("document", document.pk)
    context = {
        "document": document,
        "may_edit": True,
        "offered": offered_tags(document),
        "typed": refused,
        "sentence": sentence,
        "is_update": True,
    }
    return render(request, "documents/_tags.html", context, status=422 if sentence else 200)
