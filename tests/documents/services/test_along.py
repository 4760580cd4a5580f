"""Texts that come along with their images are taken as they are, and kept when the page is read again."""

from pathlib import Path

import pytest
from PIL import Image

from accounts.models import User
from documents import storage
from documents.errors import FileTooLarge, InputError, PasswordAlone, TextAlone, TextDamaged, TextUnknown
from documents.models import Document, OcrRun, Page, PageJob, State
from documents.ocr.elements import Box, PageText
from documents.ocr.formats import form_of
from documents.services import export
from documents.services.receive import Incoming, grouped, receive_upload
from documents.services.recognise import make_current, recognise_page, retry_failed, start_run
from documents.words.versions import label_of
from tests.doubles import EchoEngine
from tests.factories import blocks, incoming, picture
from tests.files import save_pdf

ALTO = """<alto><Description><processingSoftware><softwareName>Transcriber 3</softwareName>
</processingSoftware></Description><Layout>{}</Layout></alto>"""
PAGE = """<Page WIDTH="{}" HEIGHT="{}" {}><PrintSpace><TextBlock><TextLine>
<String CONTENT="{}" HPOS="10" VPOS="20" WIDTH="30" HEIGHT="10"/>
</TextLine></TextBlock></PrintSpace></Page>"""


def page_of(word: str, size: tuple[int, int] = (120, 80), more: str = "") -> str:
    return PAGE.format(*size, more, word)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("one.png", "two.png"):
        picture(tmp_path / name)
    return tmp_path


def alto(folder: Path, name: str, *pages: str) -> Incoming:
    path = folder / name
    path.write_text(ALTO.format("".join(pages)))
    return incoming(path)


def received(user: User, *files: Incoming, languages: list[str] | None = None) -> Document:
    return receive_upload(user=user, files=files, languages=languages or [])


def read(document: Document) -> None:
    for job in PageJob.objects.filter(run__document=document, state=PageJob.State.QUEUED):
        recognise_page(job_id=job.pk)
    document.refresh_from_db()


def texts_of(document: Document) -> list[str]:
    return [page.current.text if page.current else "" for page in document.pages.select_related("current")]


def first_page(document: Document) -> Page:
    return document.pages.select_related("current", "proposal").first()


@pytest.fixture
def taken(owner: User, folder: Path, echo: EchoEngine) -> Document:
    """One page that says “Guten”, as its text did."""
    document = received(owner, alto(folder, "one.xml", page_of("Guten")), incoming(folder / "one.png"))
    read(document)
    return document


def test_a_text_is_taken_and_nothing_is_read(taken: Document, echo: EchoEngine) -> None:
    assert (texts_of(taken), taken.state, echo.calls) == (["Guten"], State.DONE, [])
    run = taken.runs.get()
    assert (run.engine, run.engine_version) == (OcrRun.IMPORT, "Transcriber 3")
    assert bytes(run.jobs.get().given) == b""  # the text lies in one place


def test_its_boxes_lie_on_the_image(taken: Document) -> None:
    page = first_page(taken)
    text = page.current.page_text
    assert (page.width, page.height, text.words[0].box) == (60, 40, Box(5, 10, 20, 15))
    assert page.image


def test_both_files_are_kept_byte_for_byte(taken: Document, folder: Path) -> None:
    originals = list(taken.originals.all())
    assert [(row.name, row.page_count) for row in originals] == [("one.png", 1), ("one.xml", 0)]
    with storage.open_file(originals[1].file) as stored:
        assert stored.read() == (folder / "one.xml").read_bytes()
    assert (taken.title, taken.page_count) == ("one", 1)


@pytest.mark.parametrize(
    ("more", "chosen", "languages"),
    [('LANG="ru"', ["fra"], ["rus"]), ("", ["fra"], ["fra"]), ("", [], ["eng"])],
)
def test_languages_are_those_of_the_text_else_chosen_else_found(
    owner: User, folder: Path, echo: EchoEngine, more: str, chosen: list[str], languages: list[str]
) -> None:
    text = alto(folder, "one.xml", page_of("the quick brown fox jumps over the lazy dog", more=more))
    document = received(owner, incoming(folder / "one.png"), text, languages=chosen)
    read(document)
    assert document.languages == languages


