"""What is done to pages before they are read, in the words of the reader."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from documents.ocr.elements import Cure, Treatment
from documents.ocr.options import Cleaning
from documents.words import figure

CLEANINGS = (
    (Cleaning.AUTO.value, _("Automatic")),
    (Cleaning.NONE.value, _("As it is")),
    (Cleaning.EVEN.value, _("Even light")),
    (Cleaning.BLACK_AND_WHITE.value, _("Black and white")),
    (Cleaning.DENOISE.value, _("Without specks")),
    (Cleaning.SHARPEN.value, _("Sharper")),
    (Cleaning.INVERT.value, _("Inverted")),
)

_GOOD_FOR = {
    Cleaning.AUTO: _(
        "The default, for nearly all pages: what is measured on the page is put right, and nothing else."
    ),
    Cleaning.NONE: _("Where cleaning does harm."),
    Cleaning.EVEN: _("For shadows and yellowed paper."),
    Cleaning.BLACK_AND_WHITE: _("For faint print and stained paper."),
    Cleaning.DENOISE: _("For grain and small dots."),
    Cleaning.SHARPEN: _("For a blurred photo."),
    Cleaning.INVERT: _("For light letters on dark ground."),
}

_DONE = {
    Cure.SHEET: _("sheet cut out"),
    Cure.INVERTED: _("light and dark exchanged"),
    Cure.PANELS: _("light letters made dark"),
    Cure.EVENED: _("shadow evened"),
    Cure.DENOISED: _("grain taken out"),
    Cure.BLEED: _("print of the other side taken out"),
    Cure.SHARPENED: _("blur sharpened"),
    Cure.SPLIT: _("facing pages read one after the other"),
    Cure.STRAIGHTENED: _("straightened by %(amount)s°"),
    Cure.LEVELLED: _("bent lines made level"),
    Cure.SCALED: _("letters made %(amount)s times as large"),
}


_TURNED = {
    90: _("turned by 90° to the right"),
    180: _("turned by 180°"),
    270: _("turned by 90° to the left"),
}


def done_before_reading(treatments: Iterable[Treatment]) -> list[str]:
    """What was done to a page before it was read, each in a few words; unknown treatments are left out."""
    words = {cure.value: said for cure, said in _DONE.items()}
    return [
        words[cure] % {"amount": figure(round(abs(amount), 1))}
        for cure, amount in treatments
        if cure in words
    ]


def turned_before_reading(rotation: int) -> list[str]:
    """How a page was turned to be upright, by degrees clockwise; empty where it lay so, or nobody says."""
    return [str(_TURNED[rotation])] if rotation in _TURNED else []


def label_of_cleaning(cleaning: str) -> str:
    return str(dict(CLEANINGS)[cleaning])


def good_for(cleaning: str) -> str:
    return str(_GOOD_FOR[Cleaning(cleaning)])
