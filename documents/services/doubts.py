"""The offer to read pages again in other languages."""

from collections.abc import Sequence

from documents.models import Document, Transcription


def keep_languages(*, document: Document, suggested: Sequence[str]) -> int:
    """The pages that seem to be in the languages ``suggested`` (codes) are well as they were read: they are
    not offered in these any more. Gives how many these were."""
    current = document.pages.filter(current__suggested=list(suggested)).values("current")
    return Transcription.objects.filter(pk__in=current).update(suggested=None)
