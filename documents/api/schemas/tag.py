"""Tags, which mark the documents of a collection."""

from typing import Annotated

from pydantic import BaseModel, Field
from typing_extensions import TypeAliasType

from documents.api.paging import Listed
from documents.api.schemas.sent import Change, SentNames
from documents.models import Tag
from documents.services.tags import LONGEST_TAG

_NAME = "Its name; `tax/2024` lies in `tax`."
_COLOUR = "How it looks."
TagColour = TypeAliasType("TagColour", Annotated[Tag.Colour, Field(strict=False)])


class TagOut(BaseModel):
    """A tag of one collection."""

    id: int = Field(description="Its id.", examples=[12])
    name: str = Field(description=_NAME, examples=["tax/2024"])
    colour: TagColour = Field(description=_COLOUR, examples=["teal"])
    collection: int = Field(description="The id of its collection.", examples=[7])
    documents: int = Field(
        description="How many documents outside the trash have it, or a tag that lies in it.", examples=[12]
    )


class TagList(Listed[TagOut]):
    """A piece of the list of tags."""


class NewTag(SentNames):
    """A tag that marks nothing yet."""

    name: str = Field(
        description=f"{_NAME} Those that it lies in are made where there are none.",
        examples=["tax/2024"],
        min_length=1,
        max_length=LONGEST_TAG,
    )
    collection: int = Field(
        description="The id of a collection to which you may add.", examples=[7], ge=1, lt=2**63
    )
    colour: TagColour | None = Field(
        default=None, description=f"{_COLOUR} Else as the tag that it lies in.", examples=["teal"]
    )


class TagChange(Change):
    """What is to be changed; what is not named stays."""

    name: str | None = Field(
        default=None,
        description=f"{_NAME} What lies in it is called otherwise, too.",
        examples=["tax/2025"],
        min_length=1,
        max_length=LONGEST_TAG,
    )
    colour: TagColour | None = Field(default=None, description=_COLOUR, examples=["teal"])
    merge: bool = Field(
        default=False,
        description="Where another tag of the collection has the new name, join the two; else refuse.",
        examples=[False],
    )


class TagNames(SentNames):
    """Tags to give to a document."""

    tags: list[str] = Field(
        description="Their names; made where there are none.", examples=[["tax/2024"]], min_length=1
    )


class DeletedTags(BaseModel):
    """What was deleted."""

    count: int = Field(description="How many there were.", examples=[3])
