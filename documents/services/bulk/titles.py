"""New titles for many documents: by a pattern, by replacing a part of the old ones, or both."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Self

from documents.errors import NameEmpty, PlaceholderUnknown, TitlesUnchanged
from documents.services import names
from documents.services.organise import LONGEST_TITLE

KEEP = "{title}"
"""The pattern that leaves titles as they are, but for what is replaced."""
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_KNOWN = ("title", "date", "number")


@dataclass(frozen=True, slots=True)
class Renaming:
    """``pattern`` may name ``{title}``, ``{date}`` and ``{number}``, in small letters or capitals.

    ``replacement`` stands for each ``find`` in the old title. Numbers are counted from ``first``, and have no
    fewer figures than it has: ``001``.
    """

    pattern: str = KEEP
    find: str = ""
    replacement: str = ""
    first: str = "1"

    @classmethod
    def typed(cls, **parts: str) -> Self:
        """Of what somebody typed."""
        return cls(**{name: names.storable(text) for name, text in parts.items()})

    def check(self) -> None:
        """Raises NameEmpty, PlaceholderUnknown, TitlesUnchanged."""
        if not names.one_line(self.pattern):
            raise NameEmpty
        for name in _PLACEHOLDER.findall(self.pattern):
            if _key(name) not in _KNOWN:
                raise PlaceholderUnknown(name=name)
        if names.one_line(self.pattern).lower() == KEEP and self.find == self.replacement:
            raise TitlesUnchanged

    def title_of(self, old: str, day: date, *, position: int) -> str:
        """What a document will be called, ``position`` documents after the first one.

        Raises NameEmpty, NameTooLong.
        """
        values = {
            "title": old.replace(self.find, self.replacement) if self.find else old,
            "date": day.isoformat(),
            "number": str(int(self.first) + position).zfill(len(self.first)),
        }
        # In one go: what an old title has in brackets is no placeholder.
        return names.name(
            _PLACEHOLDER.sub(lambda match: values[_key(match[1])], self.pattern), longest=LONGEST_TITLE
        )


def _key(name: str) -> str:
    return name.strip().lower()
