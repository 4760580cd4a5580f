"""Invitations and roles, through the pages."""

import pytest

from accounts.models import User
from documents.models import Collection, Invitation, Membership
from tests.documents.views.conftest import Browse, html_of


@pytest.fixture
def invitation(collection: Collection, owner: User, stranger: User) -> Invitation:
    return Invitation.objects.create(collection=collection, user=stranger, role="editor", invited_by=owner)


def of(user: User) -> Membership:
    return Membership.objects.get(user=user)


def test_the_invited_find_a_line_in_their_archive_and_accept(
    browse: Browse, invitation: Invitation, collection: Collection, stranger: User
) -> None:
    client = browse(stranger)
    for address in ("/", "/collections/"):
        html = html_of(client.get(address))
        assert "<bdi>owner</bdi> invites you to the collection “<bdi>Letters</bdi>” as editor." in html
    answer = client.post(f"/invitations/{invitation.pk}/", {"answer": "accept"})
    assert answer["Location"] == f"/collections/{collection.pk}/"
    assert of(stranger).role == "editor"
    assert "invites you" not in html_of(client.get("/"))


def test_the_invited_may_decline(browse: Browse, invitation: Invitation, stranger: User) -> None:
    browse(stranger).post(f"/invitations/{invitation.pk}/", {"answer": "decline"})
    assert not Invitation.objects.exists()
    assert not Membership.objects.filter(user=stranger).exists()


@pytest.mark.parametrize("sent", [{}, {"answer": "perhaps"}])
def test_no_answer_changes_nothing(
    browse: Browse, invitation: Invitation, stranger: User, sent: dict[str, str]
) -> None:
    assert browse(stranger).post(f"/invitations/{invitation.pk}/", sent)["Location"] == "/collections/"
    assert Invitation.objects.exists()


def test_an_invitation_is_nobody_elses(
    browse: Browse, invitation: Invitation, owner: User, viewer: User
) -> None:
    for user in (owner, viewer):
        answer = browse(user).post(f"/invitations/{invitation.pk}/", {"answer": "accept"})
        assert answer.status_code == 404
    assert browse(owner).put(f"/invitations/{invitation.pk}/").status_code == 405
    assert browse(viewer).get(f"/invitations/{invitation.pk}/")["Location"] == "/collections/"
    assert browse(owner).post("/invitations/99999999999999999999/").status_code == 404
    assert Invitation.objects.exists()


def test_an_owner_invites_and_withdraws(
    browse: Browse, collection: Collection, owner: User, stranger: User
) -> None:
    client = browse(owner)
    client.post(f"/collections/{collection.pk}/invite/", {"name": "stranger", "role": "viewer"})
    invitation = Invitation.objects.get(user=stranger)
    assert (invitation.role, invitation.invited_by) == ("viewer", owner)
    client.post(f"/collections/{collection.pk}/invitations/{invitation.pk}/withdraw/")
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"name": "nobody", "role": "viewer"}, "Nobody here signs in as “nobody”."),
        ({"name": "editor", "role": "viewer"}, "editor is a member already."),
        ({"name": "editor", "role": "king"}, "king"),
        ({}, "This field is required."),
    ],
)
def test_an_invitation_that_cannot_be_is_a_sentence(
    browse: Browse, collection: Collection, owner: User, sent: dict[str, str], sentence: str
) -> None:
    answer = browse(owner).post(f"/collections/{collection.pk}/invite/", sent)
    assert answer.status_code == 422
    assert sentence in html_of(answer)
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("part", ["", "remove/"])
def test_only_owners_change_members(
    browse: Browse,
    collection: Collection,
    owner: User,
    editor: User,
    viewer: User,
    stranger: User,
    part: str,
) -> None:
    address = f"/collections/{collection.pk}/members/{of(viewer).pk}/{part}"
    answers = [
        browse(user).post(address, {"role": "editor"}).status_code
        for user in (stranger, viewer, editor, owner)
    ]
    assert answers == [404, 403, 403, 302]
    assert browse(owner).put(address).status_code == 405


def test_only_owners_withdraw(
    browse: Browse, collection: Collection, invitation: Invitation, editor: User, stranger: User
) -> None:
    address = f"/collections/{collection.pk}/invitations/{invitation.pk}/withdraw/"
    assert [browse(user).post(address).status_code for user in (stranger, editor)] == [404, 403]


