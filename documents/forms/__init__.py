"""What people send, checked and in the types that the services take."""

import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.errors import EngineError, LanguageMissing, OcrsiteError
from documents.ocr.options import Cleaning
from documents.packs import asked, checked
from documents.words import figure, in_words, template
from documents.words.cleaning import CLEANINGS
from documents.words.engines import engine_choices

logger = logging.getLogger(__name__)

_RANGE = re.compile(r"(\d{1,6})(?:\s*[-–—]\s*(\d{1,6}))?", re.ASCII)


def refusal(error: OcrsiteError) -> forms.ValidationError:
    """``error`` as forms know it: its sentence, and what fills it, such as a ``command`` to type."""
    return forms.ValidationError(template(error.code), code=error.code, params=in_words(error.params))


@contextmanager
def refusals_to_form(form: forms.Form, field: str | None) -> Iterator[None]:
    """Where what is tried within is refused, ``form`` says why beside ``field``, or at its head for None."""
    try:
        yield
    except OcrsiteError as error:
        form.add_error(field, refusal(error))


class LanguagesField(forms.Field):
    """Codes as the chooser or a script sends them (``eng``, ``eng+rus``, repeated)."""

    widget = forms.SelectMultiple

    def clean(self, value: Sequence[str]) -> tuple[str, ...]:
        return tuple(value or ())


class EngineField(forms.ChoiceField):
    """The name of an engine that can run here; empty for the site's, which may be named, too."""

    widget = forms.RadioSelect

    def to_python(self, value: object) -> str:
        return asked(super().to_python(value))


class ReadingForm(forms.Form):
    """What is read by which engine (its name; empty: the site's), and in which languages.

    ``()`` means detect; a language that was named counts more than a “detect” that was left ticked beside it.
    """

    engine = EngineField(
        label=gettext_lazy("Read by"),
        required=False,
        choices=engine_choices,
        error_messages={"invalid_choice": gettext_lazy("This engine cannot run here. Choose another one.")},
    )
    languages = LanguagesField(required=False)

    def clean_languages(self) -> tuple[str, ...]:
        try:
            return checked(self.cleaned_data["languages"], self.cleaned_data.get("engine", ""))
        except OcrsiteError as error:
            if isinstance(error, LanguageMissing | EngineError):
                # Who can install what is missing reads the log, not this form.
                logger.warning("A form was refused: %s", error)
            raise refusal(error) from error


class UploadForm(ReadingForm):
    """All but the files, which a plain form field cannot take several of."""

    combine = forms.BooleanField(required=False)
    # Of any text, which a CharField refuses with a NUL in it.
    title = forms.Field(
        required=False,
        validators=[
            MaxLengthValidator(
                300, gettext_lazy("The title is longer than %(limit_value)s characters. Shorten it.")
            )
        ],
    )


class PasswordForm(forms.Form):
    """The password of a PDF; kept nowhere."""

    password = forms.CharField(
        label=gettext_lazy("Password of the PDF"),
        strip=False,
        max_length=500,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )


class ReadAgainForm(ReadingForm):
    """Engine, languages, what is done to the pages before, and the whole document or some of its pages."""

    cleaning = forms.TypedChoiceField(
        label=gettext_lazy("Cleaning"),
        required=False,
        choices=CLEANINGS,
        coerce=Cleaning,
        empty_value=None,
        help_text=gettext_lazy("It is kept for later readings of this document."),
    )
    pages = forms.CharField(
        label=gettext_lazy("Pages"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("For example 1-3, 7. Leave it empty to read the whole document."),
    )

    def __init__(self, *args: object, page_count: int, **kwargs: object) -> None:
        self.page_count = page_count
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]

    def clean_pages(self) -> tuple[int, ...]:
        return parse_pages(self.cleaned_data["pages"], self.page_count)


def parse_pages(value: str, page_count: int) -> tuple[int, ...]:
    """Page numbers, sorted and once each, from ``1-3, 7`` or ``3-1, 7``. Raises ValidationError."""
    numbers: set[int] = set()
    for first, last in map(sorted, _ranges(value)):
        if not 1 <= first <= last <= page_count:
            message = _("The pages of this document are numbered from 1 to %(last)s.")
            raise forms.ValidationError(message % {"last": figure(page_count)})
        numbers.update(range(first, last + 1))
    return tuple(sorted(numbers))


def _ranges(value: str) -> Iterator[tuple[int, int]]:
    for part in filter(None, re.split(r"[,;\s]*[,;]\s*", value.strip())):
        match = _RANGE.fullmatch(part.strip())
        if match is None:
            message = _("“%(part)s” is not a page or a range of pages. Write for example 1-3, 7.")
            raise forms.ValidationError(message % {"part": part})
        yield int(match[1]), int(match[2] or match[1])
