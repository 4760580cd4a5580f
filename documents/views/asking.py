"""What is looked for: the question in an address, and whether misreadings are forgiven."""

from dataclasses import dataclass
from urllib.parse import urlencode

from documents.search.query.parse import LONGEST
from documents.views.access import SignedInRequest

_FORGIVES = "forgives_misreadings"  # in the session: it belongs to the person


@dataclass(frozen=True, slots=True)
class Asked:
    """``text`` is empty where nothing is asked. ``is_cut``: more was typed than is looked at."""

    text: str
    is_forgiving: bool = True
    is_cut: bool = False

    @property
    def in_address(self) -> str:
        """``q=…``, for a link to a page that goes on with the question; empty where there is none."""
        if not self.text:
            return ""
        return urlencode({"q": self.text} | ({} if self.is_forgiving else {"forgive": "0"}))


def asked(request: SignedInRequest) -> Asked:
    """``?q=``, and ``?forgive=`` 0 or 1 (the last one counts), else what the person chose the last time."""
    text = request.GET.get("q", "").replace("\0", " ").strip()
    chosen = request.GET.getlist("forgive")[-1:]
    if chosen in (["0"], ["1"]) and (chosen == ["1"]) is not _remembered(request):
        request.session[_FORGIVES] = chosen == ["1"]
    return Asked(text[:LONGEST], _remembered(request), is_cut=len(text) > LONGEST)


def _remembered(request: SignedInRequest) -> bool:
    return bool(request.session.get(_FORGIVES, True))
