"""Members: asked, changed, shown out; a collection always keeps an owner."""

import pytest

from accounts.models import User
from documents.errors import (
    AlreadyMember,
    CollectionGone,
    Gone,
    LastOwner,
    NameEmpty,
    NameTooLong,
    PersonalCollection,
    PersonUnknown,
)
from documents.models import Collection, Event, Invitation, Membership, Role
from documents.services import members


@pytest.fixture
def tax(owner: User, editor: User) -> Collection:
    """Nobody's personal collection, with one owner and one editor."""
    collection = Collection.objects.create(name="Tax")
    Membership.objects.create(collection=collection, user=owner, role=Role.OWNER)
    Membership.objects.create(collection=collection, user=editor, role=Role.EDITOR)
    return collection


def of(user: User, collection: Collection) -> Membership:
    return Membership.objects.get(user=user, collection=collection)


def is_member(user: User, collection: Collection) -> bool:
    return Membership.objects.filter(user=user, collection=collection).exists()


def invite(owner: User, collection: Collection, name: str, role: Role = Role.VIEWER) -> Invitation:
    return members.invite(user=owner, collection=collection, name=name, role=role)


def test_who_is_invited_becomes_a_member_by_accepting(tax: Collection, owner: User, stranger: User) -> None:
    invitation = invite(owner, tax, "stranger", Role.EDITOR)
    assert not is_member(stranger, tax)
    members.accept(user=stranger, invitation=invitation)
    assert of(stranger, tax).role == Role.EDITOR
    assert not Invitation.objects.exists()
    assert [event.details["change"] for event in Event.objects.order_by("pk")] == ["invited", "joined"]


def test_who_declines_becomes_none(tax: Collection, owner: User, stranger: User) -> None:
    members.end_invitation(user=stranger, invitation=invite(owner, tax, "stranger"))
    assert not is_member(stranger, tax)
    assert not Invitation.objects.exists()


def test_an_invitation_that_was_withdrawn_cannot_be_accepted(
    tax: Collection, owner: User, stranger: User
) -> None:
    invitation = invite(owner, tax, "stranger")
    members.end_invitation(user=owner, invitation=invitation)
    with pytest.raises(Gone):
        members.accept(user=stranger, invitation=invitation)
    assert not is_member(stranger, tax)


def test_the_newest_role_counts(tax: Collection, owner: User, stranger: User) -> None:
    stale = invite(owner, tax, "stranger", Role.OWNER)
    invite(owner, tax, "stranger", Role.VIEWER)
    members.accept(user=stranger, invitation=stale)
    assert of(stranger, tax).role == Role.VIEWER


@pytest.mark.parametrize("name", ["nobody", "stran\0ger!"])
def test_an_unknown_name_is_told(tax: Collection, owner: User, stranger: User, name: str) -> None:
    with pytest.raises(PersonUnknown):
        invite(owner, tax, name)


@pytest.mark.parametrize(
    ("name", "error"), [("", NameEmpty), ("\u200b", NameEmpty), ("x" * 500, NameTooLong)]
)
def test_what_can_be_no_name_is_not_looked_for(
    tax: Collection, owner: User, name: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        invite(owner, tax, name)


@pytest.mark.parametrize("name", [" stranger ", "STRANGER", "ｓtranger"])
def test_a_name_is_found_however_it_is_typed(tax: Collection, owner: User, stranger: User, name: str) -> None:
    assert invite(owner, tax, name).user == stranger


def test_of_two_people_with_like_names_the_exact_one_is_meant(tax: Collection, owner: User) -> None:
    ben, other = User.objects.create_user("Ben"), User.objects.create_user("ben")
    assert invite(owner, tax, "ben").user == other
    assert invite(owner, tax, "Ben").user == ben
    with pytest.raises(PersonUnknown):
        invite(owner, tax, "BEN")


def test_an_account_that_was_switched_off_is_not_invited(
    tax: Collection, owner: User, stranger: User
) -> None:
    User.objects.filter(pk=stranger.pk).update(is_active=False)
    with pytest.raises(PersonUnknown):
        invite(owner, tax, "stranger")


@pytest.mark.parametrize("name", ["owner", "editor"])
def test_members_are_not_invited(tax: Collection, owner: User, name: str) -> None:
    with pytest.raises(AlreadyMember):
        invite(owner, tax, name)


def test_the_last_owner_stays_one(tax: Collection, owner: User) -> None:
    with pytest.raises(LastOwner):
        members.change_role(user=owner, membership=of(owner, tax), role=Role.VIEWER)
    with pytest.raises(LastOwner):
        members.remove(user=owner, membership=of(owner, tax))
    assert of(owner, tax).role == Role.OWNER


def test_with_another_owner_one_may_go(tax: Collection, owner: User, editor: User) -> None:
    members.change_role(user=owner, membership=of(editor, tax), role=Role.OWNER)
    members.remove(user=owner, membership=of(owner, tax))
    assert not is_member(owner, tax)
    assert [event.details["change"] for event in Event.objects.order_by("pk")] == ["role", "left"]


def test_the_person_of_a_personal_collection_stays_its_owner(
    collection: Collection, owner: User, editor: User
) -> None:
    members.change_role(user=owner, membership=of(editor, collection), role=Role.OWNER)
    with pytest.raises(PersonalCollection):
        members.remove(user=editor, membership=of(owner, collection))
    with pytest.raises(PersonalCollection):
        members.change_role(user=editor, membership=of(owner, collection), role=Role.VIEWER)


def test_a_member_who_left_meanwhile_is_told(tax: Collection, owner: User, editor: User) -> None:
    stale = of(editor, tax)
    Membership.objects.filter(pk=stale.pk).delete()
    with pytest.raises(Gone):
        members.change_role(user=owner, membership=stale, role=Role.OWNER)
    with pytest.raises(Gone):
        members.remove(user=owner, membership=stale)


def test_an_invitation_to_a_collection_that_was_deleted_is_told(
    tax: Collection, owner: User, stranger: User
) -> None:
    invitation = invite(owner, tax, "stranger")
    Collection.objects.filter(pk=tax.pk).delete()
    with pytest.raises(CollectionGone):
        members.accept(user=stranger, invitation=invitation)
