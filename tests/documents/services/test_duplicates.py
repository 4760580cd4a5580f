"""A paper that came twice is noticed, however it came; a person says what it is."""

from pathlib import Path

import pytest
from PIL import Image

from accounts.models import User
from documents import storage
from documents.models import Collection, Document, Event, Fingerprint, Likeness, PageJob
from documents.selectors import duplicates
from documents.services.catch_up import write
from documents.services.copies import keep_all
from documents.services.duplicates import compare_when_read
from documents.services.receive import receive_upload
from documents.services.recognise import recognise_page
from documents.services.trash import trash
from tests.doubles import EchoEngine
from tests.factories import incoming, make_document, picture

_LETTER = (
    "Dear Ms Doe, thank you for your order of 12 March 2024. We send the goods, number 4711, by post today. "
    "The sum of 249 EUR is due in 30 days. With kind regards from all of us in the old mill at the river."
)
_OTHER = "Minutes of the meeting of the allotment society: " + " ".join(
    f"item{number}" for number in range(30)
)


@pytest.fixture
def first(collection: Collection, owner: User) -> Document:
    return read(collection, owner, _LETTER)


def read(collection: Collection, user: User, text: str) -> Document:
    """A document that was read and looked through."""
    document = make_document(collection=collection, user=user, texts=[text])
    write(document.pages.values_list("pk", flat=True), is_anew=True)
    return document


def pairs() -> list[tuple[Document, Document, str]]:
    rows = Likeness.objects.select_related("document", "other").order_by("pk")
    return [(row.document, row.other, row.how) for row in rows]


def test_the_same_file_is_noticed_when_it_comes(owner: User, png: Path, echo: EchoEngine) -> None:
    first, second = (
        receive_upload(user=owner, files=[incoming(png)], languages=["eng"], title=title) for title in "ab"
    )
    assert pairs() == [(second, first, "bytes")]


def test_another_file_is_none(owner: User, png: Path, tmp_path: Path, echo: EchoEngine) -> None:
    receive_upload(user=owner, files=[incoming(png)], languages=["eng"])
    other = picture(tmp_path / "other.png", colour="grey")
    receive_upload(user=owner, files=[incoming(other)], languages=["eng"])
    assert pairs() == []


def test_the_same_file_of_a_stranger_is_their_own(
    owner: User, stranger: User, png: Path, echo: EchoEngine
) -> None:
    for user in (owner, stranger):
        receive_upload(user=user, files=[incoming(png)], languages=["eng"])
    assert pairs() == []


def test_what_is_in_the_trash_is_no_copy(owner: User, png: Path, echo: EchoEngine) -> None:
    first = receive_upload(user=owner, files=[incoming(png)], languages=["eng"])
    trash(user=owner, document=first)
    receive_upload(user=owner, files=[incoming(png)], languages=["eng"])
    assert pairs() == []


def test_a_second_scan_is_noticed_by_its_words(
    first: Document, document: Document, collection: Collection, owner: User
) -> None:
    second = read(collection, owner, _LETTER.replace("goods", "g00ds").replace("mill", "rnill"))
    read(collection, owner, _OTHER)
    assert pairs() == [(second, first, "text")]


def test_the_next_letter_of_the_same_form_is_another_paper(
    first: Document, collection: Collection, owner: User
) -> None:
    read(collection, owner, _LETTER.replace("12 March", "12 April"))
    assert pairs() == []


def test_the_later_one_is_the_copy_whichever_is_read_first(
    first: Document, collection: Collection, owner: User
) -> None:
    second = read(collection, owner, _LETTER)
    Likeness.objects.all().delete()
    compare_when_read(document_id=first.pk)
    assert pairs() == [(second, first, "text")]


def test_reading_again_notices_once(first: Document, collection: Collection, owner: User) -> None:
    second = read(collection, owner, _LETTER)
    for document in (first, second):
        compare_when_read(document_id=document.pk)
    assert len(pairs()) == 1


def test_what_no_longer_looks_alike_is_forgotten(
    first: Document, collection: Collection, owner: User
) -> None:
    second = read(collection, owner, _LETTER)
    reading = second.pages.get().current
    assert reading is not None
    reading.text = _OTHER
    reading.save()
    write(second.pages.values_list("pk", flat=True), is_anew=True)
    assert pairs() == []


def test_a_settled_pair_is_not_told_again(first: Document, collection: Collection, owner: User) -> None:
    second = read(collection, owner, _LETTER)
    keep_all(likeness=Likeness.objects.get(), user=owner)
    compare_when_read(document_id=second.pk)
    assert Likeness.objects.get().is_settled
    assert Event.objects.get(action=Event.Action.KEPT).user == owner
    assert duplicates.screen(owner).groups == ()


def test_what_is_kept_beside_the_same_paper_is_not_asked_about_when_it_is_read_again(
    first: Document, collection: Collection, owner: User
) -> None:
    """Only the nearest few are compared, so that a pair may be new although all copies are known."""
    second, third = read(collection, owner, _LETTER), read(collection, owner, _LETTER)
    keep_all(likeness=Likeness.objects.get(document=second), user=owner)
    Likeness.objects.filter(document=third, other=second).delete()
    compare_when_read(document_id=third.pk)
    assert Likeness.objects.get(document=third, other=second).is_settled


def test_pictures_without_text_are_compared_by_their_looks(
    owner: User, tmp_path: Path, echo: EchoEngine
) -> None:
    echo.reads = lambda _image: ()
    shades = Image.linear_gradient("L").rotate(30, fillcolor=90)
    for name, quality in (("a.jpg", 90), ("b.jpg", 40)):
        shades.convert("RGB").save(tmp_path / name, quality=quality)
        receive_upload(user=owner, files=[incoming(tmp_path / name)], languages=["eng"])
    for job in PageJob.objects.all():
        recognise_page(job_id=job.pk)
    assert [how for _document, _other, how in pairs()] == ["picture"]


def test_a_lost_thumbnail_is_no_obstacle(first: Document, collection: Collection, owner: User) -> None:
    Fingerprint.objects.all().delete()
    page = first.pages.get()
    storage.delete([page.thumbnail])
    compare_when_read(document_id=first.pk)
    assert [row.kind for row in Fingerprint.objects.all()] == ["text"]


def test_papers_of_others_leave_room_for_those_that_count(
    first: Document, collection: Collection, owner: User, stranger: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("documents.services.duplicates._LOOKED_UP", 2)
    elsewhere = Collection.objects.create(name="Elsewhere")
    elsewhere.memberships.create(user=stranger, role="owner")
    for _ in range(3):
        read(elsewhere, stranger, _LETTER)
    second = read(collection, owner, _LETTER)
    assert (second, first, "text") in pairs()


def test_what_was_deleted_meanwhile_is_compared_with_nothing(first: Document) -> None:
    gone = first.pk
    first.delete()
    compare_when_read(document_id=gone)
    assert pairs() == []
