"""Which text belongs to which image, where both came together: by their names, by the name of the image that
the text has inside, or because nothing else is possible."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePath

from documents.errors import InputError, TextAlone, TextOfAnother, TextPagesDiffer, TextTwice
from documents.ocr.elements import PageText
from documents.ocr.formats.readers import TextOfPage

_ENDING = re.compile(r"(?:\.(?:alto|page|hocr))?\.(?:xml|hocr|x?html?)$")
_UNKNOWN = frozenset({"", "-", "stdin", "unknown"})  # what Tesseract writes where the image has no name


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file of text under its name, with its pages (at least one)."""

    name: str
    pages: tuple[TextOfPage, ...]


@dataclass(frozen=True, slots=True)
class ImageFile:
    name: str
    page_count: int


Names = tuple[str, ...]
_Found = tuple[TextFile, TextOfPage]


def image_by_name(text_name: str, images: Names) -> int | None:
    """The place among ``images`` (names) of the one that a file of text is called like.

    ``scan.xml``, ``scan.alto.xml`` and ``scan.png.hocr`` are called like ``scan.png``.
    """
    return _same(_ENDING.sub("", _folded(text_name)), images)


def is_called_like_text(name: str) -> bool:
    """Whether a file has a name as files of text have it: ``scan.xml``, ``scan.hocr``, ``scan.html``."""
    return bool(_ENDING.search(_folded(name)))


def images_of(text: TextFile, images: Names) -> Sequence[int | None] | None:
    """For each page of ``text`` the place of its image among ``images`` (names); None: it cannot be told.

    The place is None for pages of other images in a text of several, of which one is here.
    """
    at = image_by_name(text.name, images)
    if at is not None:
        return [at] * len(text.pages)
    named = [_image_inside(page.image, images) for page in text.pages]
    if len(images) == 1:
        return _of_lone_image(text, named)
    return None if None in named else named


def _of_lone_image(text: TextFile, named: Sequence[int | None]) -> Sequence[int | None]:
    """All pages are its own, unless some name it: then without those that name another one."""
    if 0 not in named:
        return [0] * len(named)
    pairs = zip(text.pages, named, strict=True)
    return [0 if at == 0 or not _names_one(page.image) else None for page, at in pairs]


def paired(texts: Iterable[TextFile], images: Sequence[ImageFile]) -> dict[tuple[int, int], PageText]:
    """The texts by the place of their image and the index of the page in it (from 0).

    What a file says was not read is not among them. Raises TextAlone, TextOfAnother, TextPagesDiffer,
    TextTwice, each with the name of the file that is meant.
    """
    names = tuple(image.name for image in images)
    found: dict[int, list[_Found]] = {}
    loose: list[_Found] = []
    for text in texts:
        where = images_of(text, names)
        if where is None:
            loose += [(text, page) for page in text.pages]
            continue
        for at, page in zip(where, text.pages, strict=True):
            if at is not None:
                found.setdefault(at, []).append((text, page))
    if loose:
        _spread(loose, found, images)
    for at, pages in found.items():
        _check_names(pages, images[at])
    return {
        (at, index): page.page
        for at, pages in found.items()
        for index, page in _on_pages(pages, images[at]).items()
        if page.page
    }


def _spread(loose: Sequence[_Found], found: dict[int, list[_Found]], images: Sequence[ImageFile]) -> None:
    """Texts whose images cannot be told are theirs in order, where there is one for each page."""
    if found or len(loose) != sum(image.page_count for image in images):
        raise _about(TextAlone(), loose[0][0])
    rest = iter(loose)
    for at, image in enumerate(images):
        found[at] = [next(rest) for _page in range(image.page_count)]


def _check_names(found: Sequence[_Found], image: ImageFile) -> None:
    """That no text is called otherwise than its image and names another one inside, too.

    Of a file of several pages the names inside may be those of its pages before they were bound.
    """
    if image.page_count > 1:
        return
    for text, page in found:
        named = _last_part(page.image)
        is_told = image_by_name(text.name, (image.name,)) is not None
        if not is_told and _names_one(named) and _image_inside(named, (image.name,)) is None:
            raise _about(TextOfAnother(named=named, image=image.name), text)


def _on_pages(found: Sequence[_Found], image: ImageFile) -> Mapping[int, TextOfPage]:
    """The texts of one image by the index of their page: in order, or by the numbers that they tell."""
    if len(found) == image.page_count:
        return dict(enumerate(page for _text, page in found))
    files = Counter(text.name for text, _page in found)
    if len(files) > 1 and files[found[0][0].name] == image.page_count:
        twice = next(text for text, _page in found if text != found[0][0])
        raise _about(TextTwice(image=image.name), twice)
    by_number = {page.number - 1: page for _text, page in found if page.number}
    # A lone page that calls itself the first may be any, cut out of its book.
    is_told = len(by_number) == len(found) and max(by_number) < image.page_count and any(by_number)
    if not is_told:
        counts = {"texts": len(found), "pages": image.page_count}
        raise _about(TextPagesDiffer(image=image.name, **counts), found[0][0])
    return by_number


def _about(error: InputError, text: TextFile) -> InputError:
    error.file = text.name
    return error


def _image_inside(name: str, images: Names) -> int | None:
    """The image that a text names inside, by a path of any system; it may have been converted since."""
    base = _folded(_last_part(name))
    exact = _same(base, images)
    return _same(PurePath(base).stem, images) if exact is None and base else exact


def _names_one(inside: str) -> bool:
    return _folded(_last_part(inside)) not in _UNKNOWN


def _last_part(path: str) -> str:
    return re.split(r"[/\\]", path)[-1]


def _same(name: str, images: Names) -> int | None:
    """The image of that name, else the first that has it before its ending."""
    return _places(images).get(name) if name else None


@lru_cache(maxsize=4)
def _places(images: Names) -> Mapping[str, int]:
    whole = [_folded(image) for image in images]
    places: dict[str, int] = {}
    for names in (whole, [PurePath(name).stem for name in whole]):
        for at, name in enumerate(names):
            places.setdefault(name, at)
    return places


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
