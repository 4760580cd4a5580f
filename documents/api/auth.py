"""Who asks: a program with a token, or the browser of somebody who is signed in."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja.security import APIKeyCookie, HttpBearer
from ninja.utils import check_csrf

from accounts.models import ApiToken, User
from accounts.services.tokens import used_token
from documents.errors import CsrfMissing, ScopeMissing, TokenInvalid, TokenMissing

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_BEARER = "bearer "


@dataclass(frozen=True, slots=True)
class Caller:
    """``token`` is None for a browser's session, which may do all that its user may."""

    user: User
    token: ApiToken | None

    @property
    def may_write(self) -> bool:
        return self.token is None or self.token.scope == ApiToken.Scope.WRITE

    @property
    def name(self) -> str:
        """Of whom requests are counted."""
        return f"token-{self.token.pk}" if self.token else f"user-{self.user.pk}"


class ApiRequest(HttpRequest):
    """A request as resources get it, behind `documents.api.entrance`."""

    user: User
    caller: Caller


def identified(request: HttpRequest) -> Caller:
    """Who asks; ``request.user`` is that person from now on.

    Raises TokenMissing, TokenInvalid, and CsrfMissing for a change by a browser.
    """
    header = request.headers.get("Authorization", "")
    if header[: len(_BEARER)].lower() == _BEARER:
        return _by_token(request, header[len(_BEARER) :].strip())
    if not request.user.is_authenticated:
        raise TokenMissing
    if check_csrf(request) is not None:
        raise CsrfMissing
    return Caller(request.user, None)


def _by_token(request: HttpRequest, clear: str) -> Caller:
    token = used_token(clear=clear)
    if token is None:
        raise TokenInvalid
    request.user = token.user
    return Caller(token.user, token)


def require_scope(caller: Caller, *, writes: bool) -> None:
    """Raises ScopeMissing."""
    if writes and not caller.may_write:
        raise ScopeMissing


def _known(request: HttpRequest) -> Any:
    """What `identified` found out before: django-ninja asks once more."""
    return getattr(request, "caller", None)


class ApiTokenAuth(HttpBearer):
    def __call__(self, request: HttpRequest) -> Any:
        return _known(request)

    def authenticate(self, request: HttpRequest, token: str) -> Any:  # noqa: ARG002
        return _known(request)


class BrowserSessionAuth(APIKeyCookie):
    param_name = settings.SESSION_COOKIE_NAME

    def __call__(self, request: HttpRequest) -> Any:
        return _known(request)

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:  # noqa: ARG002
        return _known(request)


AUTH = (ApiTokenAuth(), BrowserSessionAuth())
