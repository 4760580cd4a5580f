"""The work of a trial, held by a token and a lease as that of a page is (`documents.services.leases`)."""

import logging
import uuid
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from PIL import Image

from documents import packs, queues, storage
from documents.errors import GaveUp, OcrsiteError
from documents.models import Trial
from documents.ocr.elements import PageText
from documents.ocr.files.load import open_page
from documents.ocr.options import Cleaning, Layout, Options
from documents.ocr.packing import pack
from documents.ocr.parts import cut_out, read_part
from documents.ocr.shown import Shown
from documents.ocr.tiled import read_opened
from documents.queues.base import TRY_READING
from documents.services.leases import FORGOTTEN, LEASE, MAX_ATTEMPTS, renewing
from documents.services.recognise import limits, named
from documents.services.trials import forget

logger = logging.getLogger(__name__)

KEPT = timedelta(days=1)
_SHOWN = 1400  # pixels of the longer side: large enough to see what became of the letters
_REMINDED_AT_ONCE = 100
_State = Trial.State


@dataclass(frozen=True, slots=True)
class _Lease:
    trial_id: int
    token: uuid.UUID


def work(*, trial_id: int) -> None:
    """Try the reading, from the claim to the written result; nothing when somebody else has it."""
    lease = _claim(trial_id)
    if lease is None:
        return
    try:
        _try(lease)
    except BaseException as error:
        # A worker that is being stopped is no fault of the page.
        _put_back(lease, count_attempt=isinstance(error, Exception))
        raise


def _claim(trial_id: int) -> _Lease | None:
    now = timezone.now()
    token = uuid.uuid4()
    free = Q(state=_State.WAITING) | Q(state=_State.WORKING, lease_until__lt=now)
    claimed = Trial.objects.filter(free, pk=trial_id, attempts__lt=MAX_ATTEMPTS).update(
        state=_State.WORKING, token=token, lease_until=now + LEASE, attempts=F("attempts") + 1
    )
    return _Lease(trial_id, token) if claimed else None


def _try(lease: _Lease) -> None:
    """Read it, or write down why it cannot be read."""
    trial = Trial.objects.select_related("page__original", "page__document").filter(pk=lease.trial_id).first()
    if trial is None:  # forgotten meanwhile
        return
    try:
        with renewing(lambda: _renew(lease), name=f"trial-{trial.pk}"):
            _read(lease, trial)
    except (OcrsiteError, OSError) as error:
        _fail(lease, trial, named(error))


def _read(lease: _Lease, trial: Trial) -> None:
    page, original = trial.page, trial.page.original
    options = Options(
        languages=tuple(trial.languages),
        engine=packs.chosen(trial.engine),
        cleaning=Cleaning(trial.cleaning),
        layout=Layout(trial.layout),
        suggest=False,
        timeout=float(settings.OCRSITE_PAGE_TIMEOUT),
    )
    part = trial.part
    with queues.interruptible(), storage.local_path(original.readable or original.file) as path:
        opened = open_page(path, page.index, limits=limits(), max_pixels=options.max_pixels)
        shown = Shown(_SHOWN)
        if part is None:
            read = read_opened(opened, options, shown)
        else:
            read = read_part(cut_out(opened, trial.rotation, part), options, shown.whole)
    with ExitStack() as undo:
        name = storage.save_bytes(
            _jpeg(shown.image), storage.picture_name(page.document_id, page.number, f"trial{trial.pk}")
        )
        undo.callback(storage.delete, [name])
        if _finish(lease, read, name):
            undo.pop_all()


def _jpeg(image: Image.Image) -> bytes:
    file = BytesIO()
    image.save(file, "JPEG", quality=80, icc_profile=image.info.get("icc_profile"))
    return file.getvalue()


def _finish(lease: _Lease, read: PageText, picture: str) -> bool:
    """False when the lease was lost meanwhile, or the trial is not wanted any more."""
    return _end(
        lease,
        state=_State.DONE,
        picture=picture,
        words=len(read.words),
        mean_confidence=read.confidence,
        text=read.text,
        packed=pack(read),
    )


def _fail(lease: _Lease, trial: Trial, error: OcrsiteError) -> None:
    logger.warning("A trial of page %s of %s: %s", trial.page.number, trial.page.document_id, error)
    if error.is_outage:
        _let_go(lease, count_attempt=False)
    elif error.retryable and trial.attempts < MAX_ATTEMPTS:
        _put_back(lease, count_attempt=True)
    else:
        _end(lease, state=_State.FAILED, error_code=error.code, error_params=error.params)


def _end(lease: _Lease, **result: object) -> bool:
    ended = {"token": None, "lease_until": None, "finished_at": timezone.now()}
    return bool(_held(lease).update(**ended, **result))


def _put_back(lease: _Lease, *, count_attempt: bool) -> None:
    """Let it wait again, for any worker."""
    with transaction.atomic():
        if _let_go(lease, count_attempt=count_attempt):
            queues.try_readings([lease.trial_id])


def _let_go(lease: _Lease, *, count_attempt: bool) -> int:
    """Let it wait until the sweep enqueues it."""
    return _held(lease).update(
        state=_State.WAITING,
        token=None,
        lease_until=timezone.now() + FORGOTTEN,
        attempts=F("attempts") - (0 if count_attempt else 1),
    )


def _renew(lease: _Lease) -> None:
    _held(lease).update(lease_until=timezone.now() + LEASE)


def _held(lease: _Lease) -> "QuerySet[Trial]":
    return Trial.objects.filter(pk=lease.trial_id, state=_State.WORKING, token=lease.token)


def sweep() -> int:
    """Free trials whose worker died, give up those on which several did, and remind the queue of the others.

    Safe to run from any process at any time. Returns how many it enqueued. Raises QueueDown.
    """
    now = timezone.now()
    Trial.objects.filter(state=_State.WORKING, lease_until__lt=now).update(state=_State.WAITING, token=None)
    waiting = Trial.objects.filter(state=_State.WAITING)
    waiting.filter(attempts__gte=MAX_ATTEMPTS).update(
        state=_State.FAILED,
        finished_at=now,
        error_code=GaveUp.code,
        error_params={"attempts": MAX_ATTEMPTS},
    )
    due = waiting.filter(Q(lease_until__lt=now) | Q(lease_until=None, asked_at__lt=now - FORGOTTEN))
    if not due.exists():
        return 0
    # As with pages: what cannot be looked into is sent as many as it lacks.
    lacking = min(waiting.count() - queues.length(TRY_READING), _REMINDED_AT_ONCE)
    return _remind(due, lacking) if lacking > 0 else 0


def _remind(due: "QuerySet[Trial]", most: int) -> int:
    with transaction.atomic():
        held = due.select_for_update(skip_locked=True).order_by("pk")
        ids = list(held.values_list("pk", flat=True)[:_REMINDED_AT_ONCE])
        lost = queues.forgotten(ids, TRY_READING)[:most]
        Trial.objects.filter(pk__in=lost).update(lease_until=timezone.now() + FORGOTTEN)
        queues.try_readings(lost)
    return len(lost)


def forget_old() -> None:
    """Remove trials after a day, and their pictures."""
    forget(Trial.objects.filter(asked_at__lt=timezone.now() - KEPT))
