"""Problems, and what their codes mean."""

from typing import Literal

from pydantic import BaseModel, Field
from typing_extensions import TypeAliasType

from documents.api.paging import Listed

RequestPart = TypeAliasType("RequestPart", Literal["path", "query", "header", "body", "form", "file"])


class FieldProblem(BaseModel):
    """What is wrong with one field."""

    where: RequestPart = Field(
        alias="in", description="The part of the request that has the field.", examples=["body"]
    )
    field: str = Field(description="Its name; dots lead into lists and objects.", examples=["words.0.text"])
    message: str = Field(description="What is wrong with it, in English.", examples=["Field required"])


class Problem(BaseModel):
    """Why nothing was done, as RFC 9457 has it."""

    type: str = Field(
        description="Where the code is explained, relative to the site.",
        examples=["/api/v1/problems/not-found"],
    )
    title: str = Field(description="The code in words.", examples=["Not found"])
    status: int = Field(description="The status code of the answer.", examples=[404])
    detail: str = Field(
        description="One sentence for a person, in the language of Accept-Language.",
        examples=["There is nothing here, or nothing that you may see."],
    )
    code: str = Field(description="The code, which never changes.", examples=["not-found"])
    retryable: bool = Field(description="Whether the very same request may succeed later.", examples=[False])
    errors: list[FieldProblem] = Field(
        default=[], description="What is wrong with each field, where the code is `fields-invalid`."
    )


class ProblemType(BaseModel):
    """What a code means."""

    code: str = Field(description="The code.", examples=["file-empty"])
    title: str = Field(description="The code in words.", examples=["File empty"])
    status: int = Field(description="The status code of answers with it.", examples=[422])
    detail: str = Field(
        description="Its sentence, with the names of what fills it: `%(limit_mb)s`.",
        examples=["This file is empty. Copy or scan it again, then send it."],
    )
    retryable: bool = Field(description="Whether the very same request may succeed later.", examples=[False])


class ProblemTypeList(Listed[ProblemType]):
    """All codes."""
