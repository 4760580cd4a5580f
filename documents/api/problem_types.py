"""``/api/v1/problems/``: what the codes of problems mean."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Path, Router

from documents.api.problems import status_of, title_of
from documents.api.schemas.problem import ProblemType, ProblemTypeList
from documents.errors import NotFound, OcrsiteError, all_errors, by_code
from documents.words import template

router = Router(tags=["problems"])


@router.get(
    "/problems", response=ProblemTypeList, operation_id="list_problems", summary="List the codes", auth=None
)
def list_problems(request: HttpRequest) -> ProblemTypeList:  # noqa: ARG001
    """Every code that `code` of a problem can be, in one piece."""
    return ProblemTypeList(items=[_shown(error) for error in all_errors()], next=None)


@router.get(
    "/problems/{str:code}",
    response=ProblemType,
    operation_id="get_problem",
    summary="Explain a code",
    auth=None,
)
def get_problem(
    request: HttpRequest,  # noqa: ARG001
    code: Annotated[str, Path(description="The code of a problem.", examples=["file-empty"])],
) -> ProblemType:
    """Where the `type` of a problem leads."""
    error = by_code(code)
    if error.code != code:
        raise NotFound
    return _shown(error)


def _shown(error: type[OcrsiteError]) -> ProblemType:
    return ProblemType(
        code=error.code,
        title=title_of(error),
        status=status_of(error),
        detail=template(error.code),
        retryable=error.retryable,
    )
