"""In which form a resource is sent and had: 415 and 406."""

from collections.abc import Iterable

from django.http import HttpRequest
from ninja.constants import NOT_SET
from ninja.operation import Operation

from documents.errors import LengthRequired, MediaTypeUnsupported, NotAcceptable

JSON = "application/json"
FORM = "multipart/form-data"


def require_types(request: HttpRequest, operation: Operation) -> None:
    """Raises LengthRequired, MediaTypeUnsupported, NotAcceptable."""
    taken = type_taken(operation)
    if taken and "HTTP_TRANSFER_ENCODING" in request.META and not request.META.get("CONTENT_LENGTH"):
        raise LengthRequired
    if taken and _has_body(request) and request.content_type != taken:
        raise MediaTypeUnsupported(types=taken)
    if gives_json(operation):
        require_accepted(request, [JSON])


def require_accepted(request: HttpRequest, types: Iterable[str]) -> None:
    """Raises NotAcceptable where the client takes none of ``types``."""
    offered = list(types)
    if not any(request.accepts(one) for one in offered):
        raise NotAcceptable(types=", ".join(offered))


def type_taken(operation: Operation) -> str | None:
    """The media type of the body; None where none is taken."""
    sources = {model.__ninja_param_source__ for model in operation.models}
    if sources & {"file", "form"}:
        return FORM
    return JSON if "body" in sources else None


def gives_json(operation: Operation) -> bool:
    good = (model for status, model in operation.response_models.items() if status < 400)
    return any(model is not None and model is not NOT_SET for model in good)


def _has_body(request: HttpRequest) -> bool:
    return request.META.get("CONTENT_LENGTH", "") not in ("", "0")
