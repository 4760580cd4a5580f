"""The picture of a page as it was made straight for the engine: drawn when somebody asks for it, and kept."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from PIL import Image

from documents import storage
from documents.models import Page
from documents.ocr.clean import Look, rotate, straightening

KIND, EXTENSION = "cleaned", ".jpg"


@dataclass(frozen=True, slots=True)
class Cleaned:
    """``degrees`` clockwise straightened the page; 0.0, and no picture, where it was read as it is."""

    degrees: float
    name: str = ""


def cleaned(*, page: Page) -> Cleaned:
    """Raises StorageError."""
    name = storage.derived_name(page.image, KIND, EXTENSION)
    if storage.exists(name):
        return Cleaned(_degrees_in(name), name)
    with storage.open_file(page.image) as file, Image.open(file) as picture:
        degrees = straightening(picture, Look.at(picture))
        if not degrees:
            return Cleaned(0.0)
        _keep(picture, degrees, name)
    return Cleaned(degrees, name)


def _keep(picture: Image.Image, degrees: float, name: str) -> None:
    """As a JPEG that says in its comment by how much it was turned; nobody meets half of it."""
    about = {"icc_profile": picture.info.get("icc_profile"), "comment": f"{degrees:.2f}".encode()}
    with TemporaryDirectory(dir=settings.OCRSITE_TMP_DIR) as folder:
        target = Path(folder) / "cleaned"
        with storage.full_disk_named():
            rotate(picture, degrees).save(target, "JPEG", quality=80, **about)
        storage.save_derived(target, name)


def _degrees_in(name: str) -> float:
    with storage.open_file(name) as file, Image.open(file) as picture:
        return float(picture.info["comment"])
