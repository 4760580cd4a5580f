"""The stored pictures of a page, each a view of its own, wherever the page may be seen."""

from collections.abc import Callable
from uuid import UUID

from django.http import FileResponse
from django.views.decorators.http import require_safe

from accounts.models import User
from documents.models import Page
from documents.views.access import SignedInRequest, or_404
from documents.views.answers import FileView, from_storage, picture

Fetch = Callable[[User, UUID, int], Page]


def page_image(fetch: Fetch) -> FileView:
    """A view of the picture to read of the page that ``fetch`` gives a user."""
    return _view(fetch, lambda page: page.image)


def page_thumbnail(fetch: Fetch) -> FileView:
    """The same of its thumbnail."""
    return _view(fetch, lambda page: page.thumbnail)


def _view(fetch: Fetch, name_of: Callable[[Page], str]) -> FileView:
    @require_safe
    @from_storage
    def view(request: SignedInRequest, document_id: UUID, number: int) -> FileResponse:
        return picture(name_of(or_404(fetch, request.user, document_id, number)))

    return view
