"""Who deletes accounts leaves no documents behind that belong to nobody."""

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.services import delete_accounts
from documents.errors import DocumentsNeedPlace, OwnerNeeded
from documents.models import Collection, Document, Membership
from tests.factories import make_document


@pytest.fixture
def admin(db: None, client: Client) -> Client:
    client.force_login(User.objects.create_superuser("admin"))
    return client


@pytest.fixture
def shared(editor: User, viewer: User) -> Collection:
    collection = Collection.objects.create(name="Tax")
    Membership.objects.create(collection=collection, user=editor, role="owner")
    Membership.objects.create(collection=collection, user=viewer, role="viewer")
    return collection


def confirm_deletion(admin: Client, user: User) -> str:
    answer = admin.post(f"/admin/accounts/user/{user.pk}/delete/", {"post": "yes"}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_only_owner_of_what_others_use_stays(admin: Client, shared: Collection, editor: User) -> None:
    assert "“Tax” would be left without an owner. Make somebody else an owner" in confirm_deletion(
        admin, editor
    )
    assert shared.memberships.filter(user=editor).exists()


def test_so_do_several_who_own_it_together(admin: Client, shared: Collection, editor: User) -> None:
    other = User.objects.create_user("other")
    Membership.objects.create(collection=shared, user=other, role="owner")
    chosen = {"action": "delete_selected", "_selected_action": [editor.pk, other.pk], "post": "yes"}
    html = admin.post("/admin/accounts/user/", chosen, follow=True).content.decode()
    assert "“Tax” would be left without an owner." in html
    assert User.objects.filter(pk__in=[editor.pk, other.pk]).count() == 2


def test_why_somebody_stays_is_told_plainly(admin: Client, shared: Collection, editor: User) -> None:
    html = admin.get(f"/admin/accounts/user/{editor.pk}/delete/").content.decode()
    assert "“editor” cannot be deleted yet:" in html
    chosen = {"action": "delete_selected", "_selected_action": [editor.pk]}
    several = admin.post("/admin/accounts/user/", chosen).content.decode()
    assert "These accounts cannot be deleted yet:" in several
    assert "protected related objects" not in html + several


def test_who_looks_at_the_list_holds_nothing(admin: Client) -> None:
    """On SQLite a transaction takes the lock of all who write."""
    with CaptureQueriesContext(connection) as queries:
        assert admin.get("/admin/accounts/user/").status_code == 200
    assert [query["sql"] for query in queries if query["sql"].startswith(("SAVEPOINT", "BEGIN"))] == []


@pytest.mark.parametrize("one_by_one", [True, False])
def test_who_became_the_only_owner_meanwhile_stays(
    admin: Client, shared: Collection, editor: User, monkeypatch: pytest.MonkeyPatch, *, one_by_one: bool
) -> None:
    """The check found nothing yet, the deletion does."""
    monkeypatch.setattr("accounts.admin.obstacles", lambda _users: [])
    sent: dict[str, str | list[str]]
    if one_by_one:
        path, sent = f"/admin/accounts/user/{editor.pk}/delete/", {"post": "yes"}
    else:
        path = "/admin/accounts/user/"
        sent = {"action": "delete_selected", "_selected_action": [str(editor.pk)], "post": "yes"}
    answer = admin.post(path, sent, follow=True)
    assert "“Tax” would be left without an owner." in answer.content.decode()
    assert shared.memberships.filter(user=editor).exists()
    assert not LogEntry.objects.exists()


def test_who_leaves_another_owner_may_go(
    admin: Client, shared: Collection, editor: User, viewer: User
) -> None:
    shared.memberships.filter(user=viewer).update(role="owner")
    confirm_deletion(admin, editor)
    assert not User.objects.filter(username="editor").exists()
    assert list(shared.memberships.values_list("user__username", flat=True)) == ["viewer"]


def test_a_personal_collection_with_documents_keeps_its_person(
    admin: Client, document: Document, owner: User
) -> None:
    assert "“Letters”, a personal collection, still holds documents." in confirm_deletion(admin, owner)
    assert Document.objects.filter(pk=document.pk).exists()


def test_what_nobody_uses_goes_with_its_owner(
    admin: Client, shared: Collection, editor: User, viewer: User
) -> None:
    shared.memberships.filter(user=viewer).delete()
    Collection.objects.create(name="Own", personal_of=editor)
    confirm_deletion(admin, editor)
    assert not Collection.objects.exists()


def test_all_accounts_are_deleted_or_none(shared: Collection, editor: User, viewer: User) -> None:
    make_document(collection=shared, user=editor, texts=[])
    with pytest.raises(OwnerNeeded):
        delete_accounts(users=[viewer, editor])
    own = Collection.objects.create(name="Own", personal_of=viewer)
    make_document(collection=own, user=viewer, texts=[])
    with pytest.raises(DocumentsNeedPlace):
        delete_accounts(users=[viewer])
    assert User.objects.filter(pk__in=[editor.pk, viewer.pk]).count() == 2


def test_the_page_of_a_collection_keeps_an_owner_too(admin: Client, shared: Collection) -> None:
    row = shared.memberships.get(role="owner")
    sent = {
        "name": "Tax",
        "memberships-TOTAL_FORMS": 1,
        "memberships-INITIAL_FORMS": 1,
        "memberships-0-id": row.pk,
        "memberships-0-collection": shared.pk,
        "memberships-0-user": row.user_id,
        "memberships-0-role": "viewer",
    }
    answer = admin.post(f"/admin/documents/collection/{shared.pk}/change/", sent)
    assert "A collection keeps at least one owner." in answer.content.decode()
    row.refresh_from_db()
    assert row.role == "owner"
    sent["memberships-0-role"] = "owner"
    assert admin.post(f"/admin/documents/collection/{shared.pk}/change/", sent).status_code == 302
