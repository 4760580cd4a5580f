"""A download of many documents: one zip, packed in parts, then joined.

A part is a zip of its own in the storage. The action knows it from the transaction that notes its documents:
so a killed worker loses the part in hand at most, and the next one, on whatever machine, goes on behind it.
"""

import time
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.db import transaction

from documents import queues, selectors, storage
from documents.errors import BulkGaveUp, NoRight, NoRoomToPack, OcrsiteError, StorageFull
from documents.models import BulkAction, BulkItem, Document
from documents.services.bulk import hold
from documents.services.bulk.hold import PARTS, Lease
from documents.services.bulk.zips import Packing, append
from documents.services.export import Explain
from documents.services.leases import MAX_ATTEMPTS

# A part has so many documents at most, and no more are begun after so long: then pages have their turn.
_AT_ONCE = 25
_SECONDS = 2.0
_NAMES = "names"
"""In ``before`` of a document that was packed: what its files are called."""

Outcome = tuple[BulkItem, list[str] | OcrsiteError]


def pack(*, action: BulkAction, lease: Lease, explain: Explain) -> bool:
    """Pack some of the documents of ``action`` or, when none waits, store the zip as its ``file``.

    False when that is done. ``explain`` as in ``services.export``.
    Raises BulkGaveUp, NoRoomToPack, StorageDown.
    """
    items = _next(action)
    if action.attempts > MAX_ATTEMPTS:
        _give_up(lease, items)
        return True
    try:
        with TemporaryDirectory(dir=settings.OCRSITE_TMP_DIR) as folder, storage.full_disk_named():
            file = Path(folder) / "download.zip"
            if items:
                _pack_part(action, lease, items, explain, file)
            else:
                _join(action, lease, file)
    except StorageFull as error:
        # First nobody goes on without the parts, then they make room.
        if hold.end(lease, error_code=NoRoomToPack.code):
            forget_parts(action.pk)
        raise NoRoomToPack from error
    return bool(items)


def forget_parts(action_id: int) -> None:
    """Delete the parts of a download that is packed, or will not be: nobody adds any. Raises StorageDown."""
    over = BulkAction.objects.filter(pk=action_id)
    for params in over.values_list("params", flat=True):
        storage.delete(params.get(PARTS, []))
    with transaction.atomic():
        for action in over.select_for_update():
            action.params.pop(PARTS, None)
            action.save(update_fields=["params"])


def _next(action: BulkAction) -> list[BulkItem]:
    """For one part. Once a worker died, one document at a time: so it is found out which one it dies on."""
    waiting = action.items.filter(state=BulkItem.State.WAITING).order_by("pk")
    return list(waiting[: 1 if action.attempts > 1 else _AT_ONCE])


def _give_up(lease: Lease, items: Sequence[BulkItem]) -> None:
    if not items:
        raise BulkGaveUp
    hold.note_left(lease, items[0], BulkGaveUp())
    hold.note_headway(lease)


def _pack_part(
    action: BulkAction, lease: Lease, items: Sequence[BulkItem], explain: Explain, file: Path
) -> None:
    with queues.interruptible(), zipfile.ZipFile(file, "w") as archive:
        packing = Packing(archive, explain, taken=_names(action))
        outcomes = list(_packed(action, lease, items, packing))
        is_empty = not archive.namelist()
    if not hold.is_wanted(lease):
        return
    name = "" if is_empty else _stored(action, file)
    with transaction.atomic():
        if name and not hold.note_part(lease, name):
            storage.delete([name])
        for item, outcome in outcomes:
            if isinstance(outcome, OcrsiteError):
                hold.note_left(lease, item, outcome)
            else:
                hold.note_done(lease, item, {_NAMES: outcome})
        hold.note_headway(lease)


def _packed(
    action: BulkAction, lease: Lease, items: Sequence[BulkItem], packing: Packing
) -> Iterator[Outcome]:
    """What becomes of each of ``items``, until it is time to stop."""
    end = time.monotonic() + _SECONDS
    for item in items:
        yield item, _outcome(action, item, packing)
        if time.monotonic() > end or not hold.is_wanted(lease):
            return


def _outcome(action: BulkAction, item: BulkItem, packing: Packing) -> list[str] | OcrsiteError:
    """The names of its files, or why the document is left out."""
    try:
        return packing.add(_readable(action, item), action.params["formats"])
    except OcrsiteError as error:
        if error.is_outage or isinstance(error, StorageFull):
            raise
        return error


def _names(action: BulkAction) -> set[str]:
    """As they are compared, of all files in earlier parts."""
    packed = action.items.filter(state=BulkItem.State.DONE).values_list("before", flat=True)
    return {name.casefold() for before in packed.iterator() for name in before[_NAMES]}


def _readable(action: BulkAction, item: BulkItem) -> Document:
    document = selectors.documents_for(action.user).filter(pk=item.document_id).first()
    if document is None:
        raise NoRight
    return document


def _join(action: BulkAction, lease: Lease, file: Path) -> None:
    """Make one zip of the parts; there is none when nothing could be packed. A single part is the zip."""
    parts = action.params.get(PARTS, [])
    if action.file:  # by a worker that died behind it
        forget_parts(action.pk)
        return
    if len(parts) < 2:
        _take_over(lease, parts)
        return
    with queues.interruptible(), zipfile.ZipFile(file, "w") as whole:
        for name in parts:
            if not hold.is_wanted(lease):
                return
            with storage.local_path(name, once=True) as part:
                append(whole, part)
    name = _stored(action, file)
    if not hold.note_file(lease, name):
        storage.delete([name])
        return
    forget_parts(action.pk)


def _take_over(lease: Lease, parts: Sequence[str]) -> None:
    """The one part as the zip: from then on it is no part any more."""
    with transaction.atomic():
        if parts and hold.note_file(lease, parts[0]):
            hold.drop_param(lease, PARTS)


def _stored(action: BulkAction, file: Path) -> str:
    return storage.save_file(file, storage.download_name(action.pk), move=True)
