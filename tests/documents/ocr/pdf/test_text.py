"""What readers find, mark and copy."""

from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageDraw, ImageFont

from documents.ocr.correcting import operations as do
from documents.ocr.correcting.editing import edited
from documents.ocr.elements import Block, Box, Line, PageText, Word
from documents.ocr.pdf.glyphless import GlyphlessFonts
from documents.ocr.pdf.layer import visual_order
from documents.ocr.pdf.lines import Span, places
from tests.documents.ocr.pdf.made import make_pdf, page_of
from tests.factories import picture
from tests.pdf_reader import text_by_pdfium, text_by_poppler, words_by_poppler

SIZE = 2480, 3508  # pixels of A4 at 300 dpi
POINTS = 595.28 / 2480
ALIKE = 2.0  # points

SCRIPTS = {
    "Latin": page_of(["Größe", "naïve"], ["fin,", "Tiếng", "Việt."]),
    "Cyrillic": page_of(["Привет,", "мир!"], ["ещё", "йод"]),
    "Greek": page_of(["Καλημέρα", "κόσμε"]),
    "Devanagari": page_of(["नमस्ते", "दुनिया"], ["क्षत्रिय"]),
    "Thai": page_of(["สวัสดีชาวโลก"]),
    "Chinese": page_of(["这是", "中文。"], ["第二行"]),
    "Japanese": page_of(["日本語", "の", "テキスト"]),
    "Korean": page_of(["안녕하세요", "세계"]),
    "beyond 16 bits": page_of(["a𝒳b", "𠮷野家"]),
    "combining": page_of(["e\u0301te\u0301", "ǫ̀"]),
}
RIGHT_TO_LEFT = {
    "Arabic": page_of(["السلام", "عليكم"], ["ورحمة", "الله"], is_right_to_left=True),
    "vowels": page_of(["كِتَابٌ", "جَدِيدٌ"], is_right_to_left=True),
    "Hebrew": page_of(["שלום", "עולם"], is_right_to_left=True),
}


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    return picture(tmp_path / "scan.png", (248, 351))


def words_of(page: PageText) -> list[str]:
    return page.text.split()


@pytest.mark.parametrize("name", [*SCRIPTS, *RIGHT_TO_LEFT])
def test_text_of_any_script_is_found(tmp_path: Path, scan: Path, name: str) -> None:
    page = (SCRIPTS | RIGHT_TO_LEFT)[name]
    made = make_pdf(tmp_path, scan, pages=[page])
    assert text_by_pdfium(made).split() == words_of(page)
    assert text_by_poppler(made).split() == words_of(page)


@pytest.mark.parametrize("name", [*SCRIPTS, *RIGHT_TO_LEFT])
def test_each_word_is_where_it_is_on_the_image(tmp_path: Path, scan: Path, name: str) -> None:
    page = (SCRIPTS | RIGHT_TO_LEFT)[name]
    made = make_pdf(tmp_path, scan, pages=[page])
    found = {place.text: place.box for place in words_by_poppler(made)}
    for line in page.lines:
        parts = [(word.text, word.box) for word in line.words]
        # Words without a space between them are one to poppler.
        for text, pixels in parts if " " in line.text else [(line.text, line.box)]:
            # With its box, poppler gives a word as the eye meets it.
            assert found[visual_order(text)] == pytest.approx([value * POINTS for value in pixels], abs=ALIKE)


def test_single_letters_are_found_by_pdfium(tmp_path: Path, scan: Path) -> None:
    page = page_of(list("这是中文"))
    assert text_by_pdfium(make_pdf(tmp_path, scan, pages=[page])).strip() == "这是中文"


def test_numbers_among_right_to_left_words_keep_their_order(tmp_path: Path, scan: Path) -> None:
    page = page_of(["رقم", "12345", "في"], is_right_to_left=True)
    made = make_pdf(tmp_path, scan, pages=[page])
    assert text_by_pdfium(made).split() == words_of(page)
    # poppler 22 puts the space on the wrong side of a number.
    assert "12345" in text_by_poppler(made)


