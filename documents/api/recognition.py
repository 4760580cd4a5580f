"""``POST /api/v1/recognise``: the text of one image at once, for services that want no archive."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext_lazy
from ninja import File, Form, Query, Router, UploadedFile

from documents import errors, packs
from documents.api.auth import ApiRequest
from documents.api.entrance import READS_ONLY
from documents.api.mistakes import REQUIRED
from documents.api.negotiation import FORM, JSON
from documents.api.openapi import refuses
from documents.api.problems import field_problem
from documents.api.schemas.recognition import HowToRead, HowToReadSent, Recognised, RecognisedForm
from documents.api.texts import lines_out
from documents.ocr.elements import PageText
from documents.ocr.files.filetypes import PDF
from documents.ocr.formats import PageEntry, form_of
from documents.ocr.options import Cleaning, Layout
from documents.services.at_once import read_at_once
from documents.services.incoming import Incoming
from documents.uploads import body_of, incoming

router = Router(tags=["recognise"])

_TYPES = ("image/*", PDF.media_type, "application/octet-stream")  # the file itself tells what it is
_BINARY = {"schema": {"type": "string", "format": "binary"}}
_ONE_FILE = gettext_lazy("Only one file is read at once; upload several to have them read as one document.")
_FORMS: dict[RecognisedForm, str] = {"json": JSON, "txt": "text/plain", "hocr": "text/vnd.hocr+html"}
_TEXTS = {
    "text/plain": {"schema": {"type": "string"}, "example": "Invoice 2024-117\nTotal 120.00\n"},
    "text/vnd.hocr+html": {"schema": {"type": "string"}},
}


@router.post(
    "/recognise",
    response=Recognised,
    operation_id="recognise",
    summary="Read one image at once",
    openapi_extra={
        **refuses(
            errors.FileEmpty,
            errors.FileTooLarge,
            errors.UnknownType,
            errors.FileDamaged,
            errors.PageDamaged,
            errors.PageMissing,
            errors.PageTooComplex,
            errors.PasswordNeeded,
            errors.PasswordWrong,
            errors.TooManyPixels,
            errors.TooManyPages,
            errors.LanguageUnknown,
            errors.LanguageMissing,
            errors.LanguageBeyond,
            errors.EngineUnknown,
            errors.EngineNotHere,
            errors.EngineMissing,
            errors.EngineCrashed,
            errors.EngineNonsense,
            errors.EngineTimeout,
            errors.DrawingKilled,
            errors.RecognitionBusy,
            errors.StorageFull,
        ),
        READS_ONLY: True,
        "requestBody": {
            "required": True,
            "content": {
                FORM: {"schema": {"required": ["file"]}},
                **dict.fromkeys(_TYPES, _BINARY),
            },
        },
        "responses": {200: {"content": _TEXTS}},
    },
)
def recognise(
    request: ApiRequest,
    *,
    asked: Query[HowToRead],
    sent: Form[HowToReadSent],
    file: Annotated[
        UploadedFile | None,
        File(description="An image, or a PDF.", examples=["receipt.jpg"]),
    ] = None,
) -> Recognised | HttpResponse:
    """Send the file by itself, or as the field `file` of a form; how to read it stands in the address, or in
    further fields. Nothing of it is stored, and a token that may only read is enough. Few are read at a time:
    `recognition-busy` says when to try again. Who sends many, or books, uploads documents."""
    if len(request.FILES.getlist("file")) > 1:
        return field_problem("file", "file", _ONE_FILE)
    how = HowToReadSent(**asked.model_dump(exclude_none=True) | sent.model_dump(exclude_none=True))
    with _received(request, file) as one:
        if one is None:
            return field_problem("file", "file", REQUIRED)
        read = read_at_once(
            file=one,
            page=how.page or 1,
            languages=settings.OCRSITE_DEFAULT_LANGUAGES if how.languages is None else how.languages,
            engine=packs.asked(how.engine or ""),
            cleaning=how.cleaning or Cleaning.AUTO,
            layout=Layout(how.layout or Layout.AUTO),
            password=how.password,
        )
        return _answer(how.format or _preferred(request), read, one.name)


@contextmanager
def _received(request: ApiRequest, file: UploadedFile | None) -> Iterator[Incoming | None]:
    """The file of a form, or the body itself; None for a form without one. It is deleted afterwards.

    Raises FileTooLarge, StorageFull.
    """
    if request.content_type == FORM:
        yield incoming(file) if file else None
    else:
        with body_of(request) as body:
            yield incoming(body)


def _preferred(request: ApiRequest) -> RecognisedForm:
    """The one that the client likes best; entrance has seen that it takes one."""
    wanted = request.get_preferred_type(list(_FORMS.values()))
    return next(form for form, kind in _FORMS.items() if kind == wanted)


def _answer(form: RecognisedForm, read: PageText, name: str) -> Recognised | HttpResponse:
    if form == "json":
        return _recognised(read)
    kind = form_of(form, is_alone=True)
    pieces = kind.write([PageEntry(1, read, source=name)], {"file": name})
    return HttpResponse(b"".join(pieces), content_type=kind.media_type, headers={"Cache-Control": "no-store"})


def _recognised(read: PageText) -> Recognised:
    confidence = read.confidence
    return Recognised(
        text=read.text,
        mean_confidence=None if confidence is None else round(confidence, 1),
        languages=list(read.languages),
        width=read.width,
        height=read.height,
        rotation=read.rotation,
        engine=read.engine,
        engine_version=read.engine_version,
        seconds=read.seconds,
        lines=lines_out(read),
    )
