"""``/``: everything that was uploaded, as cards, or what was found in it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HTMX_STOP_POLLING

from documents import selectors
from documents.models import Document, State
from documents.selectors import listing
from documents.selectors.versions import attach_newer
from documents.views.access import SignedInRequest
from documents.views.asking import asked
from documents.views.search import results

SORTS = ("newest", "oldest", "title")


@require_safe
@vary_on_headers("HX-Request", "HX-Target")
def archive(request: SignedInRequest) -> HttpResponse:
    """``?q=`` what to look for, else all; ``?sort=`` and ``?cursor=``: how, and where a screen begins."""
    question = asked(request)
    return results(request, question) if question.text else _everything(request)


def _everything(request: SignedInRequest) -> HttpResponse:
    wanted = request.GET.get("sort", "")
    sort = wanted if wanted in SORTS else SORTS[0]
    page = listing.archive_page(request.user, sort=sort, cursor=request.GET.get("cursor", ""))
    attach_newer(request.user, page.documents)
    is_fragment = request.htmx.target == "archive"
    context = {"page": page, "sort": sort, "moving": _moving(page.documents), "is_fragment": is_fragment}
    return render(request, "documents/_archive.html" if is_fragment else "documents/archive.html", context)


@require_safe
def cards(request: SignedInRequest) -> HttpResponse:
    """The cards ``?id=`` of documents that were being read; one question for all on the page.

    Status 286 tells htmx to ask no more.
    """
    documents = listing.cards(selectors.documents_for(request.user), _ids(request.GET.getlist("id")))
    attach_newer(request.user, documents)
    moving = _moving(documents)
    status = 200 if moving else HTMX_STOP_POLLING
    return render(request, "documents/_cards.html", {"documents": documents, "moving": moving}, status=status)


def _moving(documents: list[Document]) -> list[Document]:
    return [document for document in documents if not State(document.state).is_over]


def _ids(values: list[str]) -> list[UUID]:
    ids = []
    for value in values[: listing.PER_SCREEN]:
        try:
            ids.append(UUID(value))
        except ValueError:
            continue
    return ids
