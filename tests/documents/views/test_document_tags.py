"""Tags of one document, typed in and taken off."""

import pytest
from django.test import Client

from accounts.models import User
from documents.models import Collection, Document, Tag
from tests.documents.views.conftest import Browse, html_of

HTMX = {"HX-Request": "true"}


@pytest.fixture
def person(browse: Browse, editor: User) -> Client:
    return browse(editor)


def names(document: Document) -> set[str]:
    return set(document.tags.values_list("name", flat=True))


def test_tags_are_typed_with_commas_between_them(person: Client, document: Document) -> None:
    answer = person.post(f"/documents/{document.pk}/tags/", {"tags": "tax/2024, urgent,, "})
    assert answer["Location"] == f"/documents/{document.pk}/"
    assert names(document) == {"tax/2024", "urgent"}
    html = html_of(person.get(f"/documents/{document.pk}/"))
    assert 'href="/?q=tag%3Atax%2F2024"' in html
    assert '<option value="tax"></option>' in html
    assert '<option value="urgent"></option>' not in html


def test_the_script_gets_the_line_of_tags(person: Client, document: Document) -> None:
    answer = person.post(f"/documents/{document.pk}/tags/", {"tags": "urgent"}, headers=HTMX)
    html = html_of(answer)
    assert "<html" not in html
    assert "Remove the tag urgent" in html
    assert "autofocus" in html


@pytest.mark.parametrize("typed", ["", " , ", "\0", "x" * 101, "/", "a" + ",b" * 50])
def test_what_is_no_tag_is_a_sentence(person: Client, document: Document, typed: str) -> None:
    address = f"/documents/{document.pk}/tags/"
    answer = person.post(address, {"tags": typed}, headers=HTMX)
    assert answer.status_code == 422
    assert 'id="tag-error"' in html_of(answer)
    assert 'class="message error"' in html_of(person.post(address, {"tags": typed}, follow=True))
    assert not Tag.objects.exists()


def test_a_tag_is_taken_off(person: Client, document: Document) -> None:
    tag = Tag.objects.create(collection=document.collection, name="urgent")
    document.tags.add(tag)
    address = f"/documents/{document.pk}/tags/{tag.pk}/remove/"
    assert "urgent</a>" not in html_of(person.post(address, headers=HTMX))
    assert person.post(address).status_code == 302
    assert names(document) == set()


def test_a_tag_of_another_collection_is_not_found(person: Client, document: Document) -> None:
    tag = Tag.objects.create(collection=Collection.objects.create(name="Other"), name="urgent")
    assert person.post(f"/documents/{document.pk}/tags/{tag.pk}/remove/").status_code == 404
    assert person.post(f"/documents/{document.pk}/tags/99999999999999999999/remove/").status_code == 404


def test_a_viewer_sees_tags_and_changes_none(browse: Browse, document: Document, viewer: User) -> None:
    document.tags.add(Tag.objects.create(collection=document.collection, name="urgent"))
    html = html_of(browse(viewer).get(f"/documents/{document.pk}/"))
    assert ">urgent</a>" in html
    for offered in ("Remove the tag", "Add a tag", "Add a note", "/edit/"):
        assert offered not in html
