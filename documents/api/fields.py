"""Parameters that several resources take."""

from typing import Annotated
from uuid import UUID

from ninja import Path

DocumentId = Annotated[
    UUID, Path(description="The id of a document.", examples=["6f1d8c1e-6a53-4a1e-9f0a-3c6b1d2e4f50"])
]
PageNumber = Annotated[int, Path(description="The number of a page, from 1.", examples=[1], ge=1, lt=2**31)]
RunId = Annotated[int, Path(description="The id of a run.", examples=[42], ge=1, lt=2**63)]
CollectionId = Annotated[int, Path(description="The id of a collection.", examples=[7], ge=1, lt=2**63)]
