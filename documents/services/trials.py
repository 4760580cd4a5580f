"""Asking for readings that are tried, and taking over what came of them. Nothing changes before that.

The engine is the one that was chosen for the document, as far as it still runs here.
"""

from collections.abc import Collection, Sequence
from functools import partial

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from documents import packs, queues, selectors, storage
from documents.errors import PasswordNeeded, RegionMissing, RegionUnread
from documents.models import Document, OcrRun, Page, Transcription, Trial
from documents.ocr.elements import Box
from documents.ocr.options import Cleaning, Layout
from documents.ocr.packing import unpack
from documents.selectors import trials
from documents.services import correct, recognise
from documents.services.locks import lock_editable

_SMALLEST = 8  # pixels: no letter is smaller that can be read


def try_cleanings(*, user: User, page: Page) -> None:
    """Read ``page`` with each kind of cleaning, anew where it was tried before.

    Nothing where that is going on. Raises Gone, PasswordNeeded, LanguageMissing, LanguageBeyond,
    LanguageUnknown, EngineMissing.
    """
    engine = _engine_of(page)
    languages = list(packs.checked(_languages_of(page), engine))
    with transaction.atomic():
        _lock(page.document, user)
        if trials.under_way(page):
            return
        forget(page.trials.filter(region__isnull=True))
        asked = Trial.objects.bulk_create(
            Trial(page=page, asked_by=user, languages=languages, engine=engine, cleaning=cleaning)
            for cleaning in Cleaning
        )
        queues.try_readings([trial.pk for trial in asked])


def read_region(
    *,
    user: User,
    page: Page,
    region: Box,
    languages: Sequence[str] | str = (),
    layout: Layout = Layout.AUTO,
    engine: str = "",
    kept: Collection[int] = (),
) -> Trial:
    """Read what stands in ``region``, in pixels of the page, by itself; by default in the page's languages,
    by the engine of the document.

    ``detect`` finds them on the part. It is cleaned as the document says. Other parts that the person had
    read on this page are forgotten, but for those that are ``kept`` (any numbers, as they were sent). Raises
    RegionMissing, Gone, PasswordNeeded, LanguageMissing, LanguageBeyond, LanguageUnknown, EngineUnknown,
    EngineNotHere, EngineMissing.
    """
    engine = engine or _engine_of(page)
    asked = list(packs.checked(languages or _languages_of(page), engine))
    part = _on_page(region, page)
    with transaction.atomic():
        _lock(page.document, user)
        earlier = trials.regions_of(user, page)
        unwanted = set(earlier.values_list("pk", flat=True)).difference(kept)
        forget(earlier.filter(pk__in=unwanted))
        trial = Trial.objects.create(
            page=page,
            asked_by=user,
            languages=asked,
            engine=engine,
            cleaning=page.document.cleaning,
            layout=layout,
            region=list(part),
            rotation=page.rotation,
        )
        queues.try_readings([trial.pk])
    return trial


def put_region(*, user: User, page: Page, current_id: int, trial: Trial) -> Transcription:
    """Let what was read in the part take the place of what stands there.

    Raises RegionUnread, RegionMissing where the page was turned meanwhile, and as `correct.put_region`.
    """
    if trial.state != Trial.State.DONE or trial.packed is None or trial.part is None:
        raise RegionUnread
    read = unpack(trial.packed)
    if (page.rotation, page.width, page.height) != (trial.rotation, read.width, read.height):
        raise RegionMissing
    return correct.put_region(
        user=user, page=page, current_id=current_id, region=trial.part, blocks=read.blocks
    )


def read_cleaned(
    *,
    user: User,
    document: Document,
    languages: Sequence[str],
    pages: Sequence[int],
    cleaning: Cleaning | None,
    is_kept: bool,
    engine: str = "",
) -> OcrRun:
    """Read ``document``, or only its ``pages``, with that ``cleaning``; None is what the document says, and
    an empty ``engine`` the site's.

    Where it ``is_kept``, later readings of the document are cleaned so, too. Raises what
    `recognise.start_run` does.
    """
    with transaction.atomic():
        run = recognise.start_run(
            document=document, user=user, languages=languages, pages=pages, cleaning=cleaning, engine=engine
        )
        if is_kept and cleaning:
            Document.objects.filter(pk=document.pk).update(cleaning=cleaning)
    return run


def forget(unwanted: "QuerySet[Trial]") -> int:
    """Delete trials, and their pictures once that is committed. Returns how many they were."""
    names = list(unwanted.exclude(picture="").values_list("picture", flat=True))
    count = unwanted.delete()[0]
    transaction.on_commit(partial(storage.delete, names), robust=True)
    return count


def _lock(document: Document, user: User) -> None:
    lock_editable(document, user=user)
    if document.is_locked:
        raise PasswordNeeded


def _engine_of(page: Page) -> str:
    return packs.chosen(packs.usable(selectors.asked_engine(page.document)))


def _languages_of(page: Page) -> list[str]:
    """What the page's text is in, or else what was asked for."""
    current = list(page.current.languages) if page.current else []
    return current or selectors.asked_languages(page.document)


def _on_page(region: Box, page: Page) -> Box:
    """As much of ``region`` as lies on ``page``. Raises RegionMissing."""
    part = Box(max(0, region.x0), max(0, region.y0), min(page.width, region.x1), min(page.height, region.y1))
    if min(part.width, part.height) < _SMALLEST:
        raise RegionMissing
    return part
