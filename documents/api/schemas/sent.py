"""What is sent as JSON is taken as it is: no number out of a text, no day out of a number."""

import unicodedata
from datetime import date
from typing import Annotated

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
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str) and any(map(_is_control, text)):
                raise ValueError("Input should be a text without control characters")
        return value


def _is_control(letter: str) -> bool:
    """Tabs and line ends are spaces."""
    return unicodedata.category(letter) == "Cc" and not letter.isspace()


def _text_only(value: object) -> object:
    if not isinstance(value, str):
        raise ValueError("Input should be a day as a text, such as 2024-03-31")  # noqa: TRY004 -- pydantic's
    return value


Day = Annotated[date, Field(strict=False), BeforeValidator(_text_only)]
"""``2024-03-31``."""
