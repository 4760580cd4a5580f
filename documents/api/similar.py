"""``/api/v1/documents/{id}/similar``: documents that have the most telling words of another one."""

from django.db.models import prefetch_related_objects
from ninja import Router

from documents import selectors
from documents.api.auth import ApiRequest
from documents.api.documents import document_out
from documents.api.fields import DocumentId
from documents.api.schemas.document import DocumentList
from documents.search.find import more_like

router = Router(tags=["search"])


@router.get(
    "/documents/{uuid:document_id}/similar",
    response=DocumentList,
    operation_id="list_similar",
    summary="List more like a document",
)
def list_similar(request: ApiRequest, document_id: DocumentId) -> DocumentList:
    """Those that share the words which are frequent in it and rare elsewhere, the likest first: a few, in one
    piece, and of copies one. Papers that may be the same are its `duplicates`."""
    document = selectors.document_for(request.user, document_id)
    alike = [found.document for found in more_like(request.user, document)]
    prefetch_related_objects(alike, "tags")
    return DocumentList(items=[document_out(one) for one in alike], next=None)