def test_reading_again_leaves_the_text_and_the_reading_waits(
    taken: Document, owner: User, echo: EchoEngine
) -> None:
    start_run(document=taken, user=owner, languages=["eng"])
    read(taken)
    assert texts_of(taken) == ["Guten"]
    assert first_page(taken).proposal.text == "Hello world"
    assert make_current(run=taken.runs.latest("created_at"), user=owner) == 1
    assert texts_of(taken) == ["Guten"]


def test_of_several_images_the_others_are_read(owner: User, folder: Path, echo: EchoEngine) -> None:
    document = received(
        owner,
        incoming(folder / "one.png"),
        incoming(folder / "two.png"),
        alto(folder, "two.xml", page_of("Guten")),
        languages=["eng"],
    )
    read(document)
    assert texts_of(document) == ["Hello world", "Guten"]
    assert (document.runs.get().engine, document.runs.get().engine_version) == ("tesseract", "1.0")
    hello, guten = (page.current for page in document.pages.order_by("number"))
    assert label_of(hello).startswith("English · Tesseract 1.0 · ")
    assert label_of(guten).startswith("came with the image · ")
    echo.reads = lambda _image: blocks("new")
    start_run(document=document, user=owner, languages=["eng"])
    read(document)
    assert texts_of(document) == ["new", "Guten"]


def test_a_pdf_takes_a_text_of_all_its_pages(owner: User, folder: Path, echo: EchoEngine) -> None:
    save_pdf(folder / "book.pdf", b"", b"")
    text = alto(folder, "book.xml", page_of("one", (595, 842)), page_of("two", (595, 842)))
    document = received(owner, incoming(folder / "book.pdf"), text)
    read(document)
    assert (texts_of(document), echo.calls) == (["one", "two"], [])


def test_a_text_of_another_shape_fails_with_a_sentence(owner: User, folder: Path, echo: EchoEngine) -> None:
    text = alto(folder, "one.xml", page_of("Guten", (80, 120)))
    document = received(owner, incoming(folder / "one.png"), text, languages=["eng"])
    read(document)
    job = PageJob.objects.get()
    assert (job.state, job.error_code) == (PageJob.State.FAILED, "text-misfit")
    assert retry_failed(document=document, user=owner) == 1
    read(document)
    assert (texts_of(document), document.state) == (["Hello world"], State.DONE)
    assert (document.runs.get().engine, document.runs.get().engine_version) == ("tesseract", "1.0")
    assert not first_page(document).current.came_along


@pytest.mark.parametrize("form", ["hocr", "alto", "page"])
def test_what_is_exported_comes_back_the_same(owner: User, folder: Path, echo: EchoEngine, form: str) -> None:
    echo.reads = lambda _image: blocks("Hello wide world", 87.5)
    first = received(owner, incoming(folder / "one.png"), languages=["eng"])
    read(first)
    written = b"".join(export.write_document(document=first, format=form, explain=lambda code, _params: code))
    path = folder / f"one.{form_of(form, is_alone=True).extension}"
    path.write_bytes(written)
    second = received(owner, incoming(folder / "one.png"), incoming(path))
    read(second)
    before, after = (plain(first_page(document).current.page_text) for document in (first, second))
    assert after == before


def plain(page: PageText) -> tuple[object, ...]:
    return page.width, page.height, page.blocks, page.languages, page.engine, page.engine_version


def refused(error: type[InputError], user: User, *files: Incoming) -> str:
    with pytest.raises(error) as caught:
        received(user, *files)
    assert not Document.objects.exists()
    return caught.value.file


def test_a_text_alone_is_refused(owner: User, folder: Path, echo: EchoEngine) -> None:
    assert refused(TextAlone, owner, alto(folder, "one.xml", page_of("a"))) == "one.xml"


