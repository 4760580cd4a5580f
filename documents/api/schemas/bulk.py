"""One change to many documents, made in the background."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field
from typing_extensions import TypeAliasType

from documents.api.paging import Listed
from documents.api.schemas.document import LANGUAGES
from documents.api.schemas.search import FORGIVES, QUESTION
from documents.api.schemas.sent import Sent, SentNames
from documents.models import BulkAction
from documents.ocr.formats import FORMATS
from documents.search.query.parse import LONGEST
from documents.services.bulk.zips import ORIGINAL, PDF
from documents.services.organise import LONGEST_TITLE

PACKED = (*FORMATS, PDF, ORIGINAL)
_MOST_AT_ONCE = 10_000
_ID = "6f1d8c1e-6a53-4a1e-9f0a-3c6b1d2e4f50"
BulkKind = TypeAliasType("BulkKind", Annotated[BulkAction.Kind, Field(strict=False)])
BulkState = TypeAliasType("BulkState", BulkAction.State)


class BulkRenaming(SentNames):
    """New titles, made of the old ones."""

    pattern: str = Field(
        default="{title}",
        description="The new title: `{title}` is the old one, `{date}` its day, `{number}` counts.",
        examples=["{date} {title}"],
        max_length=LONGEST_TITLE,
    )
    find: str = Field(
        default="", description="What is replaced in the old title.", examples=["scan"],
        max_length=LONGEST_TITLE,
    )  # fmt: skip
    replacement: str = Field(
        default="", description="What stands there instead.", examples=["letter"], max_length=LONGEST_TITLE
    )
    first: str = Field(
        default="1", description="The first `{number}`, with the zeros of all.", examples=["001"],
        pattern="^[0-9]{1,9}$",
    )  # fmt: skip


class NewBulk(Sent):
    """What is to be done, and to which documents: those that are named, or all that a question finds."""

    kind: BulkKind = Field(
        description="What is done: `move` needs `collection`, `tag` and `untag` need `tags`, `rename` needs "
        "`renaming`, `zip` needs `formats`; `read` takes `languages` and `engine`. `restore` and `delete` "
        "are of what lies in the trash.",
        examples=["tag"],
    )
    documents: list[Annotated[UUID, Field(strict=False)]] = Field(
        default=[], description="The ids of documents.", examples=[[_ID]], max_length=_MOST_AT_ONCE
    )
    query: str | None = Field(
        default=None,
        description=f"Instead of ids: all that this finds, as it is found when the work begins; all there is "
        f"for an empty one, which alone can be said of the trash. {QUESTION}",
        examples=["invoice year:2024"],
        max_length=LONGEST,
    )
    forgive: bool = Field(default=True, description=f"For `query`. {FORGIVES}", examples=[False])
    collection: int | None = Field(
        default=None,
        description="For `move`: the id of a collection to which you may add.",
        examples=[7],
        ge=1,
        lt=2**63,
    )
    tags: list[str] = Field(
        default=[], description="For `tag` and `untag`: the names of tags.", examples=[["tax/2024"]]
    )
    renaming: BulkRenaming | None = Field(default=None, description="For `rename`.")
    languages: str | None = Field(
        default=None,
        description=f"For `read`. {LANGUAGES} Else the site's.",
        examples=["eng+rus"],
        max_length=1000,
    )
    engine: str = Field(
        default="",
        description="For `read`: the engine; else the site's.",
        examples=["tesseract"],
        max_length=30,
    )
    formats: list[str] = Field(
        default=[],
        description="For `zip`: the forms of each document.",
        examples=[["pdf", "txt"]],
        json_schema_extra={"items": {"type": "string", "enum": list(PACKED)}},
    )


class BulkSummary(BaseModel):
    """A bulk action, and how far it is."""

    id: int = Field(description="Its id.", examples=[3])
    kind: BulkKind = Field(description="What is done.", examples=["tag"])
    state: BulkState = Field(
        description="`waiting` and `working` will change by themselves.", examples=["done"]
    )
    total: int = Field(
        description="How many documents are meant; 0 while they are looked for.", examples=[12]
    )
    done: int = Field(description="With how many of them it is done.", examples=[11])
    failed: int = Field(description="How many were left as they were.", examples=[1])
    undoes: int | None = Field(
        description="The id of the action that it takes back; null for none.", examples=[2]
    )
    created_at: datetime = Field(description="When it was asked for.", examples=["2026-11-20T09:30:00Z"])
    finished_at: datetime | None = Field(
        description="When it was over; null before.", examples=["2026-11-20T09:30:09Z"]
    )


class BulkList(Listed[BulkSummary]):
    """A piece of the bulk actions."""


class BulkLeftOut(BaseModel):
    """Why some documents were left as they were."""

    code: str = Field(description="The code of a problem.", examples=["no-right"])
    message: str = Field(
        description="One sentence for a person.", examples=["You may only look at this document."]
    )
    count: int = Field(description="Of how many documents that is so.", examples=[1])
    documents: list[UUID] = Field(description="Some of them, that you can read.", examples=[[_ID]])


class BulkOut(BulkSummary):
    """A bulk action, and what came of it."""

    missing: int = Field(
        description="How many of the ids that were sent are of nothing that you may see.", examples=[0]
    )
    error: str | None = Field(
        description="The code of a problem, where nothing, or no more, came of it; else null.",
        examples=["bulk-gave-up"],
    )
    left: list[BulkLeftOut] = Field(
        description="Why documents were left as they were, the most frequent reason first; once it is over."
    )
    undoable: bool = Field(description="Can it be taken back now?", examples=[True])
    undone_by: int | None = Field(
        description="The id of the action that takes it back; null for none.", examples=[4]
    )
    download: bool = Field(description="Is there a zip to be had?", examples=[False])
