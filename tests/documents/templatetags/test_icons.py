"""Icons: as the library draws them."""

import pytest
from heroicons.templatetags import heroicons

from documents.templatetags import icons


@pytest.mark.parametrize("style", ["micro", "mini", "outline"])
@pytest.mark.parametrize("attributes", [{}, {"aria_hidden": "true", "class": "wrong"}])
def test_an_icon_is_as_the_library_draws_it(style: str, attributes: dict[str, str]) -> None:
    for name in ("x-mark", "check"):
        drawn = getattr(icons, f"heroicon_{style}")(name, **attributes)
        assert drawn == getattr(heroicons, f"heroicon_{style}")(name, **attributes)
        assert hasattr(drawn, "__html__")