def test_a_text_that_is_damaged_is_refused_with_its_image(
    owner: User, folder: Path, echo: EchoEngine
) -> None:
    (folder / "one.xml").write_text("<alto><Page>")
    files = incoming(folder / "one.png"), incoming(folder / "one.xml")
    assert refused(TextDamaged, owner, *files) == "one.xml"


def test_other_xml_is_refused(owner: User, folder: Path, echo: EchoEngine) -> None:
    (folder / "one.xml").write_text("<mets/>")
    files = incoming(folder / "one.png"), incoming(folder / "one.xml")
    assert refused(TextUnknown, owner, *files) == "one.xml"


def test_a_text_that_is_too_large_is_refused(owner: User, folder: Path, echo: EchoEngine) -> None:
    with (folder / "one.xml").open("wb") as file:
        file.write(b"<alto>")
        file.truncate(10_000_001)
    files = incoming(folder / "one.png"), incoming(folder / "one.xml")
    assert refused(FileTooLarge, owner, *files) == "one.xml"


def test_a_locked_pdf_with_a_text_is_refused(owner: User, folder: Path, echo: EchoEngine) -> None:
    save_pdf(folder / "book.pdf", b"", password="sesame")
    files = incoming(folder / "book.pdf"), alto(folder, "book.xml", page_of("a"))
    assert refused(PasswordAlone, owner, *files) == "book.pdf"


def names(*files: Incoming) -> list[list[str]]:
    return [[file.name for file in group] for group in grouped(files)]


def test_each_image_is_with_the_text_that_is_called_like_it(folder: Path) -> None:
    images = [incoming(folder / name) for name in ("one.png", "two.png")]
    texts = [alto(folder, name, page_of("a")) for name in ("two.xml", "one.xml")]
    assert names(*texts, *images) == [["one.png", "one.xml"], ["two.png", "two.xml"]]


def test_a_text_of_two_images_is_with_both(folder: Path) -> None:
    page = "<div class='ocr_page' title='image \"{}.png\"; bbox 0 0 60 40'></div>"
    (folder / "all.html").write_text(f"<html><body>{page.format('one')}{page.format('two')}</body></html>")
    images = [incoming(folder / name) for name in ("one.png", "two.png")]
    text = incoming(folder / "all.html")
    assert names(*images, text) == [["one.png", "all.html"], ["two.png", "all.html"]]


def test_a_text_of_two_images_is_parted_between_them(owner: User, folder: Path, echo: EchoEngine) -> None:
    line = "<span class='ocr_line' title='bbox 1 1 9 9'><span class='ocrx_word'>{0}</span></span>"
    page = f"<div class='ocr_page' title='image \"{{0}}.png\"; bbox 0 0 60 40'>{line}</div>"
    (folder / "all.html").write_text(f"<html><body>{page.format('two')}{page.format('one')}</body></html>")
    images = [incoming(folder / name) for name in ("one.png", "two.png")]
    groups = grouped([*images, incoming(folder / "all.html")])
    (folder / "all.html").write_text("<html><body class='ocr_page'>")  # it was read, and is not read again
    documents = [received(owner, *group) for group in groups]
    for document in documents:
        read(document)
    assert [texts_of(document) for document in documents] == [["one"], ["two"]]


def test_what_belongs_to_none_is_alone(folder: Path) -> None:
    images = [incoming(folder / name) for name in ("one.png", "two.png")]
    (folder / "bad.xml").write_text("<alto>")
    bad, lone = incoming(folder / "bad.xml"), alto(folder, "lone.xml", page_of("a"))
    assert names(*images, bad, lone) == [["one.png"], ["two.png"], ["bad.xml"], ["lone.xml"]]


def test_of_one_image_is_any_text(folder: Path) -> None:
    image, text = incoming(folder / "one.png"), alto(folder, "x.xml", page_of("a"))
    assert names(text, image) == [["one.png", "x.xml"]]


def test_a_picture_that_is_called_like_a_text_is_one(folder: Path) -> None:
    Image.new("L", (9, 9)).save(folder / "x", "PNG")
    assert names(incoming(folder / "x", "scan.xml")) == [["scan.xml"]]
