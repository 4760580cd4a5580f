"""Texts that come along with their images (hOCR, ALTO, PAGE): which files are texts, and of which pages.

A file is told from its content, never from its name; the names only tell what belongs together.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import compress

from documents.errors import InputError, PasswordAlone, TextAlone
from documents.ocr.files.load import FileInfo
from documents.ocr.files.texttypes import text_type
from documents.ocr.formats.readers import read_text
from documents.ocr.packing import pack
from documents.ocr.pairing import ImageFile, TextFile, image_by_name, images_of, paired
from documents.services.incoming import Incoming


def grouped(files: Sequence[Incoming]) -> list[list[Incoming]]:
    """What of ``files`` is to become one document: each image, with its texts behind it.

    A text of several images is in the group of each. One that belongs to none, or cannot be read, is a group
    by itself, which `receive_upload` refuses with the reason.
    """
    kinds = [_looks_like_text(file) for file in files]
    groups = [[file] for file, is_text in zip(files, kinds, strict=True) if not is_text]
    names = tuple(image.name for [image] in groups)
    for file in compress(files, kinds):
        text, places = _placed(file, names)
        for place in places:
            groups[place].append(text)
        if not places:
            groups.append([text])
    return groups


def parted(files: Sequence[Incoming]) -> tuple[list[Incoming], dict[Incoming, FileInfo]]:
    """The images (and PDFs), and the texts among ``files``. Raises TextUnknown, TextAlone without images."""
    images: list[Incoming] = []
    texts: dict[Incoming, FileInfo] = {}
    for file in files:
        with about(file):
            kind = text_type(file.path)
        if kind is None:
            images.append(file)
        else:
            # It may be of several documents, so it is copied into the storage.
            texts[replace(file, is_temporary=False)] = FileInfo(kind.media_type, kind.extension, 0)
    if texts and not images:
        with about(next(iter(texts))):
            raise TextAlone
    return images, texts


def given(
    images: Sequence[Incoming], infos: Sequence[FileInfo], texts: Sequence[Incoming]
) -> Mapping[tuple[int, int], bytes]:
    """The packed texts of pages, by the place of their image among ``images`` and their index in it.

    Raises InputError with the name of the file that cannot be used.
    """
    if not texts:
        return {}
    for image, info in zip(images, infos, strict=True):
        if info.is_locked:
            with about(image):
                raise PasswordAlone
    counted = [ImageFile(file.name, info.page_count) for file, info in zip(images, infos, strict=True)]
    found = paired([_read(text) for text in texts], counted)
    return {place: pack(page) for place, page in found.items()}


@contextmanager
def about(file: Incoming) -> Iterator[None]:
    """What is wrong with a file is said under its name, unless it names another one."""
    try:
        yield
    except InputError as error:
        error.file = error.file or file.name
        raise


def _read(file: Incoming) -> TextFile:
    with about(file):
        return TextFile(file.name, file.pages or tuple(read_text(file.path)))


def _looks_like_text(file: Incoming) -> bool:
    try:
        return text_type(file.path) is not None
    except InputError:
        return False


def _placed(file: Incoming, images: tuple[str, ...]) -> tuple[Incoming, list[int]]:
    """The images of a text; it is only read where its name does not tell, and keeps what was read then."""
    at = image_by_name(file.name, images)
    if at is not None:
        return file, [at]
    try:
        text = _read(file)
    except InputError:
        return file, []
    places = {at for at in images_of(text, images) or () if at is not None}
    return replace(file, pages=text.pages), sorted(places)
