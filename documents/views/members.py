"""Who belongs to a collection: invitations, roles, and the way out."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from documents.errors import OcrsiteError
from documents.forms import refusal
from documents.forms.organising import InvitationForm, RoleForm
from documents.models import Collection, Membership, Role
from documents.selectors.membership import invitations_for, invitations_of, members_of
from documents.services import members
from documents.views.access import (
    SignedInRequest,
    changes_collection,
    managed_collection,
    readable_collection,
)
from documents.views.collections import show_collection
from documents.words import explain_error


@changes_collection
def invite(request: SignedInRequest, collection_id: int) -> HttpResponse:
    """``name`` is how somebody signs in, ``role`` what they are asked to be."""
    place = managed_collection(request.user, collection_id)
    form = InvitationForm(request.POST)
    if form.is_valid():
        name, role = form.cleaned_data["name"], Role(form.cleaned_data["role"])
        try:
            members.invite(user=request.user, collection=place, name=name, role=role)
        except OcrsiteError as error:
            form.add_error("name", refusal(error))
        else:
            return redirect("collection", place.pk)
    return show_collection(request, collection_id, invitation_form=form)


@changes_collection
def withdraw(request: SignedInRequest, collection_id: int, invitation_id: int) -> HttpResponse:
    place = managed_collection(request.user, collection_id)
    invitation = invitations_of(place).filter(pk=invitation_id).first()
    if invitation is None:
        raise Http404
    _told(request, lambda: members.end_invitation(user=request.user, invitation=invitation))
    return redirect("collection", place.pk)


@changes_collection
def change_role(request: SignedInRequest, collection_id: int, membership_id: int) -> HttpResponse:
    membership = _membership(managed_collection(request.user, collection_id), membership_id)
    form = RoleForm(request.POST)
    if form.is_valid():
        role = Role(form.cleaned_data["role"])
        _told(request, lambda: members.change_role(user=request.user, membership=membership, role=role))
    else:
        messages.error(request, _("Choose a role from the list."))
    return redirect("collection", collection_id)


@changes_collection
def remove(request: SignedInRequest, collection_id: int, membership_id: int) -> HttpResponse:
    membership = _membership(managed_collection(request.user, collection_id), membership_id)
    is_gone = _told(request, lambda: members.remove(user=request.user, membership=membership))
    if is_gone and membership.user == request.user:
        return redirect("collections")
    return redirect("collection", collection_id)


@changes_collection
def leave(request: SignedInRequest, collection_id: int) -> HttpResponse:
    place = readable_collection(request.user, collection_id).collection
    membership = members_of(place).get(user=request.user)
    if _told(request, lambda: members.remove(user=request.user, membership=membership)):
        messages.success(request, _("You left the collection “%(name)s”.") % {"name": place.name})
        return redirect("collections")
    return redirect("collection", place.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: SignedInRequest, invitation_id: int) -> HttpResponse:
    """``answer`` is ``accept`` or ``decline``; who opens the address comes to the invitations."""
    if request.method != "POST":
        return redirect("collections")
    invitation = invitations_for(request.user).filter(pk=invitation_id).first()
    if invitation is None:
        raise Http404
    given = request.POST.get("answer")
    if given == "decline":
        _told(request, lambda: members.end_invitation(user=request.user, invitation=invitation))
    elif given == "accept" and _told(
        request, lambda: members.accept(user=request.user, invitation=invitation)
    ):
        return redirect("collection", invitation.collection_id)
    return redirect("collections")


def _membership(place: Collection, membership_id: int) -> Membership:
    membership = members_of(place).filter(pk=membership_id).first()
    if membership is None:
        raise Http404
    return membership


def _told(request: SignedInRequest, change: Callable[[], None]) -> bool:
    """Did ``change`` work? If not, the next page says why."""
    try:
        change()
    except OcrsiteError as error:
        messages.error(request, explain_error(error))
        return False
    return True
