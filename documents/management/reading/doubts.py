"""Pages that seem to be in other languages than they were read in, as a sentence for a terminal."""

from collections.abc import Sequence

from django.utils.translation import gettext, ngettext

from documents.errors import OcrsiteError
from documents.ocr.engines import get_engine
from documents.ocr.engines.base import require_readable
from documents.words import explain_error, language_names, ranges


def doubt_in_words(file: str, numbers: Sequence[int], languages: Sequence[str], engine: str) -> str:
    """What to say of the pages ``numbers`` of a ``file``, none where it is one page, that seem to be in
    ``languages`` (codes), and what to do about it."""
    if numbers:
        template = ngettext(
            "Page %(pages)s of %(file)s seems to be in %(languages)s.",
            "Pages %(pages)s of %(file)s seem to be in %(languages)s.",
            len(numbers),
        )
    else:
        template = gettext("%(file)s seems to be in %(languages)s.")
    names = language_names(languages)
    told = template % {"pages": ranges(numbers), "file": file, "languages": names}
    return f"{told} {_advice(languages, engine)}"


def _advice(languages: Sequence[str], engine: str) -> str:
    try:
        require_readable(languages, get_engine(engine))
    except OcrsiteError as error:
        return explain_error(error)
    return gettext("To read it so: --languages %(codes)s") % {"codes": "+".join(languages)}
