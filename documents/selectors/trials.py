"""Readings that are tried: those of a page, and of the parts that somebody drew."""

from collections.abc import Iterable

from django.db.models import QuerySet

from accounts.models import User
from documents.models import Page, Transcription, Trial
from documents.ocr.correcting.regions import corrected_in
from documents.ocr.options import Cleaning
from documents.ocr.surest import surest

_UNDER_WAY = (Trial.State.WAITING, Trial.State.WORKING)


def cleanings_of(page: Page) -> list[Trial]:
    """One for each kind of cleaning, in their order, or none."""
    order = list(Cleaning)
    found = page.trials.filter(region__isnull=True)
    if under_way(page):  # so it is asked for each second, and what was read is shown in the end
        found = found.defer("packed", "text")
    return sorted(found, key=lambda trial: order.index(Cleaning(trial.cleaning)))


def cleaning_of(page: Page, trial_id: int) -> Trial:
    return page.trials.get(region__isnull=True, pk=trial_id)


def regions_of(user: User, page: Page) -> QuerySet[Trial]:
    """The parts that ``user`` had read: nobody else sees them."""
    return page.trials.filter(region__isnull=False, asked_by=user)


def corrections_in(trial: Trial) -> int:
    """How many words that people corrected stand in the part that was read: they go where that is put in."""
    text, part = trial.page.current, trial.part
    if text is None or part is None or text.source != Transcription.Source.PERSON:
        return 0
    reading = text.reading
    return len(corrected_in(part, text.page_text, reading.page_text if reading else None))


def under_way(page: Page) -> bool:
    """Is a cleaning being tried?"""
    return page.trials.filter(region__isnull=True, state__in=_UNDER_WAY).exists()


def surest_of(trials: Iterable[Trial]) -> Trial | None:
    """The one to recommend, once all are over; None where none read a word."""
    return surest({trial: trial.read for trial in trials if trial.read})
