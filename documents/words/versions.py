"""The texts of a page in words: who or what wrote one, and when."""

from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from documents.errors import PageChanged
from documents.models import OcrRun, Transcription
from documents.ocr.options import Cleaning
from documents.selectors.correcting import Version
from documents.words import explain_error, figure, language_names
from documents.words.cleaning import label_of_cleaning
from documents.words.readers import programs_of


def label_of(text: Transcription) -> str:
    """What tells a text from others of its page: “English · Tesseract 5.3.0 · 3 May 2026, 14:03 · 87%”."""
    parts = [_origin(text), _moment(text), _percent(text.mean_confidence)]
    return " · ".join(part for part in parts if part)


def label_of_run(run: OcrRun) -> str:
    """The same of a reading of a document."""
    date = date_format(localtime(run.created_at), "DATETIME_FORMAT")
    return " · ".join(part for part in (_reading(run), date, _percent(run.mean_confidence)) if part)


def kind_of(version: Version, *, is_whole_copy: bool) -> str:
    """What was done: “read in English”, “corrected”, “restored: …”."""
    text = version.text
    if text.source == Transcription.Source.RUN:
        return _read(text)
    if text.together:
        return _("Corrected everywhere in the document")
    if text.taken_from is None:
        return _("Corrected")
    template = _("Restored: %(text)s") if is_whole_copy else _("Took words over from: %(text)s")
    return template % {"text": label_of(text.taken_from)}


def who_changed(error: PageChanged) -> str:
    """Why a choice was not saved, and by whom and when the page was changed instead, where it is known."""
    template = _(
        "%(name)s changed this page on %(date)s, so your choice was not saved. "
        "Look at the new text, then choose again."
    )
    return _filled(template, error)


def who_was_quicker(error: PageChanged) -> str:
    """The same of words that were typed."""
    template = _(
        "%(name)s changed this page on %(date)s, so your change was not saved. Look at the new text first."
    )
    return _filled(template, error)


def page_was_changed(error: PageChanged) -> str:
    """By whom and when, for a script that knows itself what follows from it."""
    otherwise = _("This page was changed meanwhile.")
    return _filled(_("%(name)s changed this page (%(date)s)."), error, otherwise)


def _filled(template: str, error: PageChanged, otherwise: str = "") -> str:
    at = parse_datetime(str(error.params["at"]))
    name = error.params["name"]
    if not at or not name:
        return otherwise or explain_error(error)
    return template % {"name": name, "date": date_format(localtime(at), "DATETIME_FORMAT")}


def _read(text: Transcription) -> str:
    if _came_along(text):
        return _("Came with the image")
    if not text.languages:
        return _("Read by the engine")
    return _("Read by the engine in %(languages)s") % {"languages": language_names(text.languages)}


def _came_along(text: Transcription) -> bool:
    return text.run is not None and (text.run.engine == OcrRun.IMPORT or text.came_along)


def _origin(text: Transcription) -> str:
    if _came_along(text):
        return _("came with the image")
    if text.run:
        return _reading(text.run, text.languages)
    if text.author:
        return _("corrected by %(name)s") % {"name": text.author.get_username()}
    return _("corrected")


def _reading(run: OcrRun, languages: list[str] | None = None) -> str:
    """In ``languages``, which the page was read in, or in those that were asked for."""
    if run.engine == OcrRun.IMPORT:
        return _("came with the image")
    found = languages if languages is not None else run.languages
    names = language_names(found) if found else _("languages detected")
    cleaned = label_of_cleaning(run.cleaning) if run.cleaning not in (Cleaning.AUTO, Cleaning.NONE) else ""
    engine = programs_of(run.engine, run.engine_version)
    return " · ".join(filter(None, (names, cleaned, engine)))


def _moment(text: Transcription) -> str:
    return date_format(localtime(text.created_at), "DATETIME_FORMAT")


def _percent(confidence: float | None) -> str:
    return _("%(percent)s%%") % {"percent": figure(round(confidence))} if confidence is not None else ""
