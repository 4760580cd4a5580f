"""``/duplicates/``, and what is done about papers that came twice: keep all, make versions, discard."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from documents.models import Document, Likeness
from documents.selectors import duplicates
from documents.services import copies, trash
from documents.views.access import SignedInRequest, changes_document, editable_document
from documents.views.answers import refusals_to_messages
from documents.views.numbers import key
from documents.words import figure


@require_safe
def all_duplicates(request: SignedInRequest) -> HttpResponse:
    """Groups of papers that look alike, the newest first; ``?before=`` is where a screen begins."""
    screen = duplicates.screen(request.user, before=key(request.GET, "before"))
    return render(request, "documents/duplicates.html", {"screen": screen})


@changes_document
def settle(request: SignedInRequest, document_id: UUID, likeness_id: int) -> HttpResponse:
    """``choice``: ``keep`` and ``versions`` are for all that look alike, ``version`` and ``discard`` for one.

    ``from=list`` leads back to the list.
    """
    shown = document = editable_document(request.user, document_id)
    likeness = _likeness(request, document, likeness_id)
    with refusals_to_messages(request):
        shown = _done(request, likeness)
    return redirect("duplicates") if request.POST.get("from") == "list" else redirect("document", shown.pk)


@changes_document
def undo_version(request: SignedInRequest, document_id: UUID) -> HttpResponse:
    """The document is no version of the older paper."""
    document = editable_document(request.user, document_id)
    with refusals_to_messages(request):
        copies.undo_version(document=document, user=request.user)
        messages.success(request, _("This is no version of another document now."))
    return redirect("document", document.pk)


def _done(request: SignedInRequest, likeness: Likeness) -> Document:
    """Do what was chosen; gives the document to show. Raises OcrsiteError."""
    match request.POST.get("choice"):
        case "keep":
            count = copies.keep_all(likeness=likeness, user=request.user)
            messages.success(request, _kept(count))
        case "version":
            editable_document(request.user, likeness.other.pk)
            copies.make_version(likeness=likeness, user=request.user)
            messages.success(request, _("This is now the newer version."))
        case "versions":
            copies.make_versions(likeness=likeness, user=request.user)
            messages.success(request, _("The copies are now versions of one paper, the last one the newest."))
        case "discard":
            trash.trash(user=request.user, document=likeness.document)
            text = _("“%(title)s” is in the trash; this one was there before.")
            messages.success(request, text % {"title": likeness.document.title})
            return likeness.other
        case _:
            raise Http404
    return likeness.document


def _kept(count: int) -> str:
    if count <= 2:
        return _("Both are kept.")
    text = ngettext("%(number)s copy is kept.", "All %(number)s copies are kept.", count)
    return text % {"number": figure(count)}


def _likeness(request: SignedInRequest, document: Document, likeness_id: int) -> Likeness:
    try:
        return duplicates.likeness_for(request.user, document.pk, likeness_id)
    except Likeness.DoesNotExist as error:
        raise Http404 from error
