"""Rows and files for tests, made in one line each."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from django.utils import timezone
from PIL import Image

from accounts.models import User
from documents import storage
from documents.models import (
    Collection,
    Document,
    Likeness,
    OcrRun,
    Original,
    Page,
    PageJob,
    State,
    Transcription,
)
from documents.ocr.elements import Block, Box, Line, PageText, Treatment, Word
from documents.ocr.packing import pack
from documents.services import index
from documents.services.receive import Incoming


def picture(path: Path, size: tuple[int, int] = (60, 40), colour: str = "white") -> Path:
    Image.new("RGB", size, colour).save(path)
    return path


def incoming(path: Path, name: str = "") -> Incoming:
    """``path`` as an upload called ``name``."""
    return replace(Incoming.from_path(path), name=name or path.name)


def blocks(text: str, confidence: float = 95.0) -> tuple[Block, ...]:
    """One line of ``text``, each word 10 × 10 pixels."""
    words = tuple(
        Word(word, confidence, Box(12 * at, 0, 12 * at + 10, 10)) for at, word in enumerate(text.split())
    )
    if not words:
        return ()
    box = Box.around([word.box for word in words])
    return (Block((Line(words, box),), box),)


def make_document(
    *,
    collection: Collection,
    user: User,
    texts: Sequence[str],
    title: str = "A letter",
    confidence: float = 90.0,
) -> Document:
    """A document that has been read, a page for each of ``texts``."""
    document = Document.objects.create(
        collection=collection,
        uploaded_by=user,
        title=title,
        sha256="0" * 64,
        byte_size=1,
        state=State.DONE,
        page_count=len(texts),
        pages_done=len(texts),
        mean_confidence=confidence,
        languages=["eng"],
    )
    original = Original.objects.create(
        document=document,
        position=0,
        file=storage.save_bytes(b"the original", storage.original_name(document.id, 0, ".png")),
        name="letter.png",
        media_type="image/png",
        sha256="0" * 64,
        byte_size=12,
        page_count=len(texts),
    )
    picture_name = storage.save_bytes(_jpeg(), storage.picture_name(document.id, 1, "image"))
    now = timezone.now()
    run = OcrRun.objects.create(
        document=document,
        requested_by=user,
        languages=["eng"],
        engine="tesseract",
        engine_version="1.0",
        state=State.DONE,
        pages_total=len(texts),
        pages_done=len(texts),
        mean_confidence=confidence,
        started_at=now,
        finished_at=now,
    )
    for number, text in enumerate(texts, start=1):
        _make_page(original, run, picture_name, number, text, confidence)
    index.write_document(document)
    return document


def make_reading(
    *,
    document: Document,
    texts: Mapping[int, str],
    confidence: float = 80.0,
    languages: Sequence[str] = ("fra",),
) -> OcrRun:
    """Another reading of the pages with these numbers; nothing shows it yet."""
    pages = list(document.pages.filter(number__in=texts))
    now = timezone.now()
    run = OcrRun.objects.create(
        document=document,
        requested_by=document.uploaded_by,
        languages=list(languages),
        engine="tesseract",
        engine_version="1.0",
        state=State.DONE,
        pages_total=len(pages),
        pages_done=len(pages),
        mean_confidence=confidence,
        started_at=now,
        finished_at=now,
    )
    for page in pages:
        PageJob.objects.create(run=run, page=page, state=PageJob.State.DONE, finished_at=now)
        read = PageText(page.width, page.height, blocks(texts[page.number], confidence), tuple(languages))
        Transcription.objects.create(
            page=page,
            run=run,
            text=read.text,
            packed=pack(read),
            languages=list(languages),
            mean_confidence=read.confidence,
            width=page.width,
            height=page.height,
            image=page.image,
            thumbnail=page.thumbnail,
        )
    return run


def make_likeness(document: Document, other: Document, how: str = "text") -> Likeness:
    """``document`` looks like ``other``, which was there before."""
    return Likeness.objects.create(document=document, other=other, how=how)


def _jpeg() -> bytes:
    file = BytesIO()
    Image.new("RGB", (60, 40), "white").save(file, "JPEG")
    return file.getvalue()


def read_from(document: Document, image: Image.Image, *treatments: Treatment) -> Transcription:
    """Let the first page of ``document`` be that ``image``, to which ``treatments`` were done before it was
    read."""
    file = BytesIO()
    image.save(file, "PNG")
    name = storage.save_bytes(file.getvalue(), storage.original_name(document.pk, 0, ".png"))
    document.originals.update(file=name)
    page = document.pages.get(number=1)
    reading = page.current
    assert reading is not None
    shown = {"width": image.width, "height": image.height}
    Page.objects.filter(pk=page.pk).update(**shown)
    read = replace(reading.page_text, **shown, treatments=treatments)
    Transcription.objects.filter(pk=reading.pk).update(packed=pack(read), **shown)
    return Transcription.objects.get(pk=reading.pk)


def _make_page(
    original: Original, run: OcrRun, picture_name: str, number: int, text: str, confidence: float
) -> None:
    document = run.document
    shown = {"width": 60, "height": 40, "image": picture_name, "thumbnail": picture_name}
    page = Page.objects.create(document=document, number=number, original=original, index=number - 1, **shown)
    PageJob.objects.create(run=run, page=page, state=PageJob.State.DONE, finished_at=run.finished_at)
    page_text = PageText(60, 40, blocks(text, confidence), ("eng",), engine="tesseract", engine_version="1.0")
    page.current = Transcription.objects.create(
        page=page,
        run=run,
        text=page_text.text,
        packed=pack(page_text),
        languages=["eng"],
        mean_confidence=page_text.confidence,
        **shown,
    )
    page.save()
