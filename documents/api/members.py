"""``/api/v1/collections/{id}/members`` and ``/api/v1/invitations``: who belongs to a collection."""

from typing import Annotated

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from ninja import Path, Router, Status

from documents import errors
from documents.api.auth import ApiRequest
from documents.api.collections import collection_out
from documents.api.fields import CollectionId
from documents.api.openapi import refuses
from documents.api.schemas.collection import (
    CollectionOut,
    InvitationList,
    InvitationOut,
    MemberList,
    MemberOut,
    NewInvitation,
    RoleChange,
)
from documents.models import Invitation, Membership, Role
from documents.selectors.membership import (
    collection_for,
    collection_to_manage,
    invitations_for,
    invitations_of,
    members_of,
)
from documents.services import members as service

router = Router(tags=["collections"])

_MemberId = Annotated[int, Path(description="The id of a membership.", examples=[31], ge=1, lt=2**63)]
_InvitationId = Annotated[int, Path(description="The id of an invitation.", examples=[9], ge=1, lt=2**63)]
_MEANWHILE = (errors.Gone, errors.CollectionGone)
_OWNERLESS = (errors.LastOwner, errors.PersonalCollection)


@router.get(
    "/collections/{int:collection_id}/members",
    response=MemberList,
    operation_id="list_members",
    summary="List the members",
)
def list_members(request: ApiRequest, collection_id: CollectionId) -> MemberList:
    """Owners first, then editors, then viewers."""
    place = collection_for(request.user, collection_id).collection
    return MemberList(items=[_member_out(row) for row in members_of(place)], next=None)


@router.patch(
    "/collections/{int:collection_id}/members/{int:member_id}",
    response=MemberOut,
    operation_id="change_role",
    summary="Change what a member may do",
    openapi_extra=refuses(errors.NoRight, *_OWNERLESS, *_MEANWHILE),
)
def change_role(
    request: ApiRequest, collection_id: CollectionId, member_id: _MemberId, change: RoleChange
) -> MemberOut:
    """For who owns the collection."""
    row = members_of(collection_to_manage(request.user, collection_id)).get(pk=member_id)
    service.change_role(user=request.user, membership=row, role=change.role)
    return _member_out(row)


@router.delete(
    "/collections/{int:collection_id}/members/{int:member_id}",
    response={204: None},
    operation_id="remove_member",
    summary="Let a member go",
    openapi_extra=refuses(errors.NoRight, *_OWNERLESS, *_MEANWHILE),
)
def remove_member(request: ApiRequest, collection_id: CollectionId, member_id: _MemberId) -> Status[None]:
    """For who owns the collection, and for who leaves it."""
    place = collection_for(request.user, collection_id).collection
    row = members_of(place).get(pk=member_id)
    if row.user_id != request.user.pk:
        collection_to_manage(request.user, collection_id)
    service.remove(user=request.user, membership=row)
    return Status(204, None)


@router.get(
    "/collections/{int:collection_id}/invitations",
    response=InvitationList,
    operation_id="list_invitations_of_collection",
    summary="List who is invited",
    openapi_extra=refuses(errors.NoRight),
)
def list_invitations_of_collection(request: ApiRequest, collection_id: CollectionId) -> InvitationList:
    """Those who have not answered yet; for who owns the collection."""
    rows = invitations_of(collection_to_manage(request.user, collection_id)).select_related("invited_by")
    return InvitationList(items=[_invitation_out(row) for row in rows], next=None)


@router.post(
    "/collections/{int:collection_id}/invitations",
    response={201: InvitationOut},
    operation_id="invite",
    summary="Invite somebody",
    openapi_extra=refuses(
        errors.NoRight,
        errors.PersonUnknown,
        errors.NameEmpty,
        errors.NameTooLong,
        errors.AlreadyMember,
        errors.CollectionGone,
    ),
)
def invite_somebody(
    request: ApiRequest, response: HttpResponse, collection_id: CollectionId, invitation: NewInvitation
) -> Status[InvitationOut]:
    """They find the invitation in their archive, and become a member once they accept it."""
    place = collection_to_manage(request.user, collection_id)
    made = service.invite(user=request.user, collection=place, name=invitation.user, role=invitation.role)
    response["Location"] = reverse("api:list_invitations_of_collection", args=[place.pk])
    return Status(201, _invitation_out(made))


@router.delete(
    "/collections/{int:collection_id}/invitations/{int:invitation_id}",
    response={204: None},
    operation_id="withdraw_invitation",
    summary="Withdraw an invitation",
    openapi_extra=refuses(errors.NoRight, *_MEANWHILE),
)
def withdraw_invitation(
    request: ApiRequest, collection_id: CollectionId, invitation_id: _InvitationId
) -> Status[None]:
    """For who owns the collection."""
    row = invitations_of(collection_to_manage(request.user, collection_id)).get(pk=invitation_id)
    service.end_invitation(user=request.user, invitation=row)
    return Status(204, None)


@router.get(
    "/invitations", response=InvitationList, operation_id="list_invitations", summary="List your invitations"
)
def list_invitations(request: ApiRequest) -> InvitationList:
    """Those that you have not answered yet, the newest first."""
    return InvitationList(items=[_invitation_out(row) for row in _mine(request)], next=None)


@router.post(
    "/invitations/{int:invitation_id}/accept",
    response=CollectionOut,
    operation_id="accept_invitation",
    summary="Accept an invitation",
    openapi_extra=refuses(*_MEANWHILE),
)
def accept_invitation(request: ApiRequest, invitation_id: _InvitationId) -> CollectionOut:
    """You become a member. Answers with the collection."""
    row = _mine(request).get(pk=invitation_id)
    service.accept(user=request.user, invitation=row)
    return collection_out(collection_for(request.user, row.collection_id))


@router.post(
    "/invitations/{int:invitation_id}/decline",
    response={204: None},
    operation_id="decline_invitation",
    summary="Decline an invitation",
    openapi_extra=refuses(*_MEANWHILE),
)
def decline_invitation(request: ApiRequest, invitation_id: _InvitationId) -> Status[None]:
    """It is gone then."""
    service.end_invitation(user=request.user, invitation=_mine(request).get(pk=invitation_id))
    return Status(204, None)


def _mine(request: ApiRequest) -> QuerySet[Invitation]:
    return invitations_for(request.user).select_related("user")


def _member_out(member: Membership) -> MemberOut:
    return MemberOut(id=member.pk, user=member.user.get_username(), role=Role(member.role))


def _invitation_out(invitation: Invitation) -> InvitationOut:
    by = invitation.invited_by
    return InvitationOut(
        id=invitation.pk,
        collection=invitation.collection_id,
        collection_name=invitation.collection.name,
        user=invitation.user.get_username(),
        role=Role(invitation.role),
        invited_by=by.get_username() if by else None,
        created_at=invitation.created_at,
    )
