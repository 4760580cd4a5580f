"""Four small documents to try the site with. Drawn by ``documents/samples/make.py``."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from documents import samples
from documents.models import Document
from documents.services.receive import Incoming, receive_upload

_FOLDER = Path(samples.__file__).parent
_SAMPLES = {
    "letter.png": _("Sample: a letter in English and Russian"),
    "receipt.jpg": _("Sample: a crooked receipt"),
    "columns.png": _("Sample: two columns"),
    "minutes.pdf": _("Sample: a PDF of two pages"),
}


def add_samples(*, user: User) -> list[Document]:
    """Upload them for ``user``, languages to be detected. The same errors as ``receive_upload``."""
    return [
        receive_upload(user=user, files=[Incoming.from_path(_FOLDER / name)], languages=(), title=str(title))
        for name, title in _SAMPLES.items()
    ]
