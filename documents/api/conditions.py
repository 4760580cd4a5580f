"""ETag, If-None-Match and If-Match: what a program has already, and what it saw before it changes it."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import parse_etags, quote_etag
from pydantic import BaseModel

from documents.api.rendering import rendered
from documents.errors import PreconditionFailed

_TELLING = frozenset({"GET", "PUT", "PATCH"})
"""Methods whose answer is the resource itself."""


def etag_of(content: bytes) -> str:
    """Quoted. A strong one: the same bytes have it, and no others."""
    return quote_etag(sha256(content).hexdigest()[:32])


def conditional(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """``response`` with its ETag, or 304 for who has the same already."""
    if not isinstance(response, HttpResponse) or response.status_code != 200:
        return response
    if request.method not in _TELLING:
        return response
    response["ETag"] = etag_of(response.content)
    response["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ["Authorization"])
    if request.method != "GET":
        return response
    return get_conditional_response(request, etag=response["ETag"], response=response) or response


def require_match(request: HttpRequest, now: Callable[[], BaseModel]) -> None:
    """``now`` gives the resource as it is. Call it once nobody else can change that any more.

    Raises PreconditionFailed where If-Match names other versions than this one.
    """
    wanted = request.headers.get("If-Match")
    if wanted is None:
        return
    etags = parse_etags(wanted)
    if etags != ["*"] and etag_of(_content(now())) not in etags:
        raise PreconditionFailed


def _content(model: BaseModel) -> bytes:
    shown: dict[str, Any] = model.model_dump()
    return rendered(shown)