def test_columns_of_chinese_are_read_from_right_to_left(tmp_path: Path, scan: Path) -> None:
    columns = [("春眠不覺曉", 2000), ("處處聞啼鳥", 1800)]
    page = PageText(*SIZE, (Block.of([_column(text, left) for text, left in columns]),))
    made = make_pdf(tmp_path, scan, pages=[page])
    assert text_by_poppler(made).split() == [text for text, _left in columns]
    box = Box(2000, 300, 2080, 1100)
    [first, _second] = words_by_poppler(made)
    assert first.box == pytest.approx([value * POINTS for value in box], abs=ALIKE)


def _column(text: str, left: int) -> Line:
    upper, lower = Box(left, 300, left + 80, 780), Box(left, 780, left + 80, 1100)
    return Line.of([Word(text[:3], 90, upper), Word(text[3:], 90, lower)])


def test_words_of_different_height_stay_in_their_line(tmp_path: Path, scan: Path) -> None:
    """x-height, ascenders and descenders give the boxes of a line different tops and bottoms."""
    boxes = {"an": Box(300, 315, 360, 345), "ugly": Box(380, 300, 480, 360), "duck": Box(500, 300, 620, 345)}
    line = Line(tuple(Word(text, 90, box) for text, box in boxes.items()), Box(300, 300, 620, 360))
    made = make_pdf(tmp_path, scan, pages=[PageText(*SIZE, (Block.of([line]),))])
    assert text_by_poppler(made).strip() == "an ugly duck"
    assert [place.text for place in words_by_poppler(made)] == list(boxes)


@pytest.mark.parametrize(
    "boxes",
    [
        {"one": Box(300, 300, 400, 350), "–": Box(420, 325, 460, 335), "two": Box(480, 300, 580, 350)},
        {"“": Box(300, 300, 320, 325), "quoted": Box(330, 300, 480, 360), ",": Box(490, 340, 500, 360)},
        {
            f"leaning{number}": Box(
                300 + 220 * number, 300 + 6 * number, 500 + 220 * number, 350 + 6 * number
            )
            for number in range(9)
        },
    ],
    ids=["a dash", "marks", "a line that leans"],
)
def test_words_beside_the_baseline_stay_in_their_line(
    tmp_path: Path, scan: Path, boxes: dict[str, Box]
) -> None:
    line = Line.of([Word(text, 90, box) for text, box in boxes.items()])
    made = make_pdf(tmp_path, scan, pages=[PageText(*SIZE, (Block.of([line]),))])
    assert text_by_pdfium(made).split("\n") == [" ".join(boxes)]
    assert text_by_poppler(made, "-raw").strip() == " ".join(boxes)
    found = {place.text: place.box for place in words_by_poppler(made)}
    for text, box in boxes.items():
        assert found[text] == pytest.approx([value * POINTS for value in box], abs=ALIKE)


def test_no_space_is_read_into_the_gaps_between_chinese_words(tmp_path: Path, scan: Path) -> None:
    words = [
        Word(text, 90, Box(300 + 70 * at, 300, 350 + 70 * at, 350)) for at, text in enumerate("这一个字")
    ]
    words[1] = Word("一", 90, Box(370, 322, 420, 330))
    line = Line(tuple(words), Box(300, 300, 560, 350))
    made = make_pdf(tmp_path, scan, pages=[PageText(*SIZE, (Block.of([line]),))])
    assert text_by_pdfium(made).strip() == "这一个字"
    assert text_by_poppler(made).strip() == "这一个字"


def test_text_is_not_seen(tmp_path: Path, scan: Path) -> None:
    made = make_pdf(tmp_path, scan, pages=[page_of(["Hello"])])
    assert pixels_of(made) == pixels_of(make_pdf(tmp_path, scan))


def pixels_of(path: Path) -> bytes:
    with pdfium.PdfDocument(path) as document:
        return bytes(document[0].render().buffer)


def test_a_page_without_text_stays_without(tmp_path: Path, scan: Path) -> None:
    made = make_pdf(tmp_path, scan, scan, pages=[page_of(["Hello"]), None])
    assert (text_by_pdfium(made, 0), text_by_pdfium(made, 1)) == ("Hello", "")


def test_a_box_without_extent_does_no_harm(tmp_path: Path, scan: Path) -> None:
    line = Line((Word("dot", 90, Box(300, 300, 300, 300)),), Box(300, 300, 300, 300))
    made = make_pdf(tmp_path, scan, pages=[PageText(*SIZE, (Block.of([line]),))])
    assert "dot" in text_by_pdfium(made)


