"""How often a program may ask: so many requests in each minute on this machine.

They are counted in small files, one for each who asks. In the database, each request that only reads would
wait for whoever is writing there.
"""

import fcntl
import logging
import time
from dataclasses import dataclass

from django.conf import settings
from django.http.response import HttpResponseBase

from documents.api.auth import Caller
from documents.errors import TooManyRequests

logger = logging.getLogger(__name__)

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
    try:
        count = _count(caller.name, now // _MINUTE)
    except OSError:
        logger.exception("Requests cannot be counted, so they are not limited")
        return None
    return Allowance(limit, count, _MINUTE - now % _MINUTE)


def _count(name: str, minute: int) -> int:
    """How often ``name`` asked in that minute, this time included; of earlier ones nothing is kept."""
    with (settings.OCRSITE_TMP_DIR / f"api-rate.{name}").open("a+", encoding="ascii") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # until it is closed
        file.seek(0)
        last, _, before = file.read().partition(" ")
        count = int(before) + 1 if last == str(minute) else 1
        file.truncate(0)
        file.write(f"{minute} {count}")
    return count


def require_allowance(left: Allowance | None) -> None:
    """Raises TooManyRequests."""
    if left and left.count > left.limit:
        raise TooManyRequests(limit=left.limit, seconds=left.reset)
