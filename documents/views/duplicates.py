"""``/duplicates/``, and what is done about a paper that came twice: keep both, make a version, discard."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from documents.errors import OcrsiteError
from documents.models import Document, Likeness
from documents.selectors import duplicates
from documents.selectors.membership import editable_collections
from documents.services import trash
from documents.services.duplicates import keep_both, make_version
from documents.views.access import SignedInRequest, changes_document, editable_document
from documents.views.document import whole
from documents.words import explain_error


@require_safe
def all_duplicates(request: SignedInRequest) -> HttpResponse:
    """Pairs that look alike, the newest first; ``?before=`` is where a screen begins."""
    screen = duplicates.screen(request.user, before=whole(request.GET, "before", 0) or None)
    editable = {collection.pk for collection in editable_collections(request.user)}
    return render(request, "documents/duplicates.html", {"screen": screen, "editable": editable})


@changes_document
def settle(request: SignedInRequest, document_id: UUID, likeness_id: int) -> HttpResponse:
    """``choice`` is ``keep``, ``version`` or ``discard``; ``from=list`` leads back to the list."""
    document = editable_document(request.user, document_id)
    likeness = _likeness(request, document, likeness_id)
    try:
        shown = _done(request, likeness)
    except OcrsiteError as error:
        messages.error(request, explain_error(error))
        shown = document
    return redirect("duplicates") if request.POST.get("from") == "list" else redirect("document", shown.pk)


def _done(request: SignedInRequest, likeness: Likeness) -> Document:
    """Do what was chosen; gives the document to show. Raises OcrsiteError."""
    match request.POST.get("choice"):
        case "keep":
            keep_both(likeness=likeness, user=request.user)
            messages.success(request, _("Both are kept."))
        case "version":
            editable_document(request.user, likeness.other.pk)
            make_version(likeness=likeness, user=request.user)
            messages.success(request, _("This is now the newer version."))
        case "discard":
            trash.trash(user=request.user, document=likeness.document)
            text = _("“%(title)s” is in the trash; this one was there before.")
            messages.success(request, text % {"title": likeness.document.title})
            return likeness.other
        case _:
            raise Http404
    return likeness.document


def _likeness(request: SignedInRequest, document: Document, likeness_id: int) -> Likeness:
    try:
        return duplicates.likeness_for(request.user, document.pk, likeness_id)
    except Likeness.DoesNotExist as error:
        raise Http404 from error
