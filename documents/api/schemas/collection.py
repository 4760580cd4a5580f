"""Collections, their members, and who is asked to become one."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field
from typing_extensions import TypeAliasType

from documents.api.paging import Listed
from documents.api.schemas.sent import Sent, SentNames
from documents.models import Role
from documents.services.collections import LONGEST_NAME
from documents.services.members import LONGEST_USER_NAME

_ROLE = "A `viewer` looks at documents, an `editor` changes them, an `owner` changes the members, too."
_NAME = "Its name; no two of a person are called the same."
MemberRole = TypeAliasType("MemberRole", Annotated[Role, Field(strict=False)])


class CollectionOut(BaseModel):
    """A set of documents with members: the one unit of permission."""

    id: int = Field(description="Its id.", examples=[7])
    name: str = Field(description="Its name.", examples=["Letters"])
    role: MemberRole = Field(description=f"What you may do in it. {_ROLE}", examples=["owner"])
    personal_of: str | None = Field(
        description="The user name of whose personal one it is; null for a shared one.", examples=["ada"]
    )
    documents: int = Field(description="How many documents it holds.", examples=[120])
    trashed: int = Field(description="How many more of it lie in the trash.", examples=[2])
    created_at: datetime = Field(description="When it was made.", examples=["2026-11-20T09:30:00Z"])


class CollectionList(Listed[CollectionOut]):
    """A piece of the list of collections."""


class CollectionName(SentNames):
    """What a collection is called."""

    name: str = Field(description=_NAME, examples=["Letters"], min_length=1, max_length=LONGEST_NAME)


class MemberOut(BaseModel):
    """Somebody who belongs to a collection."""

    id: int = Field(description="The id of the membership.", examples=[31])
    user: str = Field(description="Their user name.", examples=["ben"])
    role: MemberRole = Field(description=_ROLE, examples=["editor"])


class MemberList(Listed[MemberOut]):
    """All members of a collection, in one piece."""


class RoleChange(Sent):
    """What a member may do from now on."""

    role: MemberRole = Field(description=_ROLE, examples=["editor"])


class NewInvitation(Sent):
    """Whom to ask to become a member."""

    user: str = Field(
        description="Their user name.", examples=["ben"], min_length=1, max_length=LONGEST_USER_NAME
    )
    role: MemberRole = Field(default=Role.VIEWER, description=_ROLE, examples=["editor"])


class InvitationOut(BaseModel):
    """Somebody is asked to become a member, and has not answered yet."""

    id: int = Field(description="Its id.", examples=[9])
    collection: int = Field(description="The id of the collection.", examples=[7])
    collection_name: str = Field(description="What that is called.", examples=["Letters"])
    user: str = Field(description="The user name of who is asked.", examples=["ben"])
    role: MemberRole = Field(description=f"What they may do then. {_ROLE}", examples=["editor"])
    invited_by: str | None = Field(
        description="The user name of who asks; null after that account was deleted.", examples=["ada"]
    )
    created_at: datetime = Field(description="When they were asked.", examples=["2026-11-20T09:30:00Z"])


class InvitationList(Listed[InvitationOut]):
    """All invitations, in one piece."""
