"""The picture of a page as it was made straight."""

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from documents import storage
from documents.errors import OriginalMissing
from documents.models import Document, Page
from documents.ocr.clean import Look, skew, straightening
from documents.services import cleaned as module
from documents.services.cleaned import cleaned
from tests.files import text_image

LINES = ["The quick brown fox jumps over", "the lazy dog and runs away into"] * 4


def with_picture(document: Document, degrees: float) -> Page:
    """Of lines that are turned by ``degrees`` clockwise."""
    image = text_image(LINES, size=(900, 600), px=36).rotate(-degrees, fillcolor="white", expand=True)
    file = BytesIO()
    image.save(file, "JPEG")
    name = storage.save_bytes(file.getvalue(), storage.picture_name(document.pk, 1, "image"))
    Page.objects.update(image=name)
    return document.pages.get()


def test_a_crooked_page_is_made_straight_once(document: Document) -> None:
    page = with_picture(document, 3.0)
    found = cleaned(page=page)
    assert found.degrees == pytest.approx(-3.0, abs=0.2)
    with default_storage.open(found.name) as file, Image.open(file) as picture:
        assert skew(picture) == 0.0
    made = storage.modified_at(found.name)
    again = cleaned(page=page)
    assert again.name == found.name
    assert again.degrees == pytest.approx(found.degrees, abs=0.01)
    assert storage.modified_at(found.name) == made


def test_two_at_once_leave_one_picture(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    page = with_picture(document, 3.0)

    def while_another_one_makes_it(picture: Image.Image, look: Look) -> float:
        monkeypatch.undo()
        cleaned(page=page)
        return straightening(picture, look)

    monkeypatch.setattr(module, "straightening", while_another_one_makes_it)
    found = cleaned(page=page)
    assert [name for name in storage.files_of(document.pk) if "cleaned" in name] == [found.name]


def test_a_straight_page_was_read_as_it_is(document: Document) -> None:
    found = cleaned(page=with_picture(document, 0.0))
    assert (found.degrees, found.name) == (0.0, "")


def test_a_picture_that_was_lost_is_missing(document: Document) -> None:
    page = with_picture(document, 3.0)
    default_storage.delete(page.image)
    with pytest.raises(OriginalMissing):
        cleaned(page=page)
