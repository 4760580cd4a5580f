"""What is wrong with a part of a request, in sentences of ours: pydantic's speak of Python, in English."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy, ngettext_lazy
from pydantic_core import PydanticCustomError

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

_OURS = "ours"

REQUIRED = gettext_lazy("This field is required.")
UNSEEN = gettext_lazy("Write a text without control characters.")
WORDLESS = gettext_lazy("Write a word of which something can be seen.")
NOT_BEHIND = gettext_lazy("Write a number greater than %(start)s.")
_OBJECT = gettext_lazy("Send an object here.")
_TEXT = gettext_lazy("Write a text here.")
_WHOLE = gettext_lazy("Write a whole number here.")
_NUMBER = gettext_lazy("Write a number here.")
_BOOLEAN = gettext_lazy("Write true or false here.")
DAY = gettext_lazy("Write a day as a text, such as 2024-03-31.")
_MOMENT = gettext_lazy("Write a day and a time, such as 2024-03-31T09:30:00Z.")
_ID = gettext_lazy("Write an id, such as 5f0c2f1e-8d1b-4c57-9d0e-2b6f7a1c3e44.")
CHOICE = gettext_lazy("Write one of these: %(values)s.")
_OTHER = gettext_lazy("This is not as it has to be. See what the reference says of it.")

# By what pydantic calls the mistake.
_SENTENCES: Mapping[str, "StrPromise"] = {
    "missing": REQUIRED,
    "union_tag_not_found": REQUIRED,
    "extra_forbidden": gettext_lazy("There is no such field."),
    "model_attributes_type": _OBJECT,
    "model_type": _OBJECT,
    "dict_type": _OBJECT,
    "list_type": gettext_lazy("Send a list here."),
    "string_type": _TEXT,
    "string_unicode": gettext_lazy("Write a text in UTF-8."),
    "string_pattern_mismatch": gettext_lazy("Write it in the form that the reference names."),
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_parsing_size": _WHOLE,
    "int_from_float": _WHOLE,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": _NUMBER,
    "bool_type": _BOOLEAN,
    "bool_parsing": _BOOLEAN,
    "date_type": DAY,
    "date_parsing": DAY,
    "date_from_datetime_parsing": DAY,
    "date_from_datetime_inexact": DAY,
    "datetime_type": _MOMENT,
    "datetime_parsing": _MOMENT,
    "datetime_object_invalid": _MOMENT,
    "datetime_from_date_parsing": _MOMENT,
    "timezone_aware": _MOMENT,
    "uuid_type": _ID,
    "uuid_parsing": _ID,
}

# Those of a limit, which pydantic tells by that name.
_LIMITS: Mapping[str, tuple["StrPromise", str]] = {
    "greater_than": (gettext_lazy("Write a number greater than %(limit)s."), "gt"),
    "greater_than_equal": (gettext_lazy("Write a number that is %(limit)s or greater."), "ge"),
    "less_than": (gettext_lazy("Write a number less than %(limit)s."), "lt"),
    "less_than_equal": (gettext_lazy("Write a number that is %(limit)s or less."), "le"),
    "too_short": (gettext_lazy("Name at least %(limit)s of them."), "min_length"),
    "too_long": (gettext_lazy("Name at most %(limit)s of them."), "max_length"),
    "string_too_short": (
        ngettext_lazy("Write at least %(limit)d character.", "Write at least %(limit)d characters.", "limit"),
        "min_length",
    ),
    "string_too_long": (
        ngettext_lazy("Write at most %(limit)d character.", "Write at most %(limit)d characters.", "limit"),
        "max_length",
    ),
}


def mistake(sentence: "str | StrPromise") -> PydanticCustomError:
    """To be raised by a validator that finds out itself what is wrong."""
    return PydanticCustomError(_OURS, "{sentence}", {"sentence": str(sentence)})


def sentence_of(error: Mapping[str, Any]) -> str:
    """What to say of a mistake as pydantic tells it, in the language of the request."""
    kind, told = error["type"], error.get("ctx", {})
    if kind == _OURS:
        return str(error["msg"])
    if kind in _LIMITS:
        sentence, name = _LIMITS[kind]
        return sentence % {"limit": told[name]}
    if kind in ("literal_error", "enum"):
        return CHOICE % {"values": _listed(told["expected"])}
    if kind == "union_tag_invalid":
        return CHOICE % {"values": _listed(told["expected_tags"])}
    return str(_SENTENCES.get(kind, _OTHER))


def place_of(error: Mapping[str, Any]) -> tuple[str | int, ...]:
    """Where it is: the names of fields and the numbers in lists that lead there."""
    told = error.get("ctx", {}).get("discriminator")  # of the object that stands there
    return (*error["loc"], *([told.strip("'")] if told else []))


def _listed(values: str) -> str:
    """``'a', 'b' or 'c'`` without what surrounds and joins them."""
    return ", ".join(re.findall(r"'([^']*)'", values))
