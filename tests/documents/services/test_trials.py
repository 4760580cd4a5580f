"""Asking for readings that are tried, and taking over what came of them."""

import uuid

import pytest
from django.core.files.storage import default_storage
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import User
from documents import storage
from documents.errors import (
    Gone,
    LanguageBeyond,
    LanguageMissing,
    OcrsiteError,
    PageChanged,
    PasswordNeeded,
    RegionMissing,
    RegionUnread,
    RunBusy,
)
from documents.models import Document, Page, Trial
from documents.ocr.elements import Box, PageText
from documents.ocr.options import Cleaning, Layout
from documents.ocr.packing import pack
from documents.selectors.trials import cleanings_of, surest_of
from documents.services import recognise, trash, trials
from tests.doubles import EchoEngine
from tests.factories import blocks

pytestmark = pytest.mark.usefixtures("echo")

FIRST_WORD = Box(0, 0, 11, 12)


@pytest.fixture
def page(document: Document) -> Page:
    return Page.objects.select_related("document", "current").get(document=document)


def finished(trial: Trial, text: str, confidence: float = 80.0) -> Trial:
    """As a worker leaves it."""
    page = trial.page
    read = PageText(page.width, page.height, blocks(text, confidence), ("eng",))
    trial.picture = storage.save_bytes(b"jpeg", storage.picture_name(page.document_id, page.number, "trial"))
    trial.state, trial.packed, trial.text = Trial.State.DONE, pack(read), text
    trial.words, trial.mean_confidence = len(read.words), read.confidence
    trial.save()
    return trial


def region(page: Page, user: User, **asked: object) -> Trial:
    return trials.read_region(user=user, page=page, **{"region": FIRST_WORD, **asked})


def put(page: Page, user: User, trial: Trial) -> str:
    made = trials.put_region(user=user, page=page, current_id=page.current_id or 0, trial=trial)
    return made.text


def test_each_kind_of_cleaning_is_tried_in_the_languages_of_the_page(page: Page, editor: User) -> None:
    trials.try_cleanings(user=editor, page=page)
    tried = cleanings_of(page)
    assert [Cleaning(trial.cleaning) for trial in tried] == list(Cleaning)
    assert {tuple(trial.languages) for trial in tried} == {("eng",)}


def test_what_is_under_way_is_not_begun_twice_and_what_is_over_is_tried_anew(
    page: Page, editor: User
) -> None:
    trials.try_cleanings(user=editor, page=page)
    first = [trial.pk for trial in cleanings_of(page)]
    trials.try_cleanings(user=editor, page=page)
    assert [trial.pk for trial in cleanings_of(page)] == first
    for trial in cleanings_of(page):
        finished(trial, "Hello")
    trials.try_cleanings(user=editor, page=page)
    assert not {trial.pk for trial in cleanings_of(page)} & set(first)
    assert len(cleanings_of(page)) == len(Cleaning)


