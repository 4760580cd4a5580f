"""What went wrong, as programs read it: problem+json (RFC 9457), with one table of status codes.

``type`` leads to `documents.api.problem_types`, which says what a code means; ``code`` is the one of
``documents.errors``, ``detail`` its sentence in the language that was asked for.
"""

import json
import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.core.exceptions import (
    BadRequest,
    ObjectDoesNotExist,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
)
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from ninja.errors import AuthenticationError, HttpError, ValidationError

from documents import errors
from documents.api.mistakes import place_of, sentence_of
from documents.errors import OcrsiteError, by_code
from documents.words import explain_error

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

MEDIA_TYPE = "application/problem+json"

# What is not named here has the status of its parent.
STATUSES: Mapping[type[OcrsiteError], int] = {
    OcrsiteError: 500,
    # what was sent
    errors.InputError: 422,
    errors.FileTooLarge: 413,
    errors.RequestTooLarge: 413,
    errors.AlreadyHere: 409,
    errors.PageMissing: 404,
    errors.NoTable: 404,
    errors.PasswordNeeded: 409,
    errors.Gone: 409,
    errors.RequestUnclear: 400,
    # what reads
    errors.EngineError: 503,
    errors.EngineUnknown: 422,
    errors.EngineNotHere: 422,
    errors.EngineTimeout: 504,
    # where things are kept
    errors.StorageError: 503,
    errors.OriginalMissing: 410,
    # what else is going on
    errors.WorkError: 409,
    errors.NoRoom: 503,
    errors.NoRoomToPack: 503,
    errors.QueueDown: 503,
    errors.DrawingKilled: 503,
    errors.CuttingEnded: 503,
    errors.PdfBusy: 503,
    errors.RecognitionBusy: 503,
    errors.PdfFailed: 422,
    errors.NoRight: 403,
    # how it was asked
    errors.ApiError: 400,
    errors.TokenMissing: 401,
    errors.TokenInvalid: 401,
    errors.ScopeMissing: 403,
    errors.TokenBeyond: 403,
    errors.CsrfMissing: 403,
    errors.NotFound: 404,
    errors.MethodNotAllowed: 405,
    errors.NotAcceptable: 406,
    errors.KeyBusy: 409,
    errors.LengthRequired: 411,
    errors.PreconditionFailed: 412,
    errors.MediaTypeUnsupported: 415,
    errors.RangeUnsatisfiable: 416,
    errors.FieldsInvalid: 422,
    errors.CursorInvalid: 422,
    errors.KeyReused: 422,
    errors.TooManyRequests: 429,
}

_CHALLENGES: Mapping[type[OcrsiteError], str] = {
    errors.TokenMissing: 'Bearer realm="ocrsite"',
    errors.TokenInvalid: 'Bearer realm="ocrsite", error="invalid_token"',
    errors.ScopeMissing: 'Bearer realm="ocrsite", error="insufficient_scope", scope="write"',
}
AWAITED = (errors.TooManyRequests, errors.RecognitionBusy)
"""Who waits for so many ``seconds``, as `Retry-After` tells, may go on."""

# What Django and django-ninja raise; the first that fits.
_NAMED: Sequence[tuple[type[Exception], type[OcrsiteError]]] = (
    (Http404, errors.NotFound),
    (ObjectDoesNotExist, errors.NotFound),
    (PermissionDenied, errors.NoRight),
    (RequestDataTooBig, errors.RequestTooLarge),
    (SuspiciousOperation, errors.RequestMalformed),
    (BadRequest, errors.RequestMalformed),
    (MultiPartParserError, errors.RequestMalformed),
    (UnreadablePostError, errors.RequestMalformed),
    (AuthenticationError, errors.TokenMissing),
    (HttpError, errors.RequestMalformed),  # of django-ninja: a body that is no JSON
)


