"""Title, date and collection of one document."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from documents.models import Collection, Document, Event, Membership
from documents.services import trash
from tests.documents.views.conftest import Browse, html_of


@pytest.fixture
def person(browse: Browse, editor: User) -> Client:
    return browse(editor)


@pytest.fixture
def tax(editor: User) -> Collection:
    collection = Collection.objects.create(name="Tax")
    Membership.objects.create(collection=collection, user=editor, role="editor")
    return collection


def address(document: Document) -> str:
    return f"/documents/{document.pk}/edit/"


def sent(document: Document, **changed: object) -> dict[str, object]:
    """What a browser sends: the fields, and what they were when the form was opened."""
    fields = {
        "title": document.title,
        "dated_on": document.dated_on.isoformat(),
        "collection": document.collection_id,
    }
    return {f"initial-{name}": value for name, value in fields.items()} | fields | changed


def test_all_three_are_changed_at_once(person: Client, document: Document, tax: Collection) -> None:
    answer = person.post(
        address(document), sent(document, title="Bill", dated_on="1999-12-31", collection=tax.pk)
    )
    assert (answer.status_code, answer["Location"]) == (302, f"/documents/{document.pk}/")
    document.refresh_from_db()
    assert (document.title, document.dated_on, document.collection) == ("Bill", date(1999, 12, 31), tax)
    html = html_of(person.get(f"/documents/{document.pk}/"))
    assert "Dec. 31, 1999" in html
    assert "(entered)" in html
    assert ">Tax</a>" in html


def test_what_somebody_else_changed_meanwhile_stays(person: Client, document: Document) -> None:
    form = sent(document, dated_on="1999-12-31")
    Document.objects.update(title="Renamed meanwhile")
    person.post(address(document), form)
    document.refresh_from_db()
    assert (document.title, document.dated_on) == ("Renamed meanwhile", date(1999, 12, 31))


def test_a_date_that_was_not_touched_stays_that_of_the_upload(person: Client, document: Document) -> None:
    person.post(address(document), sent(document, title="Bill"))
    document.refresh_from_db()
    assert document.date_source == "upload"
    assert [event.action for event in Event.objects.all()] == ["renamed"]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title": "\u202e \0"}, "title"),
        ({"title": "x" * 301}, "title"),
        ({"dated_on": "2024-02-30"}, "dated_on"),
        ({"dated_on": "12.03.2024\0"}, "dated_on"),
        ({"dated_on": ""}, "dated_on"),
        ({"collection": "0"}, "collection"),
        ({"collection": "99999999999999999999"}, "collection"),
    ],
)
def test_a_mistake_is_a_sentence_at_its_field_and_changes_nothing(
    person: Client, document: Document, changed: dict[str, str], field: str
) -> None:
    before = Document.objects.values().get()
    answer = person.post(address(document), sent(document, **({"title": "Other"} | changed)))
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in html_of(answer)
    assert Document.objects.values().get() == before


def test_a_document_goes_only_where_one_may_edit(person: Client, document: Document, tax: Collection) -> None:
    Membership.objects.filter(collection=tax).update(role="viewer")
    assert "Tax" not in html_of(person.get(address(document)))
    assert person.post(address(document), sent(document, collection=tax.pk)).status_code == 422
    document.refresh_from_db()
    assert document.collection.name == "Letters"


def test_the_form_comes_without_its_page_for_the_dialog(person: Client, document: Document) -> None:
    answer = person.get(address(document), headers={"HX-Request": "true"})
    assert "<html" not in html_of(answer)
    assert "data-stays" in html_of(answer)
    assert "HX-Request" in answer["Vary"]


@pytest.mark.parametrize(
    "title", ["🎉", "a\u202eb", "ا" * 300, "<script>alert(1)</script>", "%(who)s {{ x }}"]
)
def test_odd_titles_are_kept_and_harm_nothing(person: Client, document: Document, title: str) -> None:
    assert person.post(address(document), sent(document, title=title)).status_code == 302
    document.refresh_from_db()
    assert document.title == title.replace("\u202e", "")
    for page in ("", "history/", "edit/"):
        answer = person.get(f"/documents/{document.pk}/{page}")
        assert answer.status_code == 200
        assert "<script>alert" not in html_of(answer)


@pytest.mark.parametrize("day", ["0999-12-31", "9999-12-31", "0001-01-01"])
def test_a_date_that_no_paper_has_is_refused_with_the_bounds(
    person: Client, document: Document, day: str
) -> None:
    before = document.dated_on
    answer = person.post(address(document), sent(document, dated_on=day))
    assert answer.status_code == 422
    last = timezone.localdate().year + 10
    assert f"lies between the years 1000 and {last}" in html_of(answer)
    document.refresh_from_db()
    assert document.dated_on == before


@pytest.mark.parametrize("day", ["1000-01-01", f"{timezone.localdate().year + 10}-12-31"])
def test_the_bounds_themselves_are_dates(person: Client, document: Document, day: str) -> None:
    assert f'max="{timezone.localdate().year + 10}-12-31"' in html_of(person.get(address(document)))
    assert person.post(address(document), sent(document, dated_on=day)).status_code == 302
    document.refresh_from_db()
    assert document.dated_on.isoformat() == day


def test_what_was_typed_is_told_when_somebody_trashed_the_document(
    person: Client, document: Document, owner: User
) -> None:
    trash.trash(user=owner, document=document)
    answer = person.post(address(document), sent(document, title="A better title"))
    assert answer.status_code == 422
    html = html_of(answer)
    assert "This document is in the trash. Take it out first." in html
    assert 'value="A better title"' in html
    assert "This document is in the trash" in html_of(person.get(address(document)))
    trash.delete(user=owner, document_id=document.pk)
    assert person.post(address(document), sent(document)).status_code == 404