@pytest.mark.parametrize(
    ("logical", "visual"),
    [
        ("Hello", "Hello"),
        ("שלום", "םולש"),
        ("ב-2024", "2024-ב"),
        ("3.5%", "3.5%"),
        ("(שלום)", ")םולש("),
        ("ה-iPhone5", "iPhone5-ה"),
        ("٣٫١٤م", "م٣٫١٤"),
    ],
)
def test_letters_are_written_as_the_eye_meets_them(logical: str, visual: str) -> None:
    assert visual_order(logical) == visual


def test_a_font_that_is_full_has_no_code_for_more() -> None:
    with pikepdf.new() as pdf:
        font = GlyphlessFonts(pdf)
        font.encode("".join(map(chr, range(0x10000, 0x10000 + 0xFFFF))))
        assert font.encode("a") == b"<>"
        assert font.encode("\U00010000") == b"<0001>"


GLUED = {
    "Latin": (["around", "quite", "loudly", "the", "—", "a", "end."], False),
    "the same": (["the", "the", "the"], False),
    "letters": (["a", "b", "c"], False),
    "Arabic": (["السلام", "عليكم", "ورحمة", "الله"], True),
    "Chinese and Latin": (["中文", "Word", "测试", "text"], False),
}


@pytest.mark.parametrize("gap", [5, 0, -10, -24])
@pytest.mark.parametrize("name", GLUED)
def test_two_words_are_two_wherever_their_boxes_are(tmp_path: Path, scan: Path, name: str, gap: int) -> None:
    """Close to each other, touching, or one upon the other."""
    texts, is_right_to_left = GLUED[name]
    line = row_of(texts, gap, is_right_to_left=is_right_to_left)
    made = make_pdf(tmp_path, scan, pages=[PageText(*SIZE, (Block.of([line]),))])
    assert text_by_pdfium(made).split() == texts
    assert text_by_poppler(made).split() == texts
    assert text_by_poppler(made, "-raw").split() == texts


def row_of(texts: list[str], gap: int, *, is_right_to_left: bool = False) -> Line:
    """Letters of 25 × 50 pixels."""
    words: list[Word] = []
    start = 300
    for text in texts:
        end = start + 25 * len(text)
        left, right = (SIZE[0] - end, SIZE[0] - start) if is_right_to_left else (start, end)
        words.append(Word(text, 90, Box(left, 300, right, 350)))
        start = end + gap
    return Line.of(words)


def test_a_rule_below_a_line_moves_none_of_its_words() -> None:
    """The engine reads it as a word that is as long as the line."""
    texts, spans = ["____", "aa", "bb", "cc"], [(0, 1000), (0, 100), (110, 200), (400, 500)]
    words = [Word(text, 90, Box(start, 0, end, 30)) for text, (start, end) in zip(texts, spans, strict=True)]
    there = [Span(start, end, 0, 30) for start, end in spans]
    assert [place.span for place in places(words, there, size=30, most=30)] == there


def test_words_in_one_place_are_all_there(tmp_path: Path, scan: Path) -> None:
    line = Line.of([Word(text, 90, Box(300, 300, 400, 350)) for text in ("one", "two", "three")])
    made = make_pdf(tmp_path, scan, pages=[PageText(*SIZE, (Block.of([line]),))])
    assert text_by_pdfium(made) == text_by_poppler(made).strip() == "one two three"


@pytest.mark.parametrize(
    "change",
    [do.InsertWord(0, 1, "quite loudly"), do.SplitWord(0, 0, 4), do.RetypeLine(0, "aro und very the moped.")],
    ids=["inserted", "split", "typed anew"],
)
def test_words_that_a_person_made_are_words(tmp_path: Path, scan: Path, change: do.Operation) -> None:
    line = row_of(["around", "the", "moped."], 10)
    page = edited(PageText(*SIZE, (Block.of([line]),)), [change])
    made = make_pdf(tmp_path, scan, pages=[page])
    assert text_by_pdfium(made) == text_by_poppler(made).strip() == page.text


