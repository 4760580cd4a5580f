"""A person's word list: names and terms that are right however much the engine doubted them."""

from django.db import transaction

from accounts.models import User
from documents.errors import NameEmpty, TooManyKnownWords
from documents.models import KnownWord
from documents.ocr.misreadings import core
from documents.ocr.typed import pieces

MOST_WORDS = 10_000


def add_known_word(*, user: User, word: str) -> KnownWord:
    """Without what stands around it. Raises NameEmpty, WordTooLong, TooManyKnownWords."""
    typed = " ".join(pieces(word))
    if not typed:
        raise NameEmpty
    with transaction.atomic():
        if KnownWord.objects.filter(user=user).count() >= MOST_WORDS:
            raise TooManyKnownWords(limit=MOST_WORDS)
        known, _is_new = KnownWord.objects.get_or_create(user=user, word=core(typed))
    return known


def remove_known_word(*, user: User, word: str) -> None:
    KnownWord.objects.filter(user=user, word=word).delete()
