"""Who belongs to a collection: invitations, roles, and the way out."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from documents.forms import refusals_to_form
from documents.forms.organising import InvitationForm, RoleForm
from documents.models import Collection, Invitation, Membership, Role
from documents.selectors.membership import invitations_for, invitations_of, members_of
from documents.services import members
from documents.views.access import (
    SignedInRequest,
    changes_collection,
    managed_collection,
    or_404,
    readable_collection,
)
from documents.views.answers import refusals_to_messages
from documents.views.collections import show_collection
from documents.views.numbers import key


@changes_collection
def invite(request: SignedInRequest, collection_id: int) -> HttpResponse:
    """``name`` is how somebody signs in, ``role`` what they are asked to be."""
    place = managed_collection(request.user, collection_id)
    form = InvitationForm(request.POST)
    if form.is_valid():
        name, role = form.cleaned_data["name"], Role(form.cleaned_data["role"])
        with refusals_to_form(form, "name"):
            invitation = members.invite(user=request.user, collection=place, name=name, role=role)
            messages.success(request, _invited(invitation))
            return redirect("collection", place.pk)
    return show_collection(request, collection_id, invitation_form=form)


def _invited(invitation: Invitation) -> str:
    return _("%(name)s is invited as %(role)s and finds the invitation in the archive.") % {
        "name": invitation.user.get_username(),
        "role": invitation.get_role_display(),
    }


@changes_collection
def withdraw(request: SignedInRequest, collection_id: int, invitation_id: int) -> HttpResponse:
    place = managed_collection(request.user, collection_id)
    invitation = or_404(invitations_of(place).get, pk=invitation_id)
    with refusals_to_messages(request):
        members.end_invitation(user=request.user, invitation=invitation)
    return redirect("collection", place.pk)


@changes_collection
def change_role(request: SignedInRequest, collection_id: int, membership_id: int) -> HttpResponse:
    membership = _membership(managed_collection(request.user, collection_id), membership_id)
    form = RoleForm(request.POST)
    if form.is_valid():
        role = Role(form.cleaned_data["role"])
        with refusals_to_messages(request):
            members.change_role(user=request.user, membership=membership, role=role)
    else:
        messages.error(request, _("Choose a role from the list."))
    return redirect("collection", collection_id)


@changes_collection
def remove(request: SignedInRequest, collection_id: int, membership_id: int) -> HttpResponse:
    """Who is shown out stands in the form below, to be invited again; oneself is asked first."""
    membership = _membership(managed_collection(request.user, collection_id), membership_id)
    address = reverse("collection", args=[collection_id])
    if membership.user == request.user:
        return redirect(f"{address}?leave=1#leave")
    name = membership.user.get_username()
    with refusals_to_messages(request):
        members.remove(user=request.user, membership=membership)
        text = _(
            "%(name)s is no member any more. To undo this, invite them again: the form below is filled in."
        )
        messages.success(request, text % {"name": name})
        return redirect(f"{address}?{urlencode({'invite': name, 'role': membership.role})}")
    return redirect(address)


@changes_collection
def leave(request: SignedInRequest, collection_id: int) -> HttpResponse:
    place = readable_collection(request.user, collection_id).collection
    membership = members_of(place).get(user=request.user)
    with refusals_to_messages(request):
        members.remove(user=request.user, membership=membership)
        messages.success(request, _("You left the collection “%(name)s”.") % {"name": place.name})
        return redirect("collections")
    return redirect("collection", place.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: SignedInRequest, invitation_id: int) -> HttpResponse:
    """``answer`` is ``accept`` or ``decline``; who opens the address comes to the invitations.

    Who answers once more comes to the ``collection`` that they are a member of by now.
    """
    if request.method != "POST":
        return redirect("collections")
    invitation = invitations_for(request.user).filter(pk=invitation_id).first()
    if invitation is None:
        return redirect("collection", _joined(request).pk)
    with refusals_to_messages(request):
        match request.POST.get("answer"):
            case "decline":
                members.end_invitation(user=request.user, invitation=invitation)
            case "accept":
                members.accept(user=request.user, invitation=invitation)
                return redirect("collection", invitation.collection_id)
    return redirect("collections")


def _joined(request: SignedInRequest) -> Collection:
    """The ``collection`` that was sent. Raises Http404, also for who is no member of it."""
    return readable_collection(request.user, key(request.POST, "collection") or 0).collection


def _membership(place: Collection, membership_id: int) -> Membership:
    return or_404(members_of(place).get, pk=membership_id)
