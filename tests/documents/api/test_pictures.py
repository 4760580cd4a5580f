import io

import pytest
from django.test import Client
from PIL import Image

from documents.models import Document, Page
from tests.documents.api.conftest import Program


def address(document: Document) -> str:
    return f"/api/v1/documents/{document.pk}/pages/1/image"


def test_a_page_has_an_image_and_a_small_one(client_of_owner: Client, document: Document) -> None:
    for query in ({}, {"thumbnail": True}):
        answer = client_of_owner.get(address(document), query)
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
        with Image.open(io.BytesIO(b"".join(answer))) as image:
            assert image.format == "JPEG"
        headers = {"If-None-Match": answer["ETag"]}
        assert client_of_owner.get(address(document), query, headers=headers).status_code == 304


def test_an_image_is_had_as_jpeg_alone(client_of_owner: Client, document: Document) -> None:
    answer = client_of_owner.get(address(document), headers={"Accept": "image/webp"})
    assert (answer.status_code, answer.json()["code"]) == (406, "not-acceptable")


def test_a_page_that_was_not_read_yet_has_none(client_of_owner: Client, document: Document) -> None:
    Page.objects.update(image="")
    assert client_of_owner.get(address(document)).status_code == 404


@pytest.mark.parametrize(
    ("name", "status"), [("owner", 200), ("editor", 200), ("viewer", 200), ("stranger", 404)]
)
def test_who_may_see_it(
    program: Program, request: pytest.FixtureRequest, document: Document, name: str, status: int
) -> None:
    assert program(request.getfixturevalue(name), "read").get(address(document)).status_code == status
