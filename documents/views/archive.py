"""``/``: everything that was uploaded, as cards."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HTMX_STOP_POLLING

from documents import listing
from documents.models import Document, State
from documents.views.access import SignedInRequest

SORTS = ("newest", "oldest", "title")
# Letters of a filter that count, as many as the field takes.
FILTER_LENGTH = 200


@require_safe
@vary_on_headers("HX-Request", "HX-Target")
def archive(request: SignedInRequest) -> HttpResponse:
    """``?q=`` part of a title, ``?sort=`` newest, oldest or title, ``?cursor=`` where a page begins."""
    title = request.GET.get("q", "").replace("\0", "").strip()[:FILTER_LENGTH]
    wanted = request.GET.get("sort", "")
    sort = wanted if wanted in SORTS else SORTS[0]
    page = listing.archive_page(request.user, title=title, sort=sort, cursor=request.GET.get("cursor", ""))
    context = {
        "page": page,
        "q": title,
        "sort": sort,
        "moving": _moving(page.documents),
    }
    is_fragment = request.htmx.target == "archive"
    return render(request, "documents/_archive.html" if is_fragment else "documents/archive.html", context)


@require_safe
def cards(request: SignedInRequest) -> HttpResponse:
    """The cards ``?id=`` of documents that were being read; one question for all on the page.

    Status 286 tells htmx to ask no more.
    """
    documents = listing.cards(request.user, _ids(request.GET.getlist("id")))
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
