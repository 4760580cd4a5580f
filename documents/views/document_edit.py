"""One document in its place: title, date, collection."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from documents import selectors
from documents.errors import CollectionGone, DateImplausible, InTrash, NameEmpty, NameTooLong, OcrsiteError
from documents.forms import refusal
from documents.forms.organising import DocumentForm
from documents.models import Document
from documents.services import organise
from documents.views.access import SignedInRequest, editable_document
from documents.views.answers import dialog
from documents.views.trash import tells_of_the_trash

_FIELDS: dict[type[OcrsiteError], str] = {
    NameEmpty: "title",
    NameTooLong: "title",
    DateImplausible: "dated_on",
    CollectionGone: "collection",
}


@require_http_methods(["GET", "HEAD", "POST"])
@tells_of_the_trash
def edit(request: SignedInRequest, document_id: UUID) -> HttpResponse:
    """``title``, ``dated_on`` (2024-03-31) and ``collection``; all or nothing.

    Who sends what they typed after somebody put the document in the trash finds it still in the form.
    """
    sent = request.POST if request.method == "POST" else None
    document = (sent and _in_trash(request.user, document_id)) or editable_document(request.user, document_id)
    form = DocumentForm(sent, document=document, user=request.user)
    if document.trashed_at:
        form.add_error(None, refusal(InTrash()))
    elif form.is_valid() and _save(request.user, document, form):
        return redirect("document", document.pk)
    context = {"document": document, "form": form}
    status = 422 if form.is_bound else 200
    return dialog(request, "edit_form", context, heading=_("Title, date, collection"), status=status)


def _in_trash(user: User, document_id: UUID) -> Document | None:
    return selectors.trashed_for(user).filter(pk=document_id).first()


def _save(user: User, document: Document, form: DocumentForm) -> bool:
    """Only what the person changed: what somebody else changed meanwhile stays. False when it is refused."""
    new, changed = form.cleaned_data, form.changed_data
    try:
        organise.edit_document(
            user=user,
            document=document,
            title=new["title"] if "title" in changed else None,
            day=new["dated_on"] if "dated_on" in changed else None,
            collection=form.collections[new["collection"]] if "collection" in changed else None,
        )
    except OcrsiteError as error:
        form.add_error(_FIELDS.get(type(error)), refusal(error))
        return False
    return True
