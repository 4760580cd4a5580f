"""What a caller may ask of a reading, and the limits under which files are opened."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Refuse a file beyond these, before it is decoded."""

    max_pixels: int = 300_000_000  # of one page
    max_pages: int = 2_000


@dataclass(frozen=True, slots=True)
class Options:
    """How to read a page. ``languages`` empty means: find them on the page itself."""

    languages: tuple[str, ...] = ()
    engine: str = "tesseract"
    max_pixels: int = 60_000_000  # larger images are scaled down before the engine sees them
    orient: bool = True  # turn a page that lies on its side or stands on its head
    deskew: bool = True  # straighten a crooked page
    timeout: float = 120.0  # seconds, for one page
