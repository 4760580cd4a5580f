"""The forms in which a document can be taken away."""

from pydantic import BaseModel, Field

from documents.api.paging import Listed


class DownloadOut(BaseModel):
    """A form of a document."""

    format: str = Field(description="Its name.", examples=["txt"])
    media_type: str = Field(
        description="The media type of the file; a single page may be of another one.",
        examples=["text/plain"],
    )
    url: str = Field(
        description="Where it can be had, relative to the site.",
        examples=["/api/v1/documents/6f1d8c1e-6a53-4a1e-9f0a-3c6b1d2e4f50/download/txt"],
    )
    refusal: str | None = Field(
        description="The code of the problem with which that is refused as long as the document is as it is; "
        "null where it can be had now.",
        examples=["password-needed"],
    )


class DownloadList(Listed[DownloadOut]):
    """All forms of a document."""
