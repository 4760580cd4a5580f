"""All tags: what they are called, how they look, what has them."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.models import User
from documents.errors import CollectionGone, Gone, OcrsiteError, TagTaken
from documents.forms import refusal
from documents.forms.organising import TagForm
from documents.models import Tag
from documents.selectors import tagging
from documents.selectors.membership import collection_to_edit
from documents.services.tags import change_tag, delete_tag, delete_unused_tags
from documents.views.access import SignedInRequest, editable_tag, or_404, readable_collection
from documents.views.answers import changes, refusals_to_messages
from documents.words import figure


@require_safe
def tags(request: SignedInRequest) -> HttpResponse:
    """Those of each collection, as a tree."""
    by_collection = [tagged for tagged in tagging.tags_by_collection(request.user) if tagged.tags]
    return render(request, "documents/tags.html", {"by_collection": by_collection})


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
def tag(request: SignedInRequest, tag_id: int) -> HttpResponse:
    """``name`` and ``colour``; a name that is taken is asked about once, then makes the two tags one."""
    row = editable_tag(request.user, tag_id)
    initial = {"name": row.name, "colour": row.colour}
    form = TagForm(request.POST if request.method == "POST" else None, initial=initial)
    before = row.name
    if form.is_valid() and (kept := _save(request.user, row, form)):
        if kept.pk != row.pk:
            told = {"before": before, "after": kept.name}
            messages.success(request, _("The tag “%(before)s” is now one with “%(after)s”.") % told)
        return redirect("tags")
    context = {"tag": row, "form": form, "inside": tagging.count_inside(row)}
    template = "documents/_tag_form.html" if request.htmx else "documents/tag.html"
    return render(request, template, context, status=422 if form.is_bound else 200)


def _save(user: User, row: Tag, form: TagForm) -> Tag | None:
    """The tag that has the name now; None when it is refused."""
    new = form.cleaned_data
    may_merge = bool(new["may_merge"]) and new["may_merge"] == new["name"]
    try:
        return change_tag(
            user=user, tag=row, name=new["name"], colour=Tag.Colour(new["colour"]), may_merge=may_merge
        )
    except (Gone, CollectionGone) as error:
        raise Http404 from error
    except OcrsiteError as error:
        form.add_error("name", refusal(error))
        form.insist = isinstance(error, TagTaken)
        row.refresh_from_db()
        return None


def _to_tag(request: SignedInRequest, tag_id: int) -> HttpResponse:
    return redirect("tag", editable_tag(request.user, tag_id).pk)


@changes(otherwise=_to_tag)
def delete(request: SignedInRequest, tag_id: int) -> HttpResponse:
    """The tag, and those that lie in it; the documents stay."""
    row = editable_tag(request.user, tag_id)
    name = row.name
    with refusals_to_messages(request):
        delete_tag(user=request.user, tag=row)
        messages.success(request, _("The tag “%(name)s” was deleted.") % {"name": name})
    return redirect("tags")


def _to_tags(request: SignedInRequest, collection_id: int) -> HttpResponse:
    readable_collection(request.user, collection_id)
    return redirect("tags")


@changes(otherwise=_to_tags)
def delete_unused(request: SignedInRequest, collection_id: int) -> HttpResponse:
    """The tags of a collection that mark nothing."""
    place = or_404(collection_to_edit, request.user, collection_id)
    with refusals_to_messages(request):
        count = delete_unused_tags(user=request.user, collection=place)
        text = ngettext("%(number)s unused tag was deleted.", "%(number)s unused tags were deleted.", count)
        messages.success(request, text % {"number": figure(count)})
    return redirect("tags")
