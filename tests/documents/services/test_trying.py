"""The work of trials: what workers do, and what becomes of it when they die."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from accounts.models import User
from documents import queues, storage
from documents.errors import EngineCrashed, EngineTimeout, StorageDown
from documents.models import Document, Page, Trial
from documents.ocr.clean import kinds, prepare
from documents.ocr.elements import Block, Box
from documents.ocr.options import Cleaning, Layout
from documents.ocr.packing import unpack
from documents.services import trials, trying
from documents.services.leases import MAX_ATTEMPTS
from documents.services.orphans import orphans
from tests.doubles import EchoEngine
from tests.factories import blocks
from tests.files import text_image

pytestmark = pytest.mark.slow

Sent = list[int]


@pytest.fixture
def page(document: Document) -> Page:
    """It has three lines that can be read."""
    file = BytesIO()
    text_image(["first words", "second words", "third words"], size=(600, 240)).save(file, "PNG")
    original = document.originals.get()
    original.file = storage.save_bytes(file.getvalue(), storage.original_name(document.pk, 7, ".png"))
    original.save()
    Page.objects.filter(document=document).update(width=600, height=240)
    return Page.objects.select_related("document", "current").get(document=document)


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Sent:
    """What is sent to the queue."""
    sent: Sent = []
    monkeypatch.setattr(queues, "try_readings", sent.extend)
    return sent


def asked(page: Page, user: User) -> Trial:
    part = Box(20, 90, 590, 150)
    return trials.read_region(user=user, page=page, region=part, layout=Layout.LINE)


def now(trial: Trial) -> Trial:
    trial.refresh_from_db()
    return trial


def expire(trial: Trial) -> None:
    Trial.objects.filter(pk=trial.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def die(_image: Image.Image) -> tuple[Block, ...]:
    """As a worker that is told to stop."""
    raise KeyboardInterrupt


def test_a_region_is_read_and_nothing_else_changes(page: Page, owner: User) -> None:
    trial = asked(page, owner)
    trying.work(trial_id=trial.pk)
    assert (now(trial).state, trial.text, trial.words) == (Trial.State.DONE, "second words", 2)
    assert trial.packed is not None
    read = unpack(trial.packed)
    assert (read.width, read.height, read.words[0].text) == (600, 240, "second")
    assert read.words[0].box.y0 >= 90
    with storage.open_file(trial.picture) as file, Image.open(file) as picture:
        assert picture.size == (590, 80)  # with the border that an engine wants around letters
    page.refresh_from_db()
    assert page.current
    assert page.current.text == "Hello world"


def test_each_cleaning_gives_words_and_a_picture(page: Page, owner: User) -> None:
    trials.try_cleanings(user=owner, page=page)
    for trial in page.trials.all():
        trying.work(trial_id=trial.pk)
    done = {trial.cleaning: trial for trial in page.trials.all()}
    assert {trial.state for trial in done.values()} == {Trial.State.DONE}
    assert done["none"].text == "first words\nsecond words\nthird words"
    assert done["none"].mean_confidence
    assert done["none"].mean_confidence > 80
    with storage.open_file(done["invert"].picture) as file, Image.open(file) as picture:
        assert picture.convert("L").getpixel((2, 2)) == 0


@pytest.mark.parametrize("is_part", [False, True])
def test_the_picture_is_what_the_engine_saw_and_the_page_is_cleaned_once(
    page: Page, owner: User, echo: EchoEngine, monkeypatch: pytest.MonkeyPatch, *, is_part: bool
) -> None:
    seen, cleaned = list[Image.Image](), list[Image.Image]()

    def read(image: Image.Image) -> tuple[Block, ...]:
        seen.append(image.copy())
        return blocks("Hello world")

    def clean(image: Image.Image, cleaning: Cleaning) -> Image.Image:
        cleaned.append(image)
        return kinds.cleaned(image, cleaning)

    echo.reads = read
    monkeypatch.setattr(prepare, "cleaned", clean)
    Document.objects.update(cleaning=Cleaning.INVERT)
    page.document.refresh_from_db()
    trials.try_cleanings(user=owner, page=page)
    trial = asked(page, owner) if is_part else page.trials.get(cleaning=Cleaning.INVERT)
    trying.work(trial_id=trial.pk)
    assert (len(cleaned), len(seen)) == (1, 1)
    with storage.open_file(now(trial).picture) as file, Image.open(file) as picture:
        assert picture.size == seen[0].size
        assert picture.convert("L").getpixel((2, 2)) == seen[0].convert("L").getpixel((2, 2)) == 0


@pytest.mark.parametrize(("engine", "by_chosen"), [("rapidocr", 1), ("abacus", 0)])
def test_a_part_is_read_by_the_engine_that_was_chosen_if_it_still_runs_here(
    page: Page, owner: User, echo: EchoEngine, latin: EchoEngine, engine: str, by_chosen: int
) -> None:
    page.document.runs.update(asked_engine=engine)
    trial = asked(page, owner)
    trying.work(trial_id=trial.pk)
    assert (len(latin.calls), len(echo.calls)) == (by_chosen, 1 - by_chosen)


@pytest.mark.parametrize("cleaning", [None, "even"])
def test_a_trial_looks_for_no_better_languages(
    page: Page, owner: User, echo: EchoEngine, monkeypatch: pytest.MonkeyPatch, cleaning: str | None
) -> None:
    """Nobody is told of them."""
    looked: list[object] = []

    def better(*args: object) -> tuple[str, ...]:
        looked.append(args)
        return ()

    monkeypatch.setattr("documents.ocr.reading.better_languages", better)
    trials.try_cleanings(user=owner, page=page)
    trial = page.trials.get(cleaning=cleaning) if cleaning else asked(page, owner)
    trying.work(trial_id=trial.pk)
    assert (now(trial).state, looked) == (Trial.State.DONE, [])


def test_the_languages_that_were_found_on_a_part_are_kept(page: Page, owner: User) -> None:
    trial = trials.read_region(user=owner, page=page, region=Box(0, 0, 600, 240), languages=["detect"])
    trying.work(trial_id=trial.pk)
    packed = now(trial).packed
    assert packed is not None
    assert unpack(packed).languages == ("eng",)


def test_a_trial_is_read_by_the_engine_that_was_there_when_it_was_asked_for(
    page: Page, owner: User, echo: EchoEngine, latin: EchoEngine, settings: Settings
) -> None:
    trial = asked(page, owner)
    page.document.runs.update(asked_engine="rapidocr")
    settings.OCRSITE_ENGINE = "rapidocr"
    trying.work(trial_id=trial.pk)
    assert (len(echo.calls), len(latin.calls)) == (1, 0)


def test_a_trial_that_is_older_than_its_engine_is_read_by_that_of_the_site(
    page: Page, owner: User, echo: EchoEngine
) -> None:
    trial = asked(page, owner)
    Trial.objects.update(engine="")
    trying.work(trial_id=trial.pk)
    assert (now(trial).state, len(echo.calls)) == (Trial.State.DONE, 1)


def test_a_trial_is_worked_on_once(page: Page, owner: User, echo: EchoEngine) -> None:
    trial = asked(page, owner)
    for _call in range(2):
        trying.work(trial_id=trial.pk)
    assert len(echo.calls) == 1
    trying.work(trial_id=trial.pk + 1000)  # forgotten meanwhile


def test_a_page_that_takes_too_long_is_given_up_with_a_sentence(
    page: Page, owner: User, echo: EchoEngine
) -> None:
    def hang(_image: Image.Image) -> tuple[Block, ...]:
        raise EngineTimeout(seconds=120)

    echo.reads = hang
    trial = asked(page, owner)
    trying.work(trial_id=trial.pk)
    assert (now(trial).state, trial.error_code) == (Trial.State.FAILED, "engine-timeout")


def test_a_crash_is_tried_again_and_then_told(page: Page, owner: User, echo: EchoEngine, sent: Sent) -> None:
    def crash(_image: Image.Image) -> tuple[Block, ...]:
        raise EngineCrashed

    echo.reads = crash
    trial = asked(page, owner)
    for attempt in range(1, MAX_ATTEMPTS + 1):
        assert sent == [trial.pk] * attempt
        trying.work(trial_id=trial.pk)
    assert (now(trial).state, trial.error_code) == (Trial.State.FAILED, "engine-crashed")


def test_a_storage_that_is_away_costs_no_attempt(
    page: Page, owner: User, echo: EchoEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_args: object) -> str:
        raise StorageDown

    monkeypatch.setattr(storage, "save_bytes", away)
    trial = asked(page, owner)
    trying.work(trial_id=trial.pk)
    assert (now(trial).state, trial.attempts) == (Trial.State.WAITING, 0)


def test_a_worker_that_is_stopped_gives_the_trial_back(
    page: Page, owner: User, echo: EchoEngine, sent: Sent
) -> None:
    echo.reads = die
    trial = asked(page, owner)
    with pytest.raises(KeyboardInterrupt):
        trying.work(trial_id=trial.pk)
    assert (now(trial).state, trial.attempts, trial.token) == (Trial.State.WAITING, 0, None)
    assert sent == [trial.pk] * 2


def test_a_trial_whose_worker_was_killed_is_tried_again_and_given_up_in_the_end(
    page: Page, owner: User, sent: Sent
) -> None:
    trial = asked(page, owner)
    for attempt in range(MAX_ATTEMPTS):
        Trial.objects.update(state=Trial.State.WORKING, attempts=attempt + 1)
        expire(trial)
        last = trying.sweep()
    assert sent == [trial.pk] * MAX_ATTEMPTS
    assert last == 0
    assert (now(trial).state, trial.error_code) == (Trial.State.FAILED, "gave-up")


def test_the_queue_is_reminded_of_what_it_lost_and_only_of_that(page: Page, owner: User, sent: Sent) -> None:
    trial = asked(page, owner)
    assert trying.sweep() == 0  # it may still be there
    Trial.objects.update(asked_at=timezone.now() - timedelta(minutes=1))
    assert trying.sweep() == 1
    assert trying.sweep() == 0
    assert sent == [trial.pk] * 2


@pytest.mark.usefixtures("empty_storage")
def test_who_asks_anew_while_it_is_read_gets_no_old_result_and_no_file_stays(
    page: Page, owner: User, echo: EchoEngine
) -> None:
    echo.reads = lambda _image: (Trial.objects.all().delete(), ())[1]
    trial = asked(page, owner)
    trying.work(trial_id=trial.pk)
    assert not Trial.objects.exists()
    assert not default_storage.exists("pages") or not [
        name
        for folder in storage.folders()
        for name in storage.files_in(folder)
        if f"-trial{trial.pk}-" in name
    ]


def test_trials_are_forgotten_after_a_day(
    page: Page,
    owner: User,
    echo: EchoEngine,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    trial = asked(page, owner)
    trying.work(trial_id=trial.pk)
    trying.forget_old()
    picture = now(trial).picture
    assert default_storage.exists(picture)
    Trial.objects.update(asked_at=timezone.now() - trying.KEPT - timedelta(minutes=1))
    with django_capture_on_commit_callbacks(execute=True):
        trying.forget_old()
    assert not Trial.objects.exists()
    assert not default_storage.exists(picture)


def test_the_picture_of_a_trial_is_no_orphan(
    empty_storage: None, page: Page, owner: User, echo: EchoEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    trial = asked(page, owner)
    trying.work(trial_id=trial.pk)
    monkeypatch.setattr(storage, "modified_at", lambda _name: timezone.now() - timedelta(days=9))
    picture = now(trial).picture
    assert picture not in set(orphans())
    Trial.objects.all().delete()
    assert picture in set(orphans())
