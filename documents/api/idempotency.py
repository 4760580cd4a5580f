"""Idempotency-Key: a POST or PATCH that is sent again, because its answer got lost, is done once."""

import json
from collections.abc import Callable
from hashlib import sha256

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy

from accounts.models import IdempotencyKey
from accounts.services import idempotency
from documents.api.auth import Caller
from documents.api.problems import field_problem
from documents.api.rendering import rendered
from documents.uploads import incoming

HEADER = "Idempotency-Key"
METHODS = frozenset({"POST", "PATCH"})
"""Of requests that may do something twice where they are sent twice."""
REPLAYED = "Idempotency-Replayed"
_LENGTH = gettext_lazy("It has 1 to %(most)s characters.")
_KEPT_HEADERS = ("Content-Type", "Location")

Answer = Callable[[], HttpResponseBase]


def once(
    request: HttpRequest, caller: Caller, answer: Answer, *, secret: str | None = None
) -> HttpResponseBase:
    """What ``answer`` gives, or gave the first time where the request names a key. Refusals are not kept:
    nothing was done, so the same may be tried again. Nor is what the field ``secret`` of an answer says.

    Raises KeyReused, KeyBusy, and what ``answer`` does.
    """
    key = request.headers.get(HEADER)
    if key is None:
        return answer()
    if not 1 <= len(key) <= idempotency.LONGEST_KEY:
        return field_problem("header", HEADER, _LENGTH % {"most": idempotency.LONGEST_KEY})
    claimed = idempotency.claim(user=caller.user, key=key, fingerprint=fingerprint(request))
    return _again(claimed) if claimed.status else _first(claimed, answer, secret)


def fingerprint(request: HttpRequest) -> str:
    """SHA-256 of method, address and all that was sent, files by their own hashes."""
    asked = [request.method, request.get_full_path(), *_sent(request)]
    return sha256(json.dumps(asked).encode()).hexdigest()


def _sent(request: HttpRequest) -> list[object]:
    if request.content_type != "multipart/form-data":
        return [sha256(request.body).hexdigest()]
    fields = [[name, values] for name, values in sorted(request.POST.lists())]
    files = [
        [name, [_file(one) for one in request.FILES.getlist(name)]] for name in sorted(request.FILES.keys())
    ]
    return [fields, files]


def _file(file: "UploadedFile[bytes]") -> list[str]:
    """Raises FileTooLarge, StorageFull."""
    whole = incoming(file)
    return [whole.name, whole.sha256]


def _first(claimed: IdempotencyKey, answer: Answer, secret: str | None) -> HttpResponseBase:
    try:
        response = answer()
        if isinstance(response, HttpResponse) and response.status_code < 400:
            headers = {name: response[name] for name in _KEPT_HEADERS if name in response}
            body = _without(secret, response.content) if secret else response.content
            idempotency.keep_answer(claimed=claimed, status=response.status_code, headers=headers, body=body)
    finally:
        idempotency.give_back(claimed=claimed)
    return response


def _without(secret: str, content: bytes) -> bytes:
    return rendered({**json.loads(content), secret: None})


def _again(claimed: IdempotencyKey) -> HttpResponse:
    response = HttpResponse(bytes(claimed.body), status=claimed.status)
    for name, value in claimed.headers.items():
        response[name] = value
    response[REPLAYED] = "true"
    return response
