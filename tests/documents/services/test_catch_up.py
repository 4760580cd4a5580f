"""Pages that search does not know are found, and known soon."""

import pytest

from accounts.models import User
from documents.models import Collection, Document, Page, SearchEntry, SearchWord
from documents.search.find import find
from documents.services import catch_up, index
from documents.services.catch_up import CatchUp, Differences
from tests.factories import make_document


@pytest.fixture
def book(collection: Collection, owner: User) -> Document:
    return make_document(collection=collection, user=owner, texts=["ocean one", "ocean two", "ocean three"])


def all_pages() -> list[int]:
    return list(Page.objects.order_by("pk").values_list("pk", flat=True))


def test_an_archive_from_before_is_known_after_a_while(book: Document, owner: User) -> None:
    SearchEntry.objects.all().delete()
    SearchWord.objects.all().delete()
    assert find(owner, "ocean").pages == 0
    worker = CatchUp()
    assert worker.go_on(seconds=60) == 3
    assert find(owner, "ocean").pages == 3
    assert SearchWord.objects.get(word="ocean").pages == 3
    assert worker.go_on(seconds=60) == 0


def test_it_stops_when_its_time_is_up_and_goes_on_there(
    book: Document, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    SearchEntry.objects.update(version=0)
    monkeypatch.setattr(catch_up, "_WRITTEN", 1)
    ticks = iter(range(1000))
    monkeypatch.setattr("time.monotonic", lambda: float(next(ticks)))
    worker = CatchUp()
    written = [worker.go_on(seconds=3) for _ in range(6)]
    assert sum(written) == 3
    assert max(written) < 3
    assert not index.lagging(Page.objects.all()).exists()


def test_what_is_known_as_it_is_is_left_alone(book: Document) -> None:
    assert not index.lagging(Page.objects.all()).exists()
    assert CatchUp().go_on(seconds=60) == 0
    assert not catch_up.differences(all_pages())


@pytest.mark.parametrize(
    "change", [{"version": 0}, {"transcription_id": 0}, {"transcription_id": None}], ids=str
)
def test_old_entries_lag(book: Document, change: dict[str, int | None]) -> None:
    first, *_rest = all_pages()
    SearchEntry.objects.filter(pk=first).update(**change)
    assert catch_up.differences(all_pages()) == Differences(lagging=(first,))


def test_entries_of_another_collection_lag(book: Document) -> None:
    SearchEntry.objects.update(collection=Collection.objects.create(name="Other"))
    assert catch_up.differences(all_pages()).lagging == tuple(all_pages())


def test_entries_of_the_trash_are_left_over_and_other_words_are_told(
    book: Document, collection: Collection, owner: User
) -> None:
    other = make_document(collection=collection, user=owner, texts=["ocean"])
    Document.objects.filter(pk=book.pk).update(trashed_at="2026-01-01T00:00Z")
    SearchEntry.objects.filter(document=other).update(body="lake")
    found = catch_up.differences(all_pages())
    mine, others = (tuple(one.pages.values_list("pk", flat=True)) for one in (book, other))
    assert found == Differences(left_over=mine, other_words=others)
    catch_up.mend(found)
    assert not catch_up.differences(all_pages())
    assert find(owner, "ocean").pages == 1
    assert find(owner, "lake").pages == 0


def test_what_another_worker_wrote_meanwhile_is_not_written_again(book: Document) -> None:
    first, *others = all_pages()
    SearchEntry.objects.exclude(pk=first).update(version=0)
    assert catch_up.write([first, *others]) == 2
    assert catch_up.write([first, *others]) == 0
