"""What is looked for: the question in an address, and whether misreadings are forgiven."""

from dataclasses import dataclass
from urllib.parse import urlencode

from documents.search.query.parse import LONGEST
from documents.views.access import SignedInRequest

_FORGIVES = "forgives_misreadings"  # in the session: it belongs to the person


@dataclass(frozen=True, slots=True)
class Asked:
    """``text`` is empty where nothing is asked. ``is_cut``: more was typed than is looked at.

    ``is_unusual``: the person usually forgives where this does not, or the other way round.
    """

    text: str
    is_forgiving: bool = True
    is_cut: bool = False
    is_unusual: bool = False

    @property
    def in_address(self) -> str:
        """``q=…``, for a link to a page that goes on with the question; empty where there is none."""
        if not self.text:
            return ""
        is_told = self.is_unusual or not self.is_forgiving
        return urlencode({"q": self.text} | ({"forgive": int(self.is_forgiving)} if is_told else {}))


def asked(request: SignedInRequest) -> Asked:
    """``?q=``, and ``?forgive=`` 0 or 1 (the last one counts), else what the person chose for good.

    ``?remember=1`` keeps ``?forgive=`` for all that is asked from now on.
    """
    is_forgiving = _chosen(request)
    if is_forgiving is not _remembered(request) and request.GET.get("remember") == "1":
        request.session[_FORGIVES] = is_forgiving
    return in_address(request)


def in_address(request: SignedInRequest) -> Asked:
    """The same, and nothing is kept."""
    text = request.GET.get("q", "").replace("\0", " ").strip()
    is_forgiving = _chosen(request)
    is_unusual = is_forgiving is not _remembered(request)
    return Asked(text[:LONGEST], is_forgiving, is_cut=len(text) > LONGEST, is_unusual=is_unusual)


def _chosen(request: SignedInRequest) -> bool:
    match request.GET.getlist("forgive")[-1:]:
        case ["0" | "1" as chosen]:
            return chosen == "1"
        case _:
            return _remembered(request)


def _remembered(request: SignedInRequest) -> bool:
    return bool(request.session.get(_FORGIVES, True))
