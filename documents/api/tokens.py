"""``/api/v1/tokens``: one's own tokens."""

from typing import Annotated

from django.http import HttpResponse
from django.urls import reverse
from ninja import Path, Router, Status

from accounts.models import ApiToken
from accounts.services import tokens
from documents import errors
from documents.api import paging
from documents.api.auth import ApiRequest
from documents.api.entrance import TOLD_ONCE
from documents.api.openapi import refuses
from documents.api.schemas.token import NewToken, TokenList, TokenMade, TokenOut

router = Router(tags=["tokens"])

_KIND = "tokens"

TokenId = Annotated[int, Path(description="The id of a token.", examples=[3], ge=1, lt=2**63)]


@router.get("/tokens", response=TokenList, operation_id="list_tokens", summary="List your tokens")
def list_tokens(
    request: ApiRequest, limit: paging.Limit = paging.LIMIT, cursor: paging.Cursor = ""
) -> TokenList:
    """The newest first, those whose time is over, too."""
    mine = tokens.tokens_of(request.user).order_by("-pk")
    match paging.marked(_KIND, cursor):
        case [int(last)]:
            mine = mine.filter(pk__lt=last)
    shown, following = paging.piece(
        list(mine[: limit + 1]), limit, lambda token: paging.mark(_KIND, token.pk)
    )
    return TokenList(items=[_token_out(request, token) for token in shown], next=following)


@router.post(
    "/tokens",
    response={201: TokenMade},
    operation_id="make_token",
    summary="Make a token",
    openapi_extra={
        **refuses(errors.TokenBeyond, errors.NameEmpty, errors.NameTooLong, errors.TooManyTokens),
        TOLD_ONCE: "token",
    },
)
def make_token(request: ApiRequest, response: HttpResponse, token: NewToken) -> Status[TokenMade]:
    """It acts for you. Keep the secret: it is told in this one answer."""
    made, clear = tokens.make_token(
        user=request.user, name=token.name, scope=token.scope, days=token.days, maker=request.caller.token
    )
    response["Location"] = reverse("api:get_token", args=[made.pk])
    response["Cache-Control"] = "no-store"
    return Status(201, TokenMade(**_token_out(request, made).model_dump(), token=clear))


@router.get(
    "/tokens/{int:token_id}", response=TokenOut, operation_id="get_token", summary="Read about a token"
)
def get_token(request: ApiRequest, token_id: TokenId) -> TokenOut:
    """Not its secret, which nobody knows any more."""
    return _token_out(request, tokens.tokens_of(request.user).get(pk=token_id))


@router.delete(
    "/tokens/{int:token_id}", response={204: None}, operation_id="revoke_token", summary="Revoke a token"
)
def revoke_token(request: ApiRequest, token_id: TokenId) -> Status[None]:
    """From now on it opens nothing; it may be the one that this request is sent with."""
    if not tokens.revoke_token(user=request.user, token_id=token_id):
        raise errors.NotFound
    return Status(204, None)


def _token_out(request: ApiRequest, token: ApiToken) -> TokenOut:
    return TokenOut(
        id=token.pk,
        name=token.name,
        scope=ApiToken.Scope(token.scope),
        created_at=token.created_at,
        expires_at=token.expires_at,
        last_used_at=token.last_used_at,
        current=request.caller.token is not None and request.caller.token.pk == token.pk,
    )
