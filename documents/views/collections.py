"""Collections: the list, and one with its members."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from documents.forms import refusals_to_form
from documents.forms.organising import CollectionForm, InvitationForm
from documents.models import Collection, Role
from documents.selectors import membership
from documents.services.collections import delete_collection, make_collection, rename_collection
from documents.views.access import (
    SignedInRequest,
    changes_collection,
    managed_collection,
    readable_collection,
)
from documents.views.answers import refusals_to_messages


@require_http_methods(["GET", "HEAD", "POST"])
def collections(request: SignedInRequest) -> HttpResponse:
    """The person's collections; takes the ``name`` of a new one."""
    form = CollectionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_to_form(form, "name"):
            made = make_collection(user=request.user, name=form.cleaned_data["name"])
            return redirect("collection", made.pk)
    context = {"collections": membership.collections_of(request.user), "form": form}
    return render(request, "documents/collections.html", context, status=422 if form.is_bound else 200)


@require_safe
def collection(request: SignedInRequest, collection_id: int) -> HttpResponse:
    """One of them: what it holds, and its members.

    ``?leave=1`` asks the reader whether they leave; ``?invite=`` has a name in the form, ``?role=`` a role.
    """
    return show_collection(request, collection_id)


@changes_collection
def rename(request: SignedInRequest, collection_id: int) -> HttpResponse:
    place = managed_collection(request.user, collection_id)
    form = CollectionForm(request.POST)
    if form.is_valid():
        with refusals_to_form(form, "name"):
            rename_collection(user=request.user, collection=place, name=form.cleaned_data["name"])
            return redirect("collection", place.pk)
    return show_collection(request, collection_id, name_form=form)


@changes_collection
def delete(request: SignedInRequest, collection_id: int) -> HttpResponse:
    place = managed_collection(request.user, collection_id)
    name = place.name
    with refusals_to_messages(request):
        delete_collection(user=request.user, collection=place)
        messages.success(request, _("The collection “%(name)s” was deleted.") % {"name": name})
        return redirect("collections")
    return redirect("collection", collection_id)


def show_collection(
    request: SignedInRequest,
    collection_id: int,
    *,
    name_form: CollectionForm | None = None,
    invitation_form: InvitationForm | None = None,
) -> HttpResponse:
    """The page of a collection, with the form that was refused, if one was (422)."""
    held = readable_collection(request.user, collection_id)
    context = {
        "held": held,
        "members": membership.members_of(held.collection),
        "invitations": membership.invitations_of(held.collection),
        "roles": Role.choices,
        "name_form": name_form or _name_form(held.collection),
        "invitation_form": invitation_form or _invitation_form(request),
        "is_leaving": "leave" in request.GET,
    }
    status = 422 if name_form or invitation_form else 200
    return render(request, "documents/collection.html", context, status=status)


def _name_form(place: Collection) -> CollectionForm:
    return CollectionForm(initial={"name": place.name})


def _invitation_form(request: SignedInRequest) -> InvitationForm:
    asked = request.GET
    return InvitationForm(initial={"name": asked.get("invite", ""), "role": asked.get("role", "")})
