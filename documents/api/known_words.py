"""``/api/v1/words``: a person's word list, which is nobody else's."""

from typing import Annotated

from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from ninja import Path, Router, Status

from documents import errors
from documents.api import paging
from documents.api.auth import ApiRequest
from documents.api.conditions import require_match
from documents.api.openapi import refuses
from documents.api.schemas.known_word import KnownWordList, KnownWordOut, NewKnownWord
from documents.models import KnownWord
from documents.services.known_words import add_known_word, remove_known_word

router = Router(tags=["proofreading"])

_KIND = "words"
_WordId = Annotated[int, Path(description="The id of a word of the list.", examples=[31], ge=1, lt=2**63)]


@router.get("/words", response=KnownWordList, operation_id="list_known_words", summary="List the known words")
def list_known_words(
    request: ApiRequest, limit: paging.Limit = paging.LIMIT, cursor: paging.Cursor = ""
) -> KnownWordList:
    """Yours alone, in their order. They are no doubtful words, however unsure an engine was of them."""
    rows = request.user.known_words.all()
    if last := paging.marked(_KIND, cursor):
        rows = rows.filter(word__gt=last[0])
    shown, following = paging.piece(list(rows[: limit + 1]), limit, lambda row: paging.mark(_KIND, row.word))
    return KnownWordList(items=[_word_out(row) for row in shown], next=following)


@router.post(
    "/words",
    response={201: KnownWordOut},
    operation_id="add_known_word",
    summary="Add a known word",
    openapi_extra=refuses(errors.NameEmpty, errors.WordTooLong, errors.TooManyKnownWords),
)
def add_a_known_word(request: ApiRequest, response: HttpResponse, word: NewKnownWord) -> Status[KnownWordOut]:
    """Answers with the word as the list has it. What is on the list already stays there once."""
    known = add_known_word(user=request.user, word=word.word)
    response["Location"] = reverse("api:get_known_word", args=[known.pk])
    return Status(201, _word_out(known))


@router.get(
    "/words/{int:word_id}",
    response=KnownWordOut,
    operation_id="get_known_word",
    summary="Read a known word",
)
def get_known_word(request: ApiRequest, word_id: _WordId) -> KnownWordOut:
    """One of your own list."""
    return _word_out(request.user.known_words.get(pk=word_id))


@router.delete(
    "/words/{int:word_id}",
    response={204: None},
    operation_id="delete_known_word",
    summary="Take a word off the list",
    openapi_extra=refuses(errors.PreconditionFailed),
)
def delete_known_word(request: ApiRequest, word_id: _WordId) -> Status[None]:
    """From then on it is doubtful again where an engine doubted it."""
    with transaction.atomic():
        row = request.user.known_words.select_for_update().get(pk=word_id)
        require_match(request, lambda: _word_out(row))
        remove_known_word(user=request.user, word=row.word)
    return Status(204, None)


def _word_out(known: KnownWord) -> KnownWordOut:
    return KnownWordOut(id=known.pk, word=known.word, added_at=known.added_at)
