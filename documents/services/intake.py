"""Files that lie on this machine's disk come in, each once: what the import and the watched folder share."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db.models import Q, QuerySet

from accounts.models import User
from documents import selectors
from documents.errors import AlreadyHere, FileTooLarge, InputError
from documents.models import Collection, Document, Original
from documents.ocr.files import whole
from documents.ocr.files.texttypes import text_type
from documents.services import along
from documents.services.along import grouped
from documents.services.incoming import Incoming
from documents.services.receive import joint_hash, receive_upload
from documents.services.recognise import limits


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

    Raises AlreadyHere where there is a `twin`, what `receive_upload` does, and what `require_readable` does.
    """
    if same := twin(files=files, terms=terms, arrived=arrived):  # spares the storage a copy
        raise AlreadyHere(title=same.title)
    require_readable(files=files)
    return receive_upload(
        user=terms.user,
        files=files,
        languages=terms.languages,
        collection=terms.collection,
        tag_names=terms.tag_names,
        unless=_here(terms, arrived),
    )


def twin(*, files: Sequence[Incoming], terms: Terms, arrived: datetime | None = None) -> Document | None:
    """The document of the same files that the user may see already.

    One in the trash counts, too, as the user may take it out; but not where ``arrived`` tells that the file
    came after that one was put there: who puts it here again wants it. Raises InputError where ``files``
    cannot be one document.
    """
    return _here(terms, arrived).filter(sha256=joint_hash(files)).first()


def _here(terms: Terms, arrived: datetime | None) -> QuerySet[Document]:
    in_sight = Document.objects.filter(collection__in=selectors.collection_ids(terms.user))
    if arrived is None:
        return in_sight.order_by("created_at")
    return in_sight.filter(Q(trashed_at=None) | Q(trashed_at__gt=arrived)).order_by("created_at")


def came_with_another(*, file: Incoming, terms: Terms) -> bool:
    """Whether ``file`` is here as one of several of a document: a text that came in with its image."""
    mine = Document.objects.filter(collection__in=selectors.collection_ids(terms.user))
    parts = Original.objects.filter(document__in=mine, sha256=file.sha256)
    return parts.exclude(document__sha256=file.sha256).exists()


def require_size(size: int) -> None:
    """Raises FileTooLarge for a file of so many bytes, as an upload is."""
    if size > settings.OCRSITE_MAX_UPLOAD_MB * 1_000_000:
        raise FileTooLarge(limit_mb=settings.OCRSITE_MAX_UPLOAD_MB)


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
