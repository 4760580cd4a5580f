"""What is sent as JSON is taken as it is: no number out of a text, no day out of a number."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field


class Sent(BaseModel):
    """The body of a request, or a part of it; a field that is not known is a mistake."""

    model_config = ConfigDict(extra="forbid", strict=True)


def _text_only(value: object) -> object:
    if not isinstance(value, str):
        raise ValueError("Input should be a day as a text, such as 2024-03-31")  # noqa: TRY004 -- pydantic's
    return value


Day = Annotated[date, Field(strict=False), BeforeValidator(_text_only)]
"""``2024-03-31``."""
