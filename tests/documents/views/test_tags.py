"""The page of all tags, and the one of a tag."""

import pytest

from accounts.models import User
from documents.models import Collection, Document, Tag
from documents.services.tags import add_tags
from documents.services.trash import trash
from tests.documents.views.conftest import Browse, html_of


@pytest.fixture
def tag(document: Document, owner: User) -> Tag:
    add_tags(user=owner, document=document, wanted=["tax/2024", "money"])
    return Tag.objects.get(name="tax")


def test_tags_are_a_tree_with_counts(browse: Browse, tag: Tag, viewer: User, editor: User) -> None:
    html = html_of(browse(viewer).get("/tags/"))
    assert '<span class="visually-hidden">tax/</span>2024</a>' in html
    assert html.count("1 document") == 3
    assert "Edit" not in html
    assert html_of(browse(editor).get("/tags/")).count(">Edit</a>") == 3


def test_a_stranger_finds_none(browse: Browse, tag: Tag, stranger: User) -> None:
    assert "There are no tags yet." in html_of(browse(stranger).get("/tags/"))


@pytest.mark.parametrize("part", ["", "delete/"])
def test_editors_change_tags(
    browse: Browse, tag: Tag, owner: User, editor: User, viewer: User, stranger: User, part: str
) -> None:
    address = f"/tags/{tag.pk}/{part}"
    sent = {"name": "tax", "colour": "red"}
    answers = [browse(user).post(address, sent).status_code for user in (stranger, viewer, editor)]
    assert answers == [404, 403, 302]
    assert browse(owner).put(address).status_code in (404, 405)
    assert browse(owner).post(f"/tags/999999/{part}").status_code == 404
    assert browse(owner).post(f"/tags/99999999999999999999/{part}").status_code == 404


def test_the_wrong_method_is_refused(browse: Browse, tag: Tag, owner: User) -> None:
    client = browse(owner)
    assert {client.put(f"/tags/{tag.pk}/{part}").status_code for part in ("", "delete/")} == {405}
    assert client.post("/tags/").status_code == 405
    assert client.get(f"/tags/{tag.pk}/delete/")["Location"] == f"/tags/{tag.pk}/"
    assert Tag.objects.filter(pk=tag.pk).exists()


def test_name_and_colour_are_changed(browse: Browse, tag: Tag, editor: User) -> None:
    answer = browse(editor).post(f"/tags/{tag.pk}/", {"name": "Steuer", "colour": "blue"})
    assert answer["Location"] == "/tags/"
    tag.refresh_from_db()
    assert (tag.name, tag.colour) == ("Steuer", "blue")
    assert Tag.objects.filter(name="Steuer/2024").exists()


def test_a_name_that_is_taken_is_asked_about_before_two_become_one(
    browse: Browse, tag: Tag, editor: User, document: Document
) -> None:
    client, sent = browse(editor), {"name": "MONEY", "colour": "red"}
    answer = client.post(f"/tags/{tag.pk}/", sent)
    assert answer.status_code == 422
    html = html_of(answer)
    assert "There is a tag “MONEY” already. Choose another name, or make the two one." in html
    assert '<button type="submit" name="may_merge" value="MONEY">Make the two one</button>' in html
    assert client.post(f"/tags/{tag.pk}/", sent).status_code == 422
    assert client.post(f"/tags/{tag.pk}/", sent | {"may_merge": "tax"}).status_code == 422
    tag.refresh_from_db()
    assert (tag.name, tag.colour) == ("tax", "grey")
    answer = client.post(f"/tags/{tag.pk}/", sent | {"may_merge": "MONEY"}, follow=True)
    assert "The tag “tax” is now one with “money”." in html_of(answer)
    assert set(document.tags.values_list("name", flat=True)) == {"money", "MONEY/2024"}


@pytest.mark.parametrize(
    "sent",
    [{"name": "", "colour": "red"}, {"name": "x" * 101, "colour": "red"}, {"name": "x", "colour": "?"}],
)
def test_a_mistake_is_a_sentence(browse: Browse, tag: Tag, editor: User, sent: dict[str, str]) -> None:
    answer = browse(editor).post(f"/tags/{tag.pk}/", sent)
    assert answer.status_code == 422
    assert 'class="errorlist"' in html_of(answer)
    tag.refresh_from_db()
    assert (tag.name, tag.colour) == ("tax", "grey")


def test_a_tag_is_deleted_with_those_in_it(
    browse: Browse, tag: Tag, editor: User, document: Document
) -> None:
    answer = browse(editor).post(f"/tags/{tag.pk}/delete/", follow=True)
    assert "The tag “tax” was deleted." in html_of(answer)
    assert set(document.tags.values_list("name", flat=True)) == {"money"}


def test_a_tag_elsewhere_may_have_the_same_name(browse: Browse, tag: Tag, owner: User) -> None:
    Tag.objects.create(collection=Collection.objects.create(name="Other"), name="Steuer")
    answer = browse(owner).post(f"/tags/{tag.pk}/", {"name": "Steuer", "colour": "grey"})
    assert answer.status_code == 302


def test_unused_tags_are_deleted_at_once(
    browse: Browse, tag: Tag, document: Document, owner: User, viewer: User, stranger: User
) -> None:
    for name in ("empty", "empty/still", "tax/2023"):
        Tag.objects.create(collection=document.collection, name=name)
    assert "Delete 3 unused tags" in html_of(browse(owner).get("/tags/"))
    assert "unused" not in html_of(browse(viewer).get("/tags/"))
    address = f"/tags/unused/{document.collection_id}/"
    answers = [browse(user).post(address).status_code for user in (stranger, viewer)]
    assert answers == [404, 403]
    assert browse(owner).post("/tags/unused/999999/").status_code == 404
    assert browse(owner).put(address).status_code == 405
    assert browse(owner).get(address)["Location"] == "/tags/"
    assert Tag.objects.count() == 6
    html = html_of(browse(owner).post(address, follow=True))
    assert "3 unused tags were deleted." in html
    assert set(Tag.objects.values_list("name", flat=True)) == {"tax", "tax/2024", "money"}


def test_what_only_the_trash_has_is_used(browse: Browse, tag: Tag, document: Document, owner: User) -> None:
    trash(user=owner, document=document)
    assert "unused" not in html_of(browse(owner).get("/tags/"))
    browse(owner).post(f"/tags/unused/{document.collection_id}/")
    assert Tag.objects.count() == 3