@pytest.mark.parametrize("text", ["Corrected", "Mississippi", "Schifffahrt", "السلام", "مرررحبا"])
def test_a_word_that_is_much_longer_than_its_box_is_where_that_is(
    tmp_path: Path, scan: Path, text: str
) -> None:
    """As where one word was read as another one, and a person put it right."""
    boxes = {"one": Box(300, 300, 375, 350), text: Box(380, 300, 422, 350), "two": Box(427, 300, 502, 350)}
    words = [Word(word, 90, box) for word, box in boxes.items()]
    made = make_pdf(tmp_path, scan, pages=[PageText(*SIZE, (Block.of([Line.of(words)]),))])
    assert text_by_pdfium(made).split() == text_by_poppler(made, "-raw").split() == list(boxes)
    found = {place.text: place.box for place in words_by_poppler(made)}
    for word, box in boxes.items():
        assert found[visual_order(word)] == pytest.approx([value * POINTS for value in box], abs=ALIKE)


def test_a_word_that_lies_on_another_one_stays_where_it_is(tmp_path: Path, scan: Path) -> None:
    """As engines have it that take a part of a line twice."""
    boxes = {"popular.": Box(300, 300, 600, 350), "com": Box(480, 300, 560, 350)}
    line = Line.of([Word(text, 90, box) for text, box in boxes.items()])
    made = make_pdf(tmp_path, scan, pages=[PageText(*SIZE, (Block.of([line]),))])
    assert text_by_pdfium(made).split() == list(boxes)
    for place in words_by_poppler(made):
        assert place.box == pytest.approx([value * POINTS for value in boxes[place.text]], abs=ALIKE)


def test_two_rows_that_were_made_one_line_stay_where_they_are(tmp_path: Path, scan: Path) -> None:
    boxes = {"one": (300, 300), "two": (400, 300), "three": (300, 380), "four": (450, 380)}
    words = [
        Word(text, 90, Box(left, top, left + 25 * len(text), top + 50)) for text, (left, top) in boxes.items()
    ]
    made = make_pdf(tmp_path, scan, pages=[PageText(*SIZE, (Block.of([Line.of(words)]),))])
    assert text_by_pdfium(made).split() == list(boxes)
    for word, place in zip(words, words_by_poppler(made), strict=True):
        assert place.box == pytest.approx([value * POINTS for value in word.box], abs=ALIKE)


@pytest.mark.parametrize("degrees", [1.2, 3.4, -3.4])
def test_words_of_a_crooked_page_are_where_they_are(tmp_path: Path, degrees: float) -> None:
    scan, page = crooked(tmp_path / "crooked.png", degrees)
    made = make_pdf(tmp_path, scan, pages=[page])
    assert text_by_pdfium(made).split() == words_of(page)
    found = {place.text: place.box for place in words_by_poppler(made)}
    for word in page.words:
        assert found[word.text] == pytest.approx([value * POINTS for value in word.box], abs=ALIKE)


def crooked(path: Path, degrees: float) -> tuple[Path, PageText]:
    """Two lines that were scanned so many degrees askew, with a box around the ink of each word."""
    font = ImageFont.load_default(44)
    size = SIZE[0], 500
    lines = []
    for row in range(2):
        words = []
        at = 300.0
        for number, stem in enumerate(("gypsy", "moon", "“A", "—", "Klangkörper", "as", "quay,", "seven")):
            text = f"{stem}{row}{number}" if stem != "—" else "—" * (row + 1)
            drawn = Image.new("L", size)
            ImageDraw.Draw(drawn).text((at, 200 + 80 * row), text, font=font, fill=255)
            at += font.getlength(f"{text} ")
            words.append(Word(text, 90, Box(*(drawn.rotate(degrees).getbbox() or (0, 0, 1, 1)))))
        lines.append(Line.of(words))
    Image.new("1", size, 1).save(path, dpi=(300, 300))
    return path, PageText(*size, (Block.of(lines),), ("eng",))


def test_a_lone_word_beside_a_high_one_is_where_it_is(tmp_path: Path, scan: Path) -> None:
    boxes = {"Total": Box(300, 300, 500, 420), "7": Box(700, 300, 725, 340)}
    line = Line.of([Word(text, 90, box) for text, box in boxes.items()])
    made = make_pdf(tmp_path, scan, pages=[PageText(*SIZE, (Block.of([line]),))])
    for place in words_by_poppler(made):
        assert place.box == pytest.approx([value * POINTS for value in boxes[place.text]], abs=ALIKE)