def test_what_is_forgotten_leaves_no_picture(
    page: Page, editor: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    trial = finished(region(page, editor), "Hallo")
    assert default_storage.exists(trial.picture)
    with django_capture_on_commit_callbacks(execute=True):
        region(page, editor)
    assert not Trial.objects.filter(pk=trial.pk).exists()
    assert not default_storage.exists(trial.picture)


def test_the_surest_is_not_the_one_that_read_hardly_anything(page: Page, editor: User) -> None:
    trials.try_cleanings(user=editor, page=page)
    few, most, nearly, *_rest = cleanings_of(page)
    finished(few, "one two", 99.0)
    finished(most, " ".join(["word"] * 10), 70.0)
    finished(nearly, " ".join(["word"] * 9), 80.0)
    assert surest_of(cleanings_of(page)) == nearly
    assert surest_of([]) is None


def test_a_region_is_read_as_it_was_asked_for(page: Page, editor: User) -> None:
    trial = region(page, editor, region=Box(-5, 3, 900, 30), languages=["fra"], layout=Layout.TABLE)
    assert (trial.part, trial.languages, trial.layout) == (Box(0, 3, 60, 30), ["fra"], "table")
    assert region(page, editor).languages == ["eng"]


def test_the_languages_of_a_part_are_detected_where_that_is_asked_for(page: Page, editor: User) -> None:
    assert region(page, editor, languages=["detect"]).languages == []


@pytest.mark.parametrize(
    "box", [Box(0, 0, 7, 30), Box(100, 0, 200, 30), Box(40, 30, 10, 5), Box(0, 39, 60, 90)]
)
def test_a_region_beside_the_page_or_too_small_is_refused(page: Page, editor: User, box: Box) -> None:
    with pytest.raises(RegionMissing):
        region(page, editor, region=box)


def test_a_language_that_is_not_there_is_refused(page: Page, editor: User) -> None:
    with pytest.raises(LanguageMissing):
        region(page, editor, languages=["swe"])


def test_a_page_in_a_language_that_is_not_there_is_not_tried(page: Page, editor: User) -> None:
    """A text that came along may be in any."""
    trials.try_cleanings(user=editor, page=page)
    before = set(page.trials.all())
    Trial.objects.update(state=Trial.State.FAILED)
    assert page.current
    page.current.languages = ["swe"]
    with pytest.raises(LanguageMissing):
        trials.try_cleanings(user=editor, page=page)
    with pytest.raises(LanguageMissing):
        region(page, editor)
    assert set(page.trials.all()) == before
    assert region(page, editor, languages=["eng"]).languages == ["eng"]


def test_the_languages_of_a_part_are_those_of_the_chosen_engine(
    page: Page, editor: User, latin: EchoEngine
) -> None:
    page.document.runs.update(asked_engine="rapidocr")
    with pytest.raises(LanguageBeyond):
        region(page, editor, languages=["rus"])


def test_what_was_read_is_not_fetched_while_others_are_under_way(page: Page, editor: User) -> None:
    trials.try_cleanings(user=editor, page=page)
    first, *others = cleanings_of(page)
    finished(first, "Hello")
    assert all("packed" in trial.get_deferred_fields() for trial in cleanings_of(page))
    for trial in others:
        finished(trial, "Hello")
    assert not any(trial.get_deferred_fields() for trial in cleanings_of(page))


def test_two_people_do_not_take_each_others_regions_away(page: Page, editor: User, owner: User) -> None:
    mine, theirs = region(page, editor), region(page, owner)
    assert set(page.trials.all()) == {mine, theirs}
    again = region(page, editor)
    assert set(page.trials.all()) == {again, theirs}


def test_what_was_read_takes_the_place_of_what_stood_there(page: Page, editor: User) -> None:
    trial = finished(region(page, editor), "Hallo")
    assert page.current
    assert page.current.text == "Hello world"
    assert put(page, editor, trial).split() == ["Hallo", "world"]


def test_a_region_that_was_not_read_is_not_put_in(page: Page, editor: User) -> None:
    with pytest.raises(RegionUnread):
        put(page, editor, region(page, editor))


def test_a_region_of_the_page_before_it_was_turned_is_not_put_in(page: Page, editor: User) -> None:
    trial = finished(region(page, editor), "Hallo")
    page.rotation = 180
    with pytest.raises(RegionMissing):
        put(page, editor, trial)


def test_a_region_is_not_put_into_another_text_than_was_seen(page: Page, editor: User) -> None:
    trial = finished(region(page, editor), "Hallo")
    with pytest.raises(PageChanged):
        trials.put_region(user=editor, page=page, current_id=(page.current_id or 0) + 1, trial=trial)


@pytest.mark.parametrize(("who", "error"), [("viewer", Gone), ("stranger", Gone)])
def test_who_may_not_change_the_document_tries_nothing(
    page: Page, who: str, error: type[OcrsiteError], request: pytest.FixtureRequest
) -> None:
    user = request.getfixturevalue(who)
    with pytest.raises(error):
        region(page, user)
    with pytest.raises(error):
        trials.try_cleanings(user=user, page=page)
    assert not Trial.objects.exists()


def test_what_lies_in_the_trash_or_is_locked_is_not_tried(page: Page, owner: User) -> None:
    Document.objects.update(is_locked=True)
    with pytest.raises(PasswordNeeded):
        trials.try_cleanings(user=owner, page=page)
    Document.objects.update(is_locked=False)
    trash.trash(user=owner, document=page.document)
    with pytest.raises(Gone):
        region(page, owner)


def read(document: Document, user: User, cleaning: Cleaning | None, *, is_kept: bool) -> str:
    asked = {"languages": ["eng"], "pages": [1], "cleaning": cleaning}
    run = trials.read_cleaned(user=user, document=document, is_kept=is_kept, **asked)
    recognise.recognise_page(job_id=run.jobs.get().pk)
    document.refresh_from_db()
    return run.cleaning


def test_a_cleaning_is_for_one_reading_or_kept_for_later_ones(document: Document, editor: User) -> None:
    assert read(document, editor, Cleaning.EVEN, is_kept=False) == "even"
    assert read(document, editor, None, is_kept=True) == "auto"
    assert read(document, editor, Cleaning.INVERT, is_kept=True) == "invert"
    assert read(document, editor, None, is_kept=False) == "invert"
    assert read(document, editor, Cleaning.NONE, is_kept=True) == "none"
    assert document.cleaning == "none"


def test_nothing_is_kept_of_what_could_not_begin(document: Document, editor: User) -> None:
    recognise.start_run(document=document, user=editor)
    with pytest.raises(RunBusy):
        read(document, editor, Cleaning.EVEN, is_kept=True)
    document.refresh_from_db()
    assert document.cleaning == "auto"


def test_the_engine_gets_the_page_as_it_was_cleaned(
    document: Document, editor: User, echo: EchoEngine
) -> None:
    dark = []
    echo.reads = lambda image: dark.append(image.convert("L").getpixel((0, 0))) or blocks("Hello")  # type: ignore[func-returns-value]
    original = document.originals.get()
    name = storage.original_name(document.pk, uuid.uuid4().int % 1000, ".jpg")
    with storage.open_file(document.pages.get().image) as file:  # a white picture
        original.file = storage.save_bytes(file.read(), name)
    original.save()
    for cleaning in (Cleaning.NONE, Cleaning.INVERT):
        read(document, editor, cleaning, is_kept=False)
    assert dark == [255, 0]
