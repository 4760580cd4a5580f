"""Words, numbers and addresses as the pages show them."""

from collections.abc import Sequence

from django import template
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.errors import OcrsiteError
from documents.models import Page, PageJob, Transcription, Trial
from documents.ocr import languages
from documents.ocr.correcting.doubts import UNSURE
from documents.ocr.elements import PageText
from documents.ocr.insets import Inset
from documents.search.text.places import Hit
from documents.words import explain, explain_error, file_size, language_names, ranges
from documents.words.typeset import typeset

register = template.Library()
register.filter(language_names)
register.filter(file_size)
register.filter(ranges)


@register.simple_tag
def page_words(
    read: PageText, hits: Sequence[Hit] = (), now: int = 0, tables: Sequence[Inset] = ()
) -> SafeString:
    """The text as HTML, with its unsure words and ``hits`` marked, and that of number ``now`` more so."""
    return typeset(read, hits, now, tables)


@register.simple_tag
def text_words(text: Transcription) -> SafeString:
    """A text as HTML, where nothing is looked for in it."""
    read, tables = text.text_with_tables
    return typeset(read, tables=tables)


@register.filter
def is_low(confidence: float | None) -> bool:
    return confidence is not None and confidence < UNSURE


@register.simple_tag
def lang_of(text: Transcription | Trial) -> SafeString | str:
    """The attribute of an element that shows ``text``, with a space before it; empty without a tag."""
    tag = language_tag(text.languages)
    return format_html(' lang="{}"', tag) if tag else ""


def language_tag(codes: Sequence[str]) -> str:
    """The first of ``codes`` as browsers know it (``de``, ``zh-Hans``); empty where there is no such tag."""
    pack = languages.PACKS.get(codes[0]) if codes else None
    if pack is None or not pack.language:
        return ""
    return f"{pack.language}-{pack.script}" if pack.language == "zh" else pack.language


@register.filter
def sentence_of(failure: PageJob | OcrsiteError | ValidationError) -> SafeString:
    """What went wrong, in one sentence; a command in it can be copied with one click."""
    match failure:
        case PageJob(error_code=code, error_params=params):
            return with_command(explain(code, params), params.get("command", ""))
        case OcrsiteError():
            return with_command(explain_error(failure), str(failure.params.get("command", "")))
        case _:
            return with_command(" ".join(failure.messages), (failure.params or {}).get("command", ""))


@register.filter
def with_command(sentence: str, command: str) -> SafeString:
    """``sentence`` as HTML, in which ``command`` stands as code with a button that copies it."""
    before, found, after = sentence.partition(command) if command else (sentence, "", "")
    code = render_to_string("_command.html", {"command": command}) if found else ""
    return format_html("{}{}{}", before, code, after)


@register.filter
def time_left(seconds: float | None) -> str:
    """``about 3 minutes left``, in steps that do not jump about; empty while nothing is known."""
    if seconds is None:
        return ""
    if seconds < 60:
        return _("less than a minute left")
    minutes = round(seconds / 60)
    if minutes < 90:
        return ngettext("about %(count)d minute left", "about %(count)d minutes left", minutes) % {
            "count": minutes
        }
    hours = round(minutes / 60)
    return ngettext("about %(count)d hour left", "about %(count)d hours left", hours) % {"count": hours}


@register.filter
def duration(seconds: float | None) -> str:
    """``48 s`` or ``3 min 20 s``."""
    if seconds is None:
        return ""
    minutes, rest = divmod(round(seconds), 60)
    if not minutes:
        return _("%(seconds)d s") % {"seconds": rest}
    return _("%(minutes)d min %(seconds)d s") % {"minutes": minutes, "seconds": rest}


@register.simple_tag
def image_url(page: Page, *, in_trash: bool = False) -> str:
    return _picture_url("trashed_image" if in_trash else "page_image", page, page.image)


@register.simple_tag
def thumbnail_url(page: Page, *, in_trash: bool = False) -> str:
    return _picture_url("trashed_thumbnail" if in_trash else "page_thumbnail", page, page.thumbnail)


def _picture_url(view: str, page: Page, name: str) -> str:
    """With the part of the stored name that no other picture has, so that a browser may keep it for ever."""
    version = name.rpartition("-")[2].partition(".")[0]
    return f"{reverse(view, args=[page.document_id, page.number])}?v={version}"
