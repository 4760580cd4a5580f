"""What was found in the texts besides words."""

from typing import Annotated

from pydantic import BaseModel, Field
from typing_extensions import TypeAliasType

from documents.api.paging import Listed
from documents.api.schemas.search import BoxOut
from documents.models import Entity

EntityKind = TypeAliasType("EntityKind", Annotated[Entity.Kind, Field(strict=False)])


class EntityOut(BaseModel):
    """A date, a sum, an address or a number, where it stands in the text of a page."""

    kind: EntityKind = Field(description="What it is.", examples=["amount"])
    value: str = Field(
        description="What it means, in one form for each kind: `2024-03-12`, `1234.50 EUR`, `+4930901820`, "
        "an IBAN without spaces.",
        examples=["120.00 EUR"],
    )
    text: str = Field(description="As it stands on the page.", examples=["120.00 €"])
    number: float | None = Field(description="How much a sum is; null for other kinds.", examples=[120.0])
    currency: str | None = Field(
        description="The code of the currency of a sum; null for other kinds.", examples=["EUR"]
    )
    page: int = Field(description="The number of the page, from 1.", examples=[1])
    start: int = Field(description="Its first character in the `text` of the page, from 0.", examples=[240])
    end: int = Field(description="The first character behind it.", examples=[248])
    boxes: list[BoxOut] = Field(description="Where it stands on the page: a box for each line.")


class EntityList(Listed[EntityOut]):
    """A piece of what was found in a document."""
