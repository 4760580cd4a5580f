"""Taking a document away: its text in a format, or its original as it came."""

import zipfile
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO

from django.conf import settings

from documents import storage
from documents.models import Document


@dataclass(frozen=True, slots=True)
class Original:
    """An open file, what it should be called, and its media type."""

    file: IO[bytes]
    name: str
    media_type: str


def original(*, document: Document) -> Original:
    """The file as it was uploaded; several come as a zip. Raises OriginalMissing."""
    originals = list(document.originals.all())
    if len(originals) == 1:
        only = originals[0]
        return Original(storage.open_file(only.file), only.name, only.media_type)
    packed = TemporaryFile(dir=settings.OCRSITE_TMP_DIR)  # noqa: SIM115 -- closed by who reads it
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for row in originals:
            with (
                storage.open_file(row.file) as source,
                archive.open(f"{row.position + 1:03d} {row.name}", "w") as target,
            ):
                while chunk := source.read(1 << 20):
                    target.write(chunk)
    packed.seek(0)
    return Original(packed, f"{document.title}.zip", "application/zip")
