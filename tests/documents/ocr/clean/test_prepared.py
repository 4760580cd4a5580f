"""What goes along with an image from cure to cure."""

import pytest
from PIL import Image

from documents.ocr.clean.prepared import Prepared, Step


@pytest.mark.parametrize(("mode", "kept"), [("RGB", {"dpi", "icc_profile"}), ("L", {"dpi"})])
def test_a_colour_profile_stays_with_its_colours(mode: str, kept: set[str]) -> None:
    image = Image.new("RGB", (4, 3))
    image.info.update(dpi=(300, 300), icc_profile=b"of three colours")
    assert set(Prepared(image).after(Step(Image.new(mode, (4, 3)))).image.info) == kept
