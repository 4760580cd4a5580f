"""The engines in the words of the reader: what they are called, good for, and cannot do."""

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.errors import EngineError, LanguageBeyond, LanguageMissing
from documents.ocr.engines import get_engine
from documents.ocr.engines.base import Inability, require_readable
from documents.packs import EngineState, chosen, engine_states, engines_here
from documents.words import engine_name, explain_error

# Of engines whose name says too little to who chooses.
_CHOICES = {
    "rapidocr": gettext_lazy("For photos and receipts (RapidOCR)"),
    "best": gettext_lazy("Best (Tesseract and RapidOCR)"),
}
_GOOD_FOR = {
    "tesseract": gettext_lazy("Print in most languages, with columns."),
    "tesserocr": gettext_lazy("The same in a newer version; it begins each page sooner."),
    "rapidocr": gettext_lazy("Latin, Chinese and Japanese script, and no other."),
    "best": gettext_lazy("Tesseract, and RapidOCR where that reads better."),
}
_CANNOT = {
    Inability.COLUMNS: gettext_lazy("It knows no columns."),
    Inability.LAYOUT: gettext_lazy("It cannot be told how the text stands."),
    Inability.MORE_LANGUAGES: gettext_lazy("No language can be added to those that it reads."),
    Inability.GLANCE: gettext_lazy("It cannot tell which way is up: Tesseract does."),
}
# What readers need not know to choose: another engine does it, or nobody asks for it in the same form.
_UNSEEN = frozenset(Inability) - {Inability.COLUMNS}


def engine_choices() -> list[tuple[str, str]]:
    """Of a form: that of the site first, by an empty name, then the others that can run here."""
    others = (name for name in engines_here() if name != settings.OCRSITE_ENGINE)
    return [("", _automatic()), *((name, str(_CHOICES.get(name, engine_name(name)))) for name in others)]


def _automatic() -> str:
    engine = settings.OCRSITE_ENGINE
    return _("Automatic (best)") if engine == "best" else _("Automatic (%s)") % engine_name(engine)


def engine_described(name: str) -> str:
    """What one reads and what it cannot do; for the empty name, the same of the site's."""
    if not name:
        return " ".join([_("Right for nearly everyone."), engine_described(settings.OCRSITE_ENGINE)])
    cannot = get_engine(name).cannot - _UNSEEN
    return " ".join([str(_GOOD_FOR.get(name, "")), *shortcomings(cannot)]).strip()


def readable_by(name: str) -> list[str]:
    """The codes of all that an engine will ever read, by an empty name the site's; none where more can be
    installed."""
    engine = get_engine(chosen(name))
    if Inability.MORE_LANGUAGES not in engine.cannot:
        return []
    try:
        return sorted(engine.languages())
    except EngineError:  # the languages beside it say why
        return []


def why_unreadable(codes: Iterable[str], name: str) -> str:
    """What to do about the first of the languages that the engine ``name`` cannot read; empty where it reads
    all of them."""
    try:
        require_readable(codes, get_engine(name))
    except (LanguageMissing, LanguageBeyond, EngineError) as error:
        return explain_error(error)
    return ""


def shortcomings(cannot: frozenset[Inability]) -> list[str]:
    """A sentence for each, in a fixed order."""
    return [str(sentence) for inability, sentence in _CANNOT.items() if inability in cannot]


def report() -> Iterator[str]:
    """A line for each engine there is: its version, how many languages it reads and what it cannot do, or why
    it cannot run here."""
    for state in engine_states():
        yield f"{state.name:12} {_told(state)}"


def _told(state: EngineState) -> str:
    if state.problem:
        return explain_error(state.problem)
    counts = {"version": state.version, "number": len(state.languages)}
    counted = _("%(version)s, languages: %(number)s.") % counts
    return " ".join([counted, *shortcomings(state.cannot)])
