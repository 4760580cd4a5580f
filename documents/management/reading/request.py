"""How the files of a call are to be read, and written."""

from dataclasses import dataclass
from typing import Any

from documents.ocr.formats import FORMATS, Format, form_of
from documents.ocr.options import Cleaning, Options

PDF = "pdf"
WANTED = (*FORMATS, PDF)
"""What a file can be made into."""

# Programs that read JSON take one object behind the other; XML and CSV begin with what may stand there once.
_TOGETHER = ("text/plain", "application/json")


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of each file. ``page`` counts from 1, None means all."""

    options: Options
    form: str
    is_laid_out: bool
    is_joined: bool
    page: int | None
    password: str | None

    @property
    def is_pdf(self) -> bool:
        """Is the file itself wanted, with its text upon it?"""
        return self.form == PDF

    def form_of(self, pages: int) -> Format:
        """How the text of a file is written; not of a PDF."""
        return form_of(
            self.form,
            is_alone=self.page is not None or pages == 1,
            is_laid_out=self.is_laid_out,
            is_joined=self.is_joined,
        )

    @property
    def may_be_joined(self) -> bool:
        """Can what is written of several files stand one behind the other?"""
        return not self.is_pdf and self.form_of(2).media_type.startswith(_TOGETHER)

    def extension(self, pages: int) -> str:
        return PDF if self.is_pdf else self.form_of(pages).extension

    def extensions(self) -> set[str]:
        return {self.extension(pages) for pages in (1, 2)}

    def as_values(self) -> dict[str, Any]:
        """What the text depends on, besides the file."""
        return {
            "format": [self.form, self.is_laid_out, self.is_joined, self.page],
            "languages": list(self.options.languages),
            "engine": self.options.engine,
            "max_pixels": self.options.max_pixels,
            **self._cleaning(),
        }

    def _cleaning(self) -> dict[str, str]:
        """Nothing for the usual one, so that texts made before others could be chosen count as they are."""
        kind = self.options.cleaning
        return {} if kind is Cleaning.AUTO else {"cleaning": kind.value}
