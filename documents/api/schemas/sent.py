"""What is sent as JSON is taken as it is: no number out of a text, no day out of a number."""

import re
import unicodedata
from datetime import date
from typing import Annotated, Any

from django.utils.translation import gettext
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, field_validator

from documents.api.mistakes import DAY, UNSEEN, WORDLESS, mistake
from documents.ocr.correcting.typed import shown


class Sent(BaseModel):
    """The body of a request, or a part of it; a field that is not known is a mistake."""

    model_config = ConfigDict(extra="forbid", strict=True)


class SentNames(Sent):
    """With names, titles or tags: a character in one that nobody can have meant is a mistake. The words of a
    page are taken as they are, because an engine may have read such a one."""

    @field_validator("*")
    @classmethod
    def _can_be_shown(cls, value: object) -> object:
        if has_controls(value):
            raise mistake(UNSEEN)
        return value


def _never_null(schema: dict[str, Any]) -> None:
    """``T | None`` is how a field is left out here; a generated client is not to send the null."""
    for field in schema["properties"].values():
        if "anyOf" in field:
            forbid_null(field)


def forbid_null(field: dict[str, Any]) -> None:
    """``field`` of a JSON schema is one kind or null: from now on that kind."""
    [kind] = (one for one in field.pop("anyOf") if one != {"type": "null"})
    field.update(kind)


class Change(SentNames):
    """What is to be changed of something: what is not named stays. Nothing can be changed to null."""

    model_config = ConfigDict(json_schema_extra=_never_null)

    @field_validator("*", mode="before")
    @classmethod
    def _is_named(cls, value: object) -> object:
        if value is None:
            raise mistake(gettext("Leave out what is to stay; null means nothing here."))
        return value


def has_controls(value: object) -> bool:
    """Of a text, or of a list with texts."""
    texts = value if isinstance(value, list) else [value]
    return any(isinstance(text, str) and any(map(_is_control, text)) for text in texts)


def _is_control(letter: str) -> bool:
    """Tabs and line ends are spaces."""
    return unicodedata.category(letter) == "Cc" and not letter.isspace()


_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def _day_only(value: object) -> object:
    """Without the other ways to say a day: seconds since 1970, and a time of midnight behind it."""
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise mistake(DAY)
    return value


Day = Annotated[date, Field(strict=False), BeforeValidator(_day_only)]
"""``2024-03-31``."""


def _of_something_seen(text: str) -> str:
    if not shown(text):
        raise mistake(WORDLESS)
    return text


def _empty_or_seen(text: str) -> str:
    return text and _of_something_seen(text)


Seen = Annotated[str, AfterValidator(_of_something_seen)]
"""Words of which something can be seen."""
EmptyOrSeen = Annotated[str, AfterValidator(_empty_or_seen)]
"""Or no text at all, which says that they go."""
