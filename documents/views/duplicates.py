"""``/duplicates/``, and what is done about papers that came twice: keep all, make versions, discard."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from documents.models import Document, Likeness
from documents.selectors import duplicates
from documents.services import copies
from documents.services.copies import Choice
from documents.views.access import SignedInRequest, changes_document, editable_document, or_404
from documents.views.answers import refusals_to_messages
from documents.views.numbers import key
from documents.words import figure
from documents.words.copies import kept


@require_safe
def all_duplicates(request: SignedInRequest) -> HttpResponse:
    """Groups of papers that look alike, the newest first; ``?before=`` is where a screen begins."""
    screen = duplicates.screen(request.user, before=key(request.GET, "before"))
    return render(request, "documents/duplicates.html", {"screen": screen})


@require_safe
def count(request: SignedInRequest) -> HttpResponse:
    """How many groups there are, as the menu says it once it is opened; nothing for none."""
    number = duplicates.count(request.user)
    return HttpResponse(f"({figure(number)})" if number else "")


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
        messages.success(
            request, _("This is no version of another document now. Its tags and its date stay as they are.")
        )
    return redirect("document", document.pk)


def _done(request: SignedInRequest, likeness: Likeness) -> Document:
    """Do what was chosen; gives the document to show. Raises OcrsiteError."""
    try:
        choice = Choice(request.POST.get("choice", ""))
    except ValueError as error:
        raise Http404 from error
    if choice == Choice.VERSION:
        editable_document(request.user, likeness.other.pk)
    count = copies.settle(likeness=likeness, user=request.user, choice=choice)
    if not count:  # on a page that was open meanwhile
        messages.info(request, _("This was decided before; nothing was changed."))
        return likeness.document
    messages.success(request, _said(choice, likeness, count))
    return likeness.other if choice == Choice.DISCARD else likeness.document


def _said(choice: Choice, likeness: Likeness, count: int) -> str:
    """What came of it."""
    match choice:
        case Choice.KEEP:
            return kept(count)
        case Choice.VERSION:
            return _("This is now the newer version.")
        case Choice.VERSIONS:
            return _("The copies are now versions of one paper, the last one the newest.")
        case Choice.DISCARD:
            text = _("“%(title)s” is in the trash; this one was there before.")
            return text % {"title": likeness.document.title}


def _likeness(request: SignedInRequest, document: Document, likeness_id: int) -> Likeness:
    return or_404(duplicates.likeness_for, request.user, likeness_id, document_id=document.pk)
