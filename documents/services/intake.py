"""Files that lie on this machine's disk come in, each once: what the import and the watched folder share."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.db.models import Q, QuerySet

from accounts.models import User
from documents import storage
from documents.errors import (
    AlreadyHere,
    CollectionGone,
    InputError,
    LanguageBeyond,
    LanguageMissing,
    LanguageUnknown,
    PersonUnknown,
)
from documents.models import Collection, Document, Original
from documents.ocr.files import whole
from documents.ocr.files.texttypes import text_type
from documents.selectors.membership import editable_collections
from documents.services import along, organise
from documents.services.along import grouped
from documents.services.copying import copy_of, require_size
from documents.services.incoming import Incoming
from documents.services.receive import joint_hash, receive_upload
from documents.services.recognise import limits

OF_TERMS = (CollectionGone, LanguageBeyond, LanguageMissing, LanguageUnknown, PersonUnknown)
"""What tells of the terms under which files come in, and not of the file in hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """For whom files come in, and as what. ``languages`` empty means: find them on each page."""

    user: User
    collection: Collection
    languages: tuple[str, ...] = ()
    tag_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """What would become one document: an image or PDF, and the texts (hOCR, ALTO, PAGE) that belong to it.

    ``refusal`` says why there are no ``files`` to take.
    """

    paths: tuple[Path, ...]
    files: tuple[Incoming, ...] = ()
    refusal: InputError | OSError | None = None


def take_in(*, files: Sequence[Incoming], terms: Terms, arrived: datetime | None = None) -> Document:
    """Have ``files`` read as one document, once, however many bring them in at the same time.

    Raises AlreadyHere where there is a `twin`, FileChanged where one has not the bytes any more that were
    hashed, and what `require_terms`, `require_readable` and `receive_upload` do.
    """
    require_terms(terms)
    if same := twin(files=files, terms=terms, arrived=arrived):  # spares the storage a copy
        raise AlreadyHere(title=same.title)
    with _unchanging(files) as ours:
        require_readable(files=ours)
        return receive_upload(
            user=terms.user,
            files=ours,
            languages=terms.languages,
            collection=terms.collection,
            tag_names=terms.tag_names,
            unless=_here(terms, arrived),
        )


def require_terms(terms: Terms) -> None:
    """Raises PersonUnknown, CollectionGone: they may have been found long ago.

    `receive_upload` looks again at the collection when it holds that; this spares the storage a copy.
    """
    if not User.objects.filter(pk=terms.user.pk, is_active=True).exists():
        raise PersonUnknown(name=terms.user.get_username())
    organise.place_for(user=terms.user, collection_id=terms.collection.pk)


def twin(*, files: Sequence[Incoming], terms: Terms, arrived: datetime | None = None) -> Document | None:
    """The document of the same files that is in a collection to which the user may add documents.

    One in the trash counts, too, as the user may take it out; but not where ``arrived`` tells that the file
    came after that one was put there: who puts it here again wants it. Raises InputError where ``files``
    cannot be one document.
    """
    return _here(terms, arrived).filter(sha256=joint_hash(files)).first()


def _here(terms: Terms, arrived: datetime | None) -> QuerySet[Document]:
    mine = _mine(terms).order_by("created_at")
    return mine if arrived is None else mine.filter(Q(trashed_at=None) | Q(trashed_at__gt=arrived))


def _mine(terms: Terms) -> QuerySet[Document]:
    """What others only show to the user, and may take away again, is theirs."""
    return Document.objects.filter(collection__in=editable_collections(terms.user))


def came_with_another(*, file: Incoming, terms: Terms) -> bool:
    """Whether ``file`` is here as one of several of a document: a text that came in with its image."""
    parts = Original.objects.filter(document__in=_mine(terms), sha256=file.sha256)
    return parts.exclude(document__sha256=file.sha256).exists()


def is_whole(file: Incoming) -> bool:
    """Whether ``file`` reaches as far as it says, if its format tells. Raises InputError, OSError."""
    return text_type(file.path) is not None or whole.is_whole(file.path, limits())


def require_readable(*, files: Sequence[Incoming]) -> None:
    """Raises PageDamaged for an image that is cut off and whose only page cannot be read; other InputErrors.

    Who uploads a file sees what becomes of it; one that came in by itself would lie among what is done.
    """
    images, _texts = along.parted(files)
    for image in images:
        with along.about(image):
            whole.require_readable(image.path, limits())


def candidates(paths: Sequence[Path]) -> Iterator[Candidate]:
    """What is to become one document each, of ``paths`` of one folder.

    Files are hashed as the next candidate is asked for; all at once where texts are among them, which may
    belong to any.
    """
    if any(map(_is_text, paths)):
        yield from _in_groups(list(map(_hashed, paths)))
    else:
        yield from map(_hashed, paths)


@contextmanager
def _unchanging(files: Sequence[Incoming]) -> Iterator[list[Incoming]]:
    """``files``, with copies of those that others may write to meanwhile.

    Raises FileChanged, StorageFull, OSError.
    """
    with TemporaryDirectory(dir=settings.OCRSITE_TMP_DIR) as folder:
        yield [_unchanging_one(file, Path(folder) / str(place)) for place, file in enumerate(files)]


def _unchanging_one(file: Incoming, target: Path) -> Incoming:
    if file.is_temporary:
        return file
    with along.about(file), storage.full_disk_named():
        return copy_of(file, target)


def _in_groups(each: Sequence[Candidate]) -> Iterator[Candidate]:
    yield from (one for one in each if one.refusal)
    paths = {file: path for one in each for file, path in zip(one.files, one.paths, strict=False)}
    for group in grouped(list(paths)):
        yield Candidate(tuple(paths[file] for file in group), tuple(group))


def _hashed(path: Path) -> Candidate:
    try:
        require_size(path.stat().st_size)
        return Candidate((path,), (Incoming.from_path(path),))
    except (InputError, OSError) as error:
        return Candidate((path,), refusal=error)


def _is_text(path: Path) -> bool:
    try:
        return text_type(path) is not None
    except (InputError, OSError):
        return False
