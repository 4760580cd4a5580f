"""Papers that came twice."""

from typing import Annotated

from pydantic import BaseModel, Field
from typing_extensions import TypeAliasType

from documents.api.paging import Listed
from documents.api.schemas.document import DocumentOut
from documents.api.schemas.sent import Sent
from documents.models import Likeness
from documents.services.copies import Choice

_HOW = "`bytes`: the same file; `text`: nearly the same text; `picture`: nearly the same picture."
LikenessKind = TypeAliasType("LikenessKind", Likeness.How)
DuplicateChoice = TypeAliasType("DuplicateChoice", Annotated[Choice, Field(strict=False)])


class DuplicateOut(BaseModel):
    """Another paper that looks as if it were the same, and nobody decided about it yet."""

    id: int = Field(description="The id of the pair, by which it is decided about.", examples=[17])
    document: DocumentOut = Field(description="The other document.")
    how: LikenessKind = Field(description=_HOW, examples=["text"])
    is_later: bool = Field(
        description="Did the other one come later? The later one becomes a version, or is discarded.",
        examples=[False],
    )


class DuplicatesOut(BaseModel):
    """What stands beside a document."""

    duplicates: list[DuplicateOut] = Field(
        description="Papers that may be the same, as far as you may see them."
    )
    older_version: DocumentOut | None = Field(description="The version that it replaces; null for none.")
    newer_versions: list[DocumentOut] = Field(description="The versions that replace it, the newest last.")
    in_trash: DocumentOut | None = Field(
        description="The same file, which came before and may be taken out of the trash; null for none."
    )


class DuplicateCopy(BaseModel):
    """A paper of a group."""

    document: DocumentOut = Field(description="The document.")
    how: LikenessKind | None = Field(
        description=f"How it is like another one of the group. {_HOW} Null for the one that was there first.",
        examples=["bytes"],
    )
    may_edit: bool = Field(description="May you change it?", examples=[True])


class DuplicateGroup(BaseModel):
    """Papers that look like one."""

    id: int = Field(description="The id of the newest pair in it.", examples=[17])
    count: int = Field(description="How many papers they are.", examples=[2])
    copies: list[DuplicateCopy] = Field(description="The newest twelve of them, the last one first.")
    decide_by: int | None = Field(
        description="The id of the pair by which to decide about all; null if you may change none of them.",
        examples=[17],
    )


class DuplicateGroups(Listed[DuplicateGroup]):
    """A piece of the groups."""


class DuplicateDecision(Sent):
    """What a pair is."""

    choice: DuplicateChoice = Field(
        description="Of all that look alike: `keep` them, as copies that are wanted, or they are `versions` "
        "of one paper, in the order in which they came. Of the pair alone: the later one is a new `version` "
        "of the other, or `discard` it: it goes to the trash.",
        examples=["version"],
    )


class DuplicatesDecided(BaseModel):
    """What came of a decision."""

    papers: int = Field(
        description="About how many papers it was decided; 0 where somebody had done so before.", examples=[2]
    )