def test_a_role_is_changed(browse: Browse, collection: Collection, owner: User, viewer: User) -> None:
    address = f"/collections/{collection.pk}/members/{of(viewer).pk}/"
    browse(owner).post(address, {"role": "editor"})
    assert of(viewer).role == "editor"
    html = html_of(browse(owner).post(address, {"role": "king"}, follow=True))
    assert "Choose a role from the list." in html
    assert of(viewer).role == "editor"


def test_the_person_of_the_collection_stays_its_owner(
    browse: Browse, collection: Collection, owner: User
) -> None:
    address = f"/collections/{collection.pk}/members/{of(owner).pk}/"
    answer = browse(owner).post(address, {"role": "viewer"}, follow=True)
    assert "This is the personal collection of owner." in html_of(answer)
    assert of(owner).role == "owner"


def test_members_of_another_collection_are_not_found(
    browse: Browse, collection: Collection, owner: User, stranger: User
) -> None:
    other = Collection.objects.create(name="Other")
    membership = Membership.objects.create(collection=other, user=stranger, role="owner")
    invitation = Invitation.objects.create(collection=other, user=owner)
    for part in (
        f"members/{membership.pk}/",
        f"members/{membership.pk}/remove/",
        "members/99999999999999999999/",
        f"invitations/{invitation.pk}/withdraw/",
    ):
        assert (
            browse(owner).post(f"/collections/{collection.pk}/{part}", {"role": "viewer"}).status_code == 404
        )


def test_an_owner_who_removes_themselves_is_asked_first(
    browse: Browse, collection: Collection, owner: User, editor: User
) -> None:
    place = Collection.objects.create(name="Tax")
    mine = Membership.objects.create(collection=place, user=owner, role="owner")
    Membership.objects.create(collection=place, user=editor, role="owner")
    client, address = browse(owner), f"/collections/{place.pk}/"
    removal = f"{address}members/{mine.pk}/remove/"
    assert removal not in html_of(client.get(address))
    answer = client.post(removal)
    assert answer["Location"] == f"{address}?leave=1#leave"
    assert '<details class="parting" id="leave" open>' in html_of(client.get(f"{address}?leave=1"))
    assert Membership.objects.filter(pk=mine.pk).exists()


def test_who_is_shown_out_can_be_invited_again_at_once(
    browse: Browse, collection: Collection, owner: User, editor: User
) -> None:
    address = f"/collections/{collection.pk}/members/{of(editor).pk}/remove/"
    html = html_of(browse(owner).post(address, follow=True))
    assert "editor is no member any more." in html
    assert 'name="name" value="editor"' in html
    assert '<option value="editor" selected>' in html
    assert not Membership.objects.filter(user=editor).exists()


def test_who_accepts_once_more_comes_to_the_collection(
    browse: Browse, invitation: Invitation, collection: Collection, stranger: User, owner: User
) -> None:
    client, sent = browse(stranger), {"answer": "accept", "collection": collection.pk}
    assert f'name="collection" value="{collection.pk}"' in html_of(client.get("/collections/"))
    answers = [client.post(f"/invitations/{invitation.pk}/", sent) for _time in range(2)]
    assert [answer["Location"] for answer in answers] == [f"/collections/{collection.pk}/"] * 2
    other = Collection.objects.create(name="Other")
    for wanted in (other.pk, "x", "9" * 30):
        answer = client.post(f"/invitations/{invitation.pk}/", sent | {"collection": wanted})
        assert answer.status_code == 404


def test_who_invites_is_told_so_each_time(
    browse: Browse, collection: Collection, owner: User, stranger: User
) -> None:
    for role in ("viewer", "editor"):
        sent = {"name": "stranger", "role": role}
        html = html_of(browse(owner).post(f"/collections/{collection.pk}/invite/", sent, follow=True))
        assert f"stranger is invited as {role} and finds the invitation in the archive." in html


def test_a_long_unknown_name_is_not_said_in_full(browse: Browse, collection: Collection, owner: User) -> None:
    sent = {"name": "x" * 150, "role": "viewer"}
    html = html_of(browse(owner).post(f"/collections/{collection.pk}/invite/", sent))
    assert f"Nobody here signs in as “{'x' * 40}…”." in html
