import pytest
from PIL import Image

from tests.files import text_image

LINES = ["The quick brown fox jumps over the lazy dog, and so on."] * 20


@pytest.fixture(scope="session")
def page() -> Image.Image:
    """A clean page of twenty lines."""
    return text_image(LINES, size=(1240, 1754), px=36)
