"""Files that cannot be read: one sentence for each, nothing half stored, and the site reads on."""

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.files import empty_png, save_pdf, says, text_image
from tests.people import Answer, Person
from tests.sites import PEOPLE, Prepared, Site, running_site, wait_until

pytestmark = pytest.mark.server

DAMAGED = "This file is damaged or cut off and cannot be opened. Copy or scan it again, then send it."
PAGE_DAMAGED = "The picture of this page is damaged or cut off. Copy or scan it again, then send it."
NO_TEXT = "No text was found on this page."


@pytest.fixture(scope="module")
def site(prepared: Prepared, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    data_dir = tmp_path_factory.mktemp("strict") / "data"
    with running_site(prepared.with_people, data_dir, OCRSITE_MAX_UPLOAD_MB="5") as site:
        yield site


@pytest.fixture(scope="module")
def ann(site: Site) -> Person:
    return Person(site, PEOPLE[0])


def saved(image: Image.Image, format_name: str) -> bytes:
    file = BytesIO()
    image.save(file, format_name)
    return file.getvalue()


def half(content: bytes) -> bytes:
    return content[: len(content) // 2]


def pdf(path: Path, pages: int = 1) -> bytes:
    return save_pdf(path, *[says("Page")] * pages).read_bytes()


def stored(site: Site) -> set[Path]:
    """Every file that the site keeps, uploads on their way too."""
    folders = (site.data_dir / "media", site.data_dir / "tmp")
    return {path for folder in folders for path in folder.rglob("*") if path.is_file()}


def sentences(answer: Answer) -> list[str]:
    """What the form says above itself, as one reads it."""
    [said] = re.findall(r'role="alert">\s*<ul>(.*?)</ul>', answer.text, re.DOTALL)
    return [re.sub(r"<[^>]+>", "", item).strip() for item in re.findall(r"<li>(.*?)</li>", said)]


def assert_nothing_stays(site: Site, before: set[Path]) -> None:
    # What was uploaded goes when the answer has been sent: a moment after it has come.
    wait_until(lambda: stored(site) == before, seconds=5, what="The removal of what was uploaded")


# name: (its content, made with a scratch path; the sentence)
REFUSED: dict[str, tuple[Callable[[Path], bytes], str]] = {
    "empty.png": (lambda _path: b"", "This file is empty. Copy or scan it again, then send it."),
    "text.png": (
        lambda _path: b"Dear Sir or Madam,\n",
        "This file is neither an image nor a PDF that can be read here. Save it as PDF, PNG, JPEG or TIFF.",
    ),
    "cut-off.png": (lambda _path: saved(text_image(), "PNG")[:30], DAMAGED),
    "cut-off.pdf": (lambda path: half(pdf(path)), DAMAGED),
    "bomb.png": (
        lambda _path: empty_png(20_000, 20_000),
        "This image has 400 megapixels; the limit is 300. Scale it down, then send it.",
    ),
    "book.pdf": (
        lambda path: pdf(path, 3000),
        "This file has 3,000 pages; the limit is 2,000. Split it, then send the parts.",
    ),
    "large.tif": (
        lambda _path: b"II*\0" + bytes(5_000_001),
        "This file is larger than the limit of 5 MB. Split it or save it smaller, then send it.",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_opened_is_refused_with_one_sentence(
    site: Site, ann: Person, tmp_path: Path, name: str
) -> None:
    content, sentence = REFUSED[name]
    file = tmp_path / name
    file.write_bytes(content(tmp_path / "scratch"))
    before = stored(site)

    answer = ann.upload(file)

    assert answer.status == 422
    assert sentences(answer) == [f"{name} {sentence}"]
    assert_nothing_stays(site, before)


# name: (its content, the sentence on the page of the document)
PAGES: dict[str, tuple[Callable[[], bytes], str]] = {
    "cut-off.jpg": (lambda: half(saved(text_image(), "JPEG")), PAGE_DAMAGED),
    "cut-off.png": (lambda: half(saved(text_image(), "PNG")), PAGE_DAMAGED),
    "cut-off.tif": (lambda: half(saved(text_image(), "TIFF")), PAGE_DAMAGED),
    "one-pixel.png": (lambda: saved(Image.new("L", (1, 1), "white"), "PNG"), NO_TEXT),
    "blank.png": (lambda: saved(Image.new("L", (1700, 2200), "white"), "PNG"), NO_TEXT),
}


@pytest.mark.parametrize("languages", ["detect", "eng"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_that_cannot_be_read_says_why(
    site: Site, ann: Person, tmp_path: Path, name: str, languages: str
) -> None:
    content, sentence = PAGES[name]
    file = tmp_path / name
    file.write_bytes(content())
    url = ann.send(file, languages=[languages])
    document = ann.finished(url)
    assert document["state"] == ("done" if sentence == NO_TEXT else "failed")
    assert sentence in ann.get(url).text


def test_a_page_of_200_inches_is_read(ann: Person, tmp_path: Path) -> None:
    side = 200 * 72
    drawn = b"BT /F 700 Tf 1000 7000 Td (A very large page) Tj ET"
    document = ann.finished(ann.send(save_pdf(tmp_path / "plan.pdf", drawn, size=(side, side))))
    assert document["pages"][0]["text"].strip() == "A very large page"


def test_a_locked_pdf_is_kept_and_asks_for_its_password(ann: Person, tmp_path: Path) -> None:
    url = ann.send(save_pdf(tmp_path / "locked.pdf", says("A secret"), password="sesame"))
    assert ann.document(url)["locked"]
    assert "This PDF is locked" in ann.get(url).text


def test_an_unknown_language_is_named(site: Site, ann: Person, png: Path) -> None:
    before = stored(site)
    answer = ann.upload(png, languages=["klingon"])
    assert answer.status == 422
    assert sentences(answer) == [
        "“klingon” is not a language code. Choose one from the list, for example “eng” for English."
    ]
    assert_nothing_stays(site, before)


def test_all_of_them_at_once_leave_a_good_file_alone(ann: Person, tmp_path: Path) -> None:
    files = []
    for name, (content, _sentence) in REFUSED.items():
        files.append(tmp_path / name)
        files[-1].write_bytes(content(tmp_path / "scratch"))
    good = tmp_path / "good.png"
    text_image(["Hello world"]).save(good)

    answer = ann.upload(*files[:3], good, *files[3:])

    assert answer.status == 200
    assert sentences(answer) == [f"{name} {sentence}" for name, (_content, sentence) in REFUSED.items()]
    link = answer.text.partition("These were received:")[2].partition('href="')[2].partition('"')[0]
    assert ann.finished(link)["pages"][0]["text"].strip() == "Hello world"
