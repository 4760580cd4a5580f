"""What the tests of a page's texts do again and again."""

from accounts.models import User
from documents.models import Document, Page, Transcription
from documents.ocr.correcting.operations import ReplaceWord
from documents.services import correct


def first_page(document: Document) -> Page:
    return Page.objects.select_related("document", "current", "proposal").get(document=document, number=1)


def type_word(user: User, document: Document, text: str, *, word: int = 0, number: int = 1) -> Transcription:
    """Replace a word of a page's first line."""
    page = Page.objects.select_related("document", "current").get(document=document, number=number)
    operations = [ReplaceWord(0, word, text)]
    return correct.correct(user=user, page=page, current_id=page.current_id, operations=operations)


def texts(document: Document) -> list[str]:
    """What the pages show."""
    return list(document.pages.order_by("number").values_list("current__text", flat=True))
