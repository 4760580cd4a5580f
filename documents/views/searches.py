"""``/searches/``: the questions that a person keeps. They are nobody else's."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from documents.models import SavedSearch
from documents.search.query.parse import LONGEST
from documents.services import names
from documents.services.searches import change_search, delete_search, save_search
from documents.views.access import SignedInRequest, or_404
from documents.views.answers import refusals_to_messages
from documents.views.search import SORTS


@require_http_methods(["GET", "HEAD", "POST"])
def searches(request: SignedInRequest) -> HttpResponse:
    """The list; POST of ``name``, ``q``, ``sort`` and ``forgive`` (0 or 1) keeps another one."""
    if request.method == "POST":
        return _save(request)
    return render(request, "documents/searches.html", {"searches": request.user.saved_searches.all()})


def _save(request: SignedInRequest) -> HttpResponse:
    query = names.one_line(request.POST.get("q", ""))[:LONGEST]
    sort = request.POST.get("sort", "")
    if not query:
        return redirect("archive")
    kept_sort = sort if sort in SORTS else ""
    is_forgiving = request.POST.get("forgive") != "0"
    with refusals_to_messages(request):
        search = save_search(
            user=request.user,
            name=request.POST.get("name", ""),
            query=query,
            sort=kept_sort,
            is_forgiving=is_forgiving,
        )
        messages.success(request, _("Saved as “%(name)s”.") % {"name": search.name})
    return redirect(
        f"{reverse('archive')}?{urlencode({'q': query, 'sort': sort, 'forgive': int(is_forgiving)})}"
    )


@require_POST
def rename(request: SignedInRequest, search_id: int) -> HttpResponse:
    """``name`` is the new one."""
    with refusals_to_messages(request):
        change_search(search=_search(request, search_id), name=request.POST.get("name", ""))
    return redirect("searches")


@require_POST
def delete(request: SignedInRequest, search_id: int) -> HttpResponse:
    search = _search(request, search_id)
    delete_search(search=search)
    told = render_to_string("documents/_search_deleted.html", {"search": search}, request)
    messages.success(request, told)
    return redirect("searches")


def _search(request: SignedInRequest, search_id: int) -> SavedSearch:
    return or_404(request.user.saved_searches.get, pk=search_id)
