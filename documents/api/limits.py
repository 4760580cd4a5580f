"""How often a program may ask: so many requests in each minute, counted in the site's cache."""

import time
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http.response import HttpResponseBase

from documents.api.auth import Caller
from documents.errors import TooManyRequests

_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Allowance:
    """Of ``limit`` requests in a minute ``count`` came; ``reset`` seconds until the next minute."""

    limit: int
    count: int
    reset: int

    def tell(self, response: HttpResponseBase) -> None:
        response["RateLimit-Limit"] = str(self.limit)
        response["RateLimit-Remaining"] = str(max(self.limit - self.count, 0))
        response["RateLimit-Reset"] = str(self.reset)


def counted(caller: Caller) -> Allowance | None:
    """With this request; None where nothing is limited."""
    limit: int = settings.OCRSITE_API_RATE
    if not limit:
        return None
    now = int(time.time())
    key = f"api-rate.{caller.name}.{now // _MINUTE}"
    count = cache.get(key, 0) + 1
    if count <= limit:
        cache.set(key, count, _MINUTE)
    return Allowance(limit, count, _MINUTE - now % _MINUTE)


def require_allowance(left: Allowance | None) -> None:
    """Raises TooManyRequests."""
    if left and left.count > left.limit:
        raise TooManyRequests(limit=left.limit, seconds=left.reset)
