"""What is done to pages before they are read, in the words of the reader."""

from django.utils.translation import gettext_lazy as _

from documents.ocr.options import Cleaning

CLEANINGS = (
    (Cleaning.NONE.value, _("As it is")),
    (Cleaning.EVEN.value, _("Even light")),
    (Cleaning.BLACK_AND_WHITE.value, _("Black and white")),
    (Cleaning.DENOISE.value, _("Without specks")),
    (Cleaning.SHARPEN.value, _("Sharper")),
    (Cleaning.INVERT.value, _("Inverted")),
)

_GOOD_FOR = {
    Cleaning.NONE: _("Good for most scans."),
    Cleaning.EVEN: _("For shadows and yellowed paper."),
    Cleaning.BLACK_AND_WHITE: _("For faint print and stained paper."),
    Cleaning.DENOISE: _("For grain and small dots."),
    Cleaning.SHARPEN: _("For a blurred photo."),
    Cleaning.INVERT: _("For light letters on dark ground."),
}


def label_of_cleaning(cleaning: str) -> str:
    return str(dict(CLEANINGS)[cleaning])


def good_for(cleaning: str) -> str:
    return str(_GOOD_FOR[Cleaning(cleaning)])
