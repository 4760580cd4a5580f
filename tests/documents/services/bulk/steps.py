"""What the tests of bulk actions have in common."""

from collections.abc import Mapping

from accounts.models import User
from documents.models import BulkAction, BulkItem, Collection, Document
from documents.services import bulk
from tests.factories import make_document

Kind = BulkAction.Kind


def unexplained(code: str, _params: Mapping[str, str | float]) -> str:
    return code


def make_some(collection: Collection, user: User, count: int) -> list[Document]:
    return [
        make_document(collection=collection, user=user, texts=["Hello"], title=f"Letter {number}")
        for number in range(1, count + 1)
    ]


def begun(user: User, kind: BulkAction.Kind, *documents: Document, **params: object) -> BulkAction:
    selection = bulk.Selection(ids=tuple(document.pk for document in documents))
    return bulk.start(user=user, kind=kind, selection=selection, **params)


def finished(action: BulkAction) -> BulkAction:
    """``action`` once workers have done all of it."""
    for _slice in range(20):
        bulk.work(action_id=action.pk, explain=unexplained)
        action.refresh_from_db()
        if action.state not in (BulkAction.State.WAITING, BulkAction.State.WORKING):
            return action
    raise AssertionError("The action goes on and on")


def outcome(action: BulkAction) -> list[tuple[str, str]]:
    """State and error of each item."""
    return list(action.items.order_by("pk").values_list("state", "error_code"))


DONE = (BulkItem.State.DONE, "")


def left(code: str) -> tuple[str, str]:
    return BulkItem.State.LEFT, code