def status_of(error: type[OcrsiteError]) -> int:
    """By its own line in the table, or that of the nearest class above it."""
    return next(STATUSES[one] for one in error.__mro__ if one in STATUSES)


def title_of(error: type[OcrsiteError]) -> str:
    """The code in words, the same in every language: ``file-empty`` is “File empty”."""
    return error.code.replace("-", " ").capitalize()


def type_of(error: type[OcrsiteError]) -> str:
    """A stable URI, relative to the site, under which the code is explained."""
    return f"/api/v1/problems/{error.code}"


def named(exception: Exception) -> OcrsiteError | None:
    """``exception`` as one that can be told; None for a fault of ours."""
    if isinstance(exception, OcrsiteError):
        return exception
    return next((error() for raised, error in _NAMED if isinstance(exception, raised)), None)


def problem(error: OcrsiteError, fields: Sequence[Mapping[str, str]] = ()) -> HttpResponse:
    """``fields`` are what is wrong with each part of a request: ``in``, ``field`` and ``message``."""
    body: dict[str, object] = {
        "type": type_of(type(error)),
        "title": title_of(type(error)),
        "status": status_of(type(error)),
        "detail": explain_error(error),
        "code": error.code,
        "retryable": error.retryable,
    }
    if fields:
        body["errors"] = list(fields)
    content = json.dumps(body, ensure_ascii=False)
    response = HttpResponse(content, status=status_of(type(error)), content_type=MEDIA_TYPE)
    response["Cache-Control"] = "no-store"
    if challenge := _CHALLENGES.get(type(error)):
        response["WWW-Authenticate"] = challenge
    if isinstance(error, AWAITED):
        response["Retry-After"] = str(math.ceil(float(error.params["seconds"])))
    if isinstance(error, errors.RangeUnsatisfiable):
        response["Content-Range"] = f"bytes */{error.params['size']}"
    return response


def fields_problem(exception: ValidationError) -> HttpResponse:
    """422 with what is wrong with each field; what was sent is not repeated. An address with a part that
    nothing can be called is that of nothing: 404."""
    if all(one["loc"][0] == "path" for one in exception.errors):
        return problem(errors.NotFound())
    fields = [
        {
            "in": str(one["loc"][0]),
            "field": ".".join(map(str, _without_the_parameter(place_of(one)))),
            "message": sentence_of(one),
        }
        for one in exception.errors
    ]
    return problem(errors.FieldsInvalid(), fields)


def _without_the_parameter(loc: Sequence[str | int]) -> Sequence[str | int]:
    """A body is called by the name of the function's parameter, which nobody outside knows; so is a model of
    the query, where the mistake is in a list of it."""
    return loc[2:] if loc[0] == "body" or len(loc) > 3 else loc[1:]


def field_problem(where: str, field: str, message: "str | StrPromise") -> HttpResponse:
    """The same of one field that only we know to be wrong."""
    return problem(errors.FieldsInvalid(), [{"in": where, "field": field, "message": str(message)}])


def answer_to(exception: Exception) -> HttpResponse:
    """What a program is told when a view raises ``exception``. Raises it where it is a fault of ours."""
    if isinstance(exception, ValidationError):
        return fields_problem(exception)
    error = named(exception)
    if error is None:
        raise exception
    return problem(error)


def instead_of(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A problem that takes the place of ``response``, a page that says that something went wrong."""
    if response.status_code == 405:
        methods = response.headers.get("Allow", "")
        error: OcrsiteError = errors.MethodNotAllowed(method=str(request.method), methods=methods)
    else:
        error = _BY_STATUS.get(response.status_code, _unknown(response.status_code))()
    return problem(error)


_BY_STATUS: Mapping[int, type[OcrsiteError]] = {
    403: errors.NoRight,
    404: errors.NotFound,
    412: errors.PreconditionFailed,
    413: errors.RequestTooLarge,
}


def _unknown(status: int) -> type[OcrsiteError]:
    return errors.RequestMalformed if status < 500 else by_code("error")
