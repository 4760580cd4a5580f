"""What texts of a page are called."""

from datetime import UTC, datetime

from documents.errors import PageChanged
from documents.models import OcrRun, Transcription
from documents.selectors.correcting import Version
from documents.words.versions import (
    kind_of,
    label_of,
    label_of_run,
    page_was_changed,
    who_changed,
    who_was_quicker,
)

_AT = datetime(2026, 5, 3, 14, 3, tzinfo=UTC)


def kind(text: Transcription) -> str:
    return kind_of(Version(text, None, 1, is_current=True, is_undone=False), is_whole_copy=False)


def test_a_reading_is_told_by_languages_engine_date_and_confidence() -> None:
    run = OcrRun(engine="tesseract", engine_version="5.3", languages=[], created_at=_AT, mean_confidence=81.5)
    text = Transcription(run=run, languages=["eng", "fra"], created_at=_AT, mean_confidence=86.6)
    assert label_of(text) == "English, French · Tesseract 5.3 · May 3, 2026, 2:03 p.m. · 87%"
    assert label_of_run(run) == "languages detected · Tesseract 5.3 · May 3, 2026, 2:03 p.m. · 82%"


def test_a_reading_of_cleaned_pages_says_so() -> None:
    run = OcrRun(engine="tesseract", engine_version="5.3", languages=["eng"], created_at=_AT, cleaning="even")
    assert label_of_run(run).startswith("English · Even light · Tesseract 5.3 · ")


def test_a_text_that_came_along_says_so() -> None:
    run = OcrRun(engine=OcrRun.IMPORT, created_at=_AT)
    text = Transcription(source=Transcription.Source.RUN, run=run, languages=["eng"], created_at=_AT)
    assert label_of(text) == "came with the image · May 3, 2026, 2:03 p.m."
    assert kind(text) == "Came with the image"


def test_a_text_of_somebody_who_is_gone_has_no_name() -> None:
    text = Transcription(source=Transcription.Source.PERSON, created_at=_AT, mean_confidence=100)
    assert label_of(text) == "corrected · May 3, 2026, 2:03 p.m. · 100%"


def test_saves_are_no_number_of_words_and_not_told() -> None:
    text = Transcription(source=Transcription.Source.PERSON, created_at=_AT)
    assert kind(text) == "Corrected"


def test_a_reading_without_known_languages_is_a_reading() -> None:
    text = Transcription(source=Transcription.Source.RUN, created_at=_AT)
    assert kind(text) == "Read by the engine"


def test_who_changed_a_page_is_told_where_it_is_known() -> None:
    error = PageChanged(name="ann", at=_AT.isoformat(), current=1)
    assert who_changed(error).startswith("ann changed this page on May 3, 2026, 2:03 p.m.")
    assert "your choice was not saved" in who_changed(error)
    assert who_was_quicker(error).startswith("ann changed this page on May 3, 2026, 2:03 p.m.")
    assert "your change was not saved" in who_was_quicker(error)
    assert page_was_changed(error).replace("\u202f", " ") == "ann changed this page (May 3, 2026, 2:03 p.m.)."
    for told in (who_changed, who_was_quicker, page_was_changed):
        assert told(PageChanged(name="", at="", current=1)).startswith("This page was changed meanwhile")
