"""What every request to a resource goes through, before and after the resource itself."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any, cast

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja.operation import Operation

from documents.api import auth, conditions, idempotency, limits, negotiation, parameters, problems

Run = Callable[..., HttpResponseBase]

READS_ONLY = "x-reads-only"
"""In ``openapi_extra`` of a POST that changes nothing, for which a token that may only read is enough."""


TOLD_ONCE = "x-told-once"
"""In ``openapi_extra`` of a POST: the field of its answer that is kept nowhere. Whoever sends it again with
its Idempotency-Key gets null there."""


def entrance(run: Run) -> Run:
    """``run`` of an operation: who asks, may they, how often, in which form; then once, with an ETag."""
    operation = cast("Operation", run.__self__)  # type: ignore[attr-defined]

    @wraps(run)
    def answer(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        left: limits.Allowance | None = None
        try:
            caller = _caller(request, operation)
            left = limits.counted(caller) if caller else None
            limits.require_allowance(left)
            negotiation.require_types(request, operation)
            unknown = parameters.unknown_refused(request, operation)
            response = unknown or _run(request, operation, caller, partial(run, request, **kwargs))
        except Exception as error:  # noqa: BLE001 -- a fault of ours is raised again
            response = problems.answer_to(error)
        if left:
            left.tell(response)
        return response

    return answer


def _caller(request: HttpRequest, operation: Operation) -> auth.Caller | None:
    """None where anybody may ask."""
    if not operation.auth_callbacks:
        return None
    caller = auth.identified(request)
    auth.require_scope(caller, writes=writes(operation))
    request.caller = caller  # type: ignore[attr-defined]
    return caller


def writes(operation: Operation) -> bool:
    """Does it need a token that may write?"""
    is_safe = auth.SAFE.issuperset(operation.methods)
    return not is_safe and not (operation.openapi_extra or {}).get(READS_ONLY)


def _run(
    request: HttpRequest, operation: Operation, caller: auth.Caller | None, run: idempotency.Answer
) -> HttpResponseBase:
    if request.method in idempotency.METHODS and caller and writes(operation):
        secret = (operation.openapi_extra or {}).get(TOLD_ONCE)
        return conditions.conditional(request, idempotency.once(request, caller, run, secret=secret))
    return conditions.conditional(request, run())
