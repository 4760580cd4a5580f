"""Tokens, with which programs act for people."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field
from typing_extensions import TypeAliasType

from accounts.models import ApiToken
from accounts.services.tokens import LONGEST_NAME, MOST_DAYS
from documents.api.paging import Listed
from documents.api.schemas.sent import SentNames

TokenScope = TypeAliasType("TokenScope", Annotated[ApiToken.Scope, Field(strict=False)])

_SCOPE = "What it may do: `read` changes nothing, `write` may do all that you may."


class TokenOut(BaseModel):
    """One of your tokens, without its secret, which is kept nowhere."""

    id: int = Field(description="Its id.", examples=[3])
    name: str = Field(description="What you call it.", examples=["My script"])
    scope: TokenScope = Field(description=_SCOPE, examples=["read"])
    created_at: datetime = Field(description="When it was made.", examples=["2026-11-20T09:30:00Z"])
    expires_at: datetime | None = Field(
        description="When it ends, or ended; null: never.", examples=["2027-11-20T09:30:00Z"]
    )
    last_used_at: datetime | None = Field(
        description="When it was used last, to the minute; null: never.", examples=["2026-11-21T18:04:00Z"]
    )
    current: bool = Field(description="Is it the one that this request was sent with?", examples=[False])


class TokenMade(TokenOut):
    """A new token."""

    token: str | None = Field(
        description="The secret, which is told this once. Null where the request was sent again with its "
        "Idempotency-Key: then revoke this one, and make another.",
        examples=["ocrsite_5f1d8c1e6a534a1e9f0a3c6b1d2e4f505f1d8c1e6a5"],
    )


class TokenList(Listed[TokenOut]):
    """A piece of your tokens."""


class NewToken(SentNames):
    """A token to make; with a token, none that may more or ends later than that."""

    name: str = Field(description="What to call it.", examples=["My script"], max_length=LONGEST_NAME)
    scope: TokenScope = Field(default=ApiToken.Scope.READ, description=_SCOPE, examples=["read"])
    days: int | None = Field(
        default=None,
        description="After how many days it ends; else when the token does that makes it, or never.",
        examples=[30],
        ge=1,
        le=MOST_DAYS,
    )
