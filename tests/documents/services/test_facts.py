"""What was found in a page is kept with its text, and the document gets its date."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import User
from documents import entities
from documents.models import Collection, DateSource, Document, Entity, Page, PageJob, Transcription
from documents.search.query.tree import Filter
from documents.selectors import facts
from documents.services.catch_up import write
from documents.services.receive import receive_upload
from documents.services.recognise import make_current, recognise_page, start_run
from tests.doubles import EchoEngine
from tests.factories import blocks, incoming, make_document

_BILL = "Date: 2024-03-12 Total 1,234.50 EUR to DE89370400440532013000 or bill@example.com +49 30 901820"


@pytest.fixture
def bill(collection: Collection, owner: User) -> Document:
    document = make_document(collection=collection, user=owner, texts=[_BILL, "See www.example.com"])
    write(document.pages.values_list("pk", flat=True), is_anew=True)
    document.refresh_from_db()
    return document


def kinds(document: Document) -> list[str]:
    return list(
        Entity.objects.filter(document=document)
        .order_by("page__number", "start")
        .values_list("kind", flat=True)
    )


def test_each_page_keeps_what_stands_in_it(bill: Document) -> None:
    assert kinds(bill) == ["date", "amount", "iban", "email", "phone", "url"]
    amount = Entity.objects.get(document=bill, kind="amount")
    assert (amount.number, amount.currency, amount.value) == (Decimal("1234.50"), "EUR", "1234.50 EUR")
    text = Transcription.objects.get(page=amount.page_id).text
    assert text[amount.start : amount.end] == amount.text == "1,234.50 EUR"


def test_looking_again_replaces_what_was_found(bill: Document) -> None:
    write(bill.pages.values_list("pk", flat=True), is_anew=True)
    assert len(kinds(bill)) == 6


def test_the_date_of_the_document_is_found(bill: Document) -> None:
    assert (bill.dated_on, bill.date_source) == (date(2024, 3, 12), DateSource.TEXT)


def test_the_date_that_a_person_entered_stays(bill: Document) -> None:
    Document.objects.filter(pk=bill.pk).update(dated_on=date(2020, 1, 1), date_source=DateSource.PERSON)
    write(bill.pages.values_list("pk", flat=True), is_anew=True)
    bill.refresh_from_db()
    assert (bill.dated_on, bill.date_source) == (date(2020, 1, 1), DateSource.PERSON)


def test_without_a_date_in_the_text_the_day_of_the_upload_stays(collection: Collection, owner: User) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    document = make_document(collection=collection, user=owner, texts=[f"On {tomorrow}", "Date: 2024-03-12"])
    write(document.pages.values_list("pk", flat=True), is_anew=True)
    document.refresh_from_db()
    assert (document.dated_on, document.date_source) == (timezone.localdate(), DateSource.UPLOAD)


@pytest.mark.parametrize("text", ["No date", None], ids=["another text", "no text"])
def test_a_first_page_that_has_no_date_any_more_leaves_the_day_of_the_upload(
    bill: Document, text: str | None
) -> None:
    # Half past midnight in Berlin is the day before in UTC.
    Document.objects.update(created_at=datetime(2025, 6, 30, 22, 30, tzinfo=UTC))
    if text:
        Transcription.objects.filter(page__number=1).update(text=text)
    else:
        Page.objects.filter(number=1).update(current=None)
    with timezone.override("Europe/Berlin"):
        write(bill.pages.values_list("pk", flat=True), is_anew=True)
    bill.refresh_from_db()
    assert (bill.dated_on, bill.date_source) == (date(2025, 7, 1), DateSource.UPLOAD)


def test_a_later_page_without_a_date_leaves_the_date(bill: Document) -> None:
    write([bill.pages.get(number=2).pk], is_anew=True)
    bill.refresh_from_db()
    assert (bill.dated_on, bill.date_source) == (date(2024, 3, 12), DateSource.TEXT)


def test_a_person_s_date_stays_where_the_text_has_none_any_more(bill: Document) -> None:
    Document.objects.update(dated_on=date(2020, 1, 1), date_source=DateSource.PERSON)
    Transcription.objects.update(text="No date")
    write(bill.pages.values_list("pk", flat=True), is_anew=True)
    bill.refresh_from_db()
    assert (bill.dated_on, bill.date_source) == (date(2020, 1, 1), DateSource.PERSON)


def test_what_a_database_cannot_keep_is_left_out(bill: Document) -> None:
    page = bill.pages.get(number=1)
    address = f"www.example.com/{'x' * 500}"
    Transcription.objects.filter(page=page).update(text=f"{address} {'EUR 5 ' * 1500}")
    write([page.pk], is_anew=True)
    assert Entity.objects.filter(page=page).count() == 1000
    assert len(Entity.objects.get(page=page, kind="url").value) == 300


def test_a_page_without_a_text_has_nothing(bill: Document) -> None:
    Page.objects.filter(document=bill).update(current=None)
    write(bill.pages.values_list("pk", flat=True), is_anew=True)
    assert kinds(bill) == []


def test_what_is_found_changes_with_the_reading_that_is_shown(
    owner: User, png: Path, echo: EchoEngine
) -> None:
    document = receive_upload(user=owner, files=[incoming(png)], languages=["eng"])
    echo.reads = lambda _image: blocks("Date: 2024-03-12")
    _read(document)
    assert kinds(document) == ["date"]
    echo.reads = lambda _image: blocks("Pay 5 EUR to a@example.com")
    start_run(document=document, user=owner, languages=["eng"])
    _read(document)
    assert kinds(document) == ["amount", "email"]
    make_current(run=document.runs.earliest("created_at"), user=owner)
    assert kinds(document) == ["date"]


def _read(document: Document) -> None:
    for job in PageJob.objects.filter(run__document=document, state=PageJob.State.QUEUED):
        recognise_page(job_id=job.pk)


@pytest.mark.parametrize(
    "asked",
    [
        Filter("amount", ">", 1000.0),
        Filter("amount", "<", 1235.0),
        Filter("amount", "=", 1234.5),
        Filter("iban", "=", "de89 3704 0044"),
        Filter("email", "=", "Bill@Example.com"),
        Filter("email", "=", "example.com"),
        Filter("phone", "=", "+49 30 901820"),
        Filter("phone", "=", "030 901820"),
        Filter("url", "=", "example.com"),
        Filter("mentioned", "=", "2024-03"),
    ],
    ids=str,
)
def test_a_filter_finds_it(bill: Document, document: Document, asked: Filter) -> None:
    assert list(Document.objects.filter(facts.condition(asked))) == [bill]


@pytest.mark.parametrize(
    "asked",
    [
        Filter("amount", ">", 1234.5),
        Filter("amount", "=", 5.0),
        Filter("iban", "=", "DE88"),
        Filter("email", "=", "ill@example.com"),
        Filter("email", "=", "xample.com"),
        Filter("phone", "=", "0"),
        Filter("phone", "=", "abc"),
        Filter("vat", "=", "DE1"),
        Filter("mentioned", "=", "2023"),
        Filter("person", "=", "Ada"),
    ],
    ids=str,
)
def test_a_filter_finds_nothing_else(bill: Document, asked: Filter) -> None:
    assert not Document.objects.filter(facts.condition(asked)).exists()


def test_a_document_has_what_was_found_in_it(bill: Document, document: Document) -> None:
    assert list(Document.objects.filter(facts.has(facts.Kind.IBAN))) == [bill]
    assert not Document.objects.filter(facts.has(facts.Kind.VAT)).exists()


def test_values_are_shown_once_with_their_count_and_their_question(
    collection: Collection, owner: User
) -> None:
    texts = ["EUR 5.00 and 5 EUR", "EUR 7 on 2024-03-12"]
    document = make_document(collection=collection, user=owner, texts=texts)
    write(document.pages.values_list("pk", flat=True), is_anew=True)
    dates, amounts = facts.found_in(document).groups
    assert [(chip.text, chip.count, chip.query) for chip in dates.chips] == [
        ("2024-03-12", 1, "date:2024-03-12")
    ]
    assert [(chip.text, chip.count, chip.query) for chip in amounts.chips] == [
        ("EUR 5.00", 2, 'amount:"5.00 EUR"'),
        ("EUR 7", 1, 'amount:"7.00 EUR"'),
    ]


def test_what_stands_there_most_often_is_foremost_and_each_kind_has_its_turn(
    collection: Collection, owner: User
) -> None:
    sums = " ".join(f"EUR {number}" for number in range(10, 30))
    document = make_document(
        collection=collection, user=owner, texts=[f"{sums} jo@example.org", "EUR 29 2024-03-12"]
    )
    write(document.pages.values_list("pk", flat=True), is_anew=True)
    found = facts.found_in(document)
    assert found.count == 22
    assert [chip.text for chip in found.foremost] == [
        "2024-03-12", "EUR 10", "EUR 11", "EUR 12", "EUR 13", "EUR 14", "EUR 29", "jo@example.org"
    ]  # fmt: skip
    assert [chip.page for chip in found.foremost] == [2, 1, 1, 1, 1, 1, 1, 1]


def test_of_many_values_some_are_shown_and_the_others_counted(collection: Collection, owner: User) -> None:
    text = " ".join(f"EUR {number}" for number in range(100)) + " 2024-03-12"
    document = make_document(collection=collection, user=owner, texts=[text])
    write(document.pages.values_list("pk", flat=True), is_anew=True)
    dates, amounts = facts.found_in(document, limit=10).groups
    assert (len(dates.chips), dates.more, len(amounts.chips), amounts.more) == (1, 0, 5, 95)


def test_texts_are_looked_through_before_anything_is_held(
    bill: Document, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    depths = []
    find = entities.find_entities

    def watched(text: str, languages: Sequence[str]) -> tuple[entities.Entity, ...]:
        depths.append(len(connection.savepoint_ids))
        return find(text, languages)

    monkeypatch.setattr(entities, "find_entities", watched)
    outside = len(connection.savepoint_ids)
    make_current(run=bill.runs.get(), user=owner)
    write(bill.pages.values_list("pk", flat=True), is_anew=True)
    assert depths == [outside] * 4
    assert len(kinds(bill)) == 6
