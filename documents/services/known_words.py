"""A person's word list: names and terms that are right however much the engine doubted them."""

from django.db import transaction

from accounts.models import User
from documents.errors import NameEmpty, TooManyKnownWords, WordTooLong
from documents.models import KnownWord
from documents.ocr.correcting.misreadings import core
from documents.ocr.correcting.typed import LONGEST_WORD, pieces

MOST_WORDS = 10_000


def add_known_word(*, user: User, word: str) -> KnownWord:
    """Raises NameEmpty, WordTooLong, LineTooLong, TooManyKnownWords."""
    cleaned = _cleaned(word)
    with transaction.atomic():
        mine = KnownWord.objects.filter(user=user)
        if not mine.filter(word=cleaned).exists() and mine.count() >= MOST_WORDS:
            raise TooManyKnownWords(limit=MOST_WORDS)
        known, _is_new = mine.get_or_create(user=user, word=cleaned)
    return known


def remove_known_word(*, user: User, word: str) -> None:
    """However it is written. Raises NameEmpty, WordTooLong, LineTooLong."""
    KnownWord.objects.filter(user=user, word=_cleaned(word)).delete()


def _cleaned(word: str) -> str:
    """A word or a term of several without what stands around it, as the list keeps it."""
    cleaned = core(" ".join(pieces(word)))
    if not cleaned:
        raise NameEmpty
    if len(cleaned) > LONGEST_WORD:
        raise WordTooLong(limit=LONGEST_WORD)
    return cleaned
