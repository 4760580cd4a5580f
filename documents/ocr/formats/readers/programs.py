"""The program that a file says it comes from."""

import re

_VERSION = re.compile(r"\s+(v?\d\S*)$")
_LONGEST = 60


def program(name: str, version: str = "") -> tuple[str, str]:
    """Its name and its version, which often stands behind the name."""
    name, version = (" ".join(text.split())[:_LONGEST] for text in (name, version))
    found = None if version else _VERSION.search(name)
    return (name[: found.start()], found[1]) if found else (name, version)
