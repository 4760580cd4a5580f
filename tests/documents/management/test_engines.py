from io import StringIO

import pytest
from django.core.management import call_command


@pytest.mark.usefixtures("echo", "latin")
def test_engines_are_listed_with_what_they_cannot_do() -> None:
    out = StringIO()
    call_command("engines", stdout=out)
    [tesseract] = [line for line in out.getvalue().splitlines() if line.startswith("tesseract ")]
    [other] = [line for line in out.getvalue().splitlines() if line.startswith("rapidocr ")]
    assert "1.0, languages: 3." in tesseract
    assert "It knows no columns." in other
