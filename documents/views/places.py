"""Where an upload goes: the personal collection, or another one that the person may add to."""

from dataclasses import dataclass

from documents.errors import CollectionGone
from documents.models import Collection
from documents.selectors.membership import choices_among, editable_collections
from documents.views.access import SignedInRequest

_LAST = "upload_collection"  # in the session: the one that was used last


@dataclass(frozen=True, slots=True)
class Places:
    """``others``, key and name, besides the personal collection, which is meant where ``chosen`` is None."""

    others: list[tuple[int, str]]
    chosen: int | None


def places(request: SignedInRequest) -> Places:
    """What the form offers: what was just sent, else what was used last, is chosen."""
    others = _others(request)
    wanted = request.POST.get("collection", request.session.get(_LAST, ""))
    chosen = next((one.pk for one in others if str(one.pk) == str(wanted)), None)
    return Places(choices_among(request.user, others), chosen)


def chosen_place(request: SignedInRequest) -> Collection | None:
    """The ``collection`` that was sent; None means the personal one. Raises CollectionGone."""
    wanted = request.POST.get("collection")
    found = next((place for place in _others(request) if str(place.pk) == wanted), None) if wanted else None
    if wanted and found is None:
        raise CollectionGone
    if wanted is not None and request.session.get(_LAST, "") != wanted:
        request.session[_LAST] = wanted
    return found


def _others(request: SignedInRequest) -> list[Collection]:
    everywhere = editable_collections(request.user)
    return [place for place in everywhere if place.personal_of_id != request.user.pk]
