"""Pages that seem to be in other languages than they were read in, as a sentence for a terminal."""

from collections.abc import Sequence

from django.utils.translation import gettext, ngettext

from documents.words import language_names, ranges
from documents.words.engines import why_unreadable


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
    advice = why_unreadable(languages, engine)
    if not advice:
        advice = gettext("To read it so: --languages %(codes)s") % {"codes": "+".join(languages)}
    return f"{told} {advice}"
