"""The making of a searchable PDF: pages as they came, with our text unseen upon them.

This runs in a process of its own, which `write` of this package starts.
"""

import json
import os
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

from pikepdf import Dictionary, Name, PasswordError, Pdf, PikepdfError

from documents.errors import FileDamaged, OcrsiteError, PasswordNeeded
from documents.ocr.files.apart import limit_memory, told
from documents.ocr.files.filetypes import PDF, read_type
from documents.ocr.pdf.archival import make_archival
from documents.ocr.pdf.collecting import collect
from documents.ocr.pdf.request import About, Request, load
from documents.ocr.pdf.writing import write_text

_PRODUCER = "ocrsite"
# To be PDF/A or PDF/UA (ISO 19005-2, 6.6.4; ISO 14289-1, 5). Nobody looks whether it is so with our text.
_CLAIMS = ("{http://www.aiim.org/pdfa/ns/id/}", "{http://www.aiim.org/pdfua/ns/id/}")


def bind(request: Request, target: BinaryIO, folder: Path) -> None:
    """Write the PDF into ``target``; what is made on the way lies in ``folder``.

    Raises FileDamaged, PasswordNeeded, PageMissing, TooManyPixels, TooManyPages, OSError.
    """
    with ExitStack() as opened:
        try:
            pdf = collect(request, folder, opened)
            write_text(pdf, request, opened)
            is_new = all(read_type(path) != PDF for path in request.files)
            _describe(pdf, request.about, is_archival=is_new and make_archival(pdf))
            # PDF/A-2 is made of PDF 1.7; what is older has no word for the kind of our font.
            pdf.save(target, min_version="1.7" if is_new else "1.4")
        except PasswordError as error:
            raise PasswordNeeded from error
        except PikepdfError as error:
            raise FileDamaged from error


def _describe(pdf: Pdf, about: About, *, is_archival: bool) -> None:
    """Say what it is, in the form that programs look for it (XMP), and in the older one."""
    if about.language:
        pdf.Root.Lang = about.language
    if not isinstance(pdf.Root.get(Name.ViewerPreferences), Dictionary):
        pdf.Root.ViewerPreferences = Dictionary()
    pdf.Root.ViewerPreferences.DisplayDocTitle = True
    with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["dc:title"] = about.title
        metadata["pdf:Producer"] = _PRODUCER
        metadata["xmp:ModifyDate"] = about.made_at
        for claim in [key for key in metadata if key.startswith(_CLAIMS)]:
            del metadata[claim]
        if is_archival:
            metadata["xmp:CreateDate"] = about.made_at
            metadata["pdfaid:part"] = "2"
            metadata["pdfaid:conformance"] = "B"


def main(target: int, memory: int, folder: str) -> None:
    """Answer the request on standard input with a PDF in the file descriptor ``target``, within ``memory``
    bytes of address space, and with what went wrong on standard output."""
    limit_memory(memory)
    json.dump(_answer(target, Path(folder)), sys.stdout)


def _answer(target: int, folder: Path) -> dict[str, object]:
    try:
        with os.fdopen(target, "r+b") as file:
            bind(load(sys.stdin.buffer), file, folder)
    except (OcrsiteError, OSError) as error:
        return told(error)
    return {}


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
