"""In which form a resource is sent and had: 415 and 406."""

from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from typing import Any

from django.http import HttpRequest
from ninja.constants import NOT_SET
from ninja.operation import Operation

from documents.errors import LengthRequired, MediaTypeUnsupported, NotAcceptable

JSON = "application/json"
FORM = "multipart/form-data"


def require_types(request: HttpRequest, operation: Operation) -> None:
    """Raises LengthRequired, MediaTypeUnsupported, NotAcceptable."""
    taken = types_taken(operation)
    if taken and "HTTP_TRANSFER_ENCODING" in request.META and not request.META.get("CONTENT_LENGTH"):
        raise LengthRequired
    if taken and has_body(request) and not _is_one_of(taken, request.content_type or ""):
        raise MediaTypeUnsupported(types=", ".join(taken))
    if gives_json(operation):
        require_accepted(request, types_given(operation))


def require_accepted(request: HttpRequest, types: Iterable[str]) -> None:
    """Raises NotAcceptable where the client takes none of ``types``."""
    offered = list(types)
    if not any(request.accepts(one) for one in offered):
        raise NotAcceptable(types=", ".join(offered))


def types_taken(operation: Operation) -> list[str]:
    """The media types of the body (``image/*`` is any image), with those that ``openapi_extra`` tells of;
    none where none is taken."""
    sources = {model.__ninja_param_source__ for model in operation.models}
    if sources & {"file", "form"}:
        return list(dict.fromkeys([FORM, *_described(operation, "requestBody")]))
    return [JSON] if "body" in sources else []


def types_given(operation: Operation) -> list[str]:
    """The media types of the answer of an operation that gives JSON, and others where ``openapi_extra`` tells
    of them."""
    return list(dict.fromkeys([JSON, *_described(operation, "responses", 200)]))


def _described(operation: Operation, *path: str | int) -> Iterable[str]:
    part: Mapping[Any, Any] = operation.openapi_extra or {}
    for step in (*path, "content"):
        part = part.get(step, {})
    return part


def _is_one_of(types: Iterable[str], media_type: str) -> bool:
    """``image/*`` in ``types`` is any image."""
    return any(fnmatchcase(media_type, one) for one in types)


def gives_json(operation: Operation) -> bool:
    good = (model for status, model in operation.response_models.items() if status < 400)
    return any(model is not None and model is not NOT_SET for model in good)


def has_body(request: HttpRequest) -> bool:
    return request.META.get("CONTENT_LENGTH", "") not in ("", "0")
