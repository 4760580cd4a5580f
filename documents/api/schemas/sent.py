"""What is sent as JSON is taken as it is: no number out of a text, no day out of a number."""

import unicodedata
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator


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
            raise ValueError(UNSEEN)
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
            raise ValueError("Input should not be null: what is left out stays as it is")
        return value


UNSEEN = "Input should be a text without control characters"


def has_controls(value: object) -> bool:
    """Of a text, or of a list with texts."""
    texts = value if isinstance(value, list) else [value]
    return any(isinstance(text, str) and any(map(_is_control, text)) for text in texts)


def _is_control(letter: str) -> bool:
    """Tabs and line ends are spaces."""
    return unicodedata.category(letter) == "Cc" and not letter.isspace()


def _text_only(value: object) -> object:
    if not isinstance(value, str):
        raise ValueError("Input should be a day as a text, such as 2024-03-31")  # noqa: TRY004 -- pydantic's
    return value


Day = Annotated[date, Field(strict=False), BeforeValidator(_text_only)]
"""``2024-03-31``."""
