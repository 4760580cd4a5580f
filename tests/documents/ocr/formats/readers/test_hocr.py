"""hOCR in the manner of the programs that write it."""

import pytest

from documents.errors import FileTooLarge, TextDamaged
from documents.ocr.elements import Box
from documents.ocr.formats.readers.hocr import read

TESSERACT = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"
    "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en" lang="en">
 <head><title></title><meta name='ocr-system' content='tesseract 5.3.0' /></head>
 <body>
  <div class='ocr_page' id='page_1' title='image "/scans/page one.png"; bbox 0 0 1000 800; ppageno 6'>
   <div class='ocr_carea' title="bbox 100 100 400 190">
    <p class='ocr_par' lang='deu' title="bbox 100 100 400 190">
     <span class='ocr_line' title="bbox 100 100 400 140; baseline 0 -9">
      <span class='ocrx_word' title='bbox 100 100 200 140; x_wconf 96'>Guten</span>
      <span class='ocrx_word' title='bbox 210 100 400 140; x_wconf 61.5'><strong>Tag,</strong></span>
     </span>
     <span class='ocr_caption' title="bbox 100 150 400 190">
      <span class='ocrx_word' title='bbox 100 150 150 190; x_wconf 90'>天</span>
      <span class='ocrx_word' title='bbox 150 150 200 190; x_wconf 90'>气&nbsp;</span>
     </span>
    </p>
   </div>
  </div>
 </body>
</html>"""


def in_page(inside: str, title: str = "bbox 0 0 100 100") -> bytes:
    return f"<html><body><div class='ocr_page' title='{title}'>{inside}</div></body></html>".encode()


def words_of(data: bytes) -> list[tuple[str, Box]]:
    return [(word.text, word.box) for word in read(data)[0].page.words]


def test_a_page_of_tesseract() -> None:
    [found] = read(TESSERACT.encode())
    page = found.page
    assert (found.image, found.number) == ("/scans/page one.png", 7)
    assert (page.width, page.height, page.languages) == (1000, 800, ("deu",))
    assert (page.engine, page.engine_version) == ("tesseract", "5.3.0")
    assert page.text == "Guten Tag,\n天气"
    assert page.words[1].box == Box(210, 100, 400, 140)
    assert [word.confidence for word in page.words] == [96.0, 61.5, 90.0, 90.0]


def test_letters_are_joined_and_what_else_they_might_be_is_left_out() -> None:
    letters = """<span class='ocr_line'><span class='ocrx_word' title='bbox 1 2 30 40'>
        <span class='ocrx_cinfo' title='x_bboxes 1 2 9 40; x_conf 98'>D</span>
        <span class='ocrx_cinfo' id='a'><span class='ocrx_cinfo' title='x_confs 9'>P</span></span>
        <span class='ocrx_cinfo' title='x_bboxes 9 2 30 40; x_conf 98'>o</span>
        </span></span>"""
    assert words_of(in_page(letters)) == [("Do", Box(1, 2, 30, 40))]


def test_a_line_without_words_is_taken_apart() -> None:
    found = words_of(in_page("<span class='ocr_line' title='bbox 10 10 70 30'>to be ...</span>"))
    assert [text for text, _box in found] == ["to", "be", "..."]
    assert [box.x0 for _text, box in found] == [10, 29, 48]


def test_words_without_lines_are_lines_of_their_paragraphs() -> None:
    a, b, c = (f"<span class='ocr_word' title='bbox 1 1 2 2'>{letter}</span>" for letter in "abc")
    inside = f"<p class='ocr_par'>{a} {b}</p><p class='ocr_par'>{c}</p>"
    assert read(in_page(inside))[0].page.text == "a b\n\nc"


def test_spaces_are_as_the_line_has_them_but_line_breaks_are_layout() -> None:
    a, b, c, d = (f"<span class='ocrx_word' title='bbox 1 1 2 2'>{letter}</span>" for letter in "abcd")
    line = f"<span class='ocr_line'>{a} {b}{c}\n{d}</span>"
    assert read(in_page(line))[0].page.text == "a bc d"


def test_html_that_is_no_xml() -> None:
    line = "<p class=ocr_par><span class=ocr_line title='bbox 1 2 30 40'>caf&eacute; &amp; bar<br></span><p>"
    page = f"<div class=ocr_page title='bbox 0 0 99 99'>{line}</div>"
    html = f"<html><head><meta charset=utf-8></head><body>{page}</html>"
    assert [text for text, _box in words_of(html.encode())] == ["café", "&", "bar"]


def test_two_pages_of_one_scan_count_from_their_own_corners() -> None:
    line = "<span class='ocr_line' title='bbox 110 10 150 30'>x</span>"
    [found] = read(in_page(line, "image photo.jpg; bbox 100 0 200 100"))
    assert (found.image, found.page.width, found.page.words[0].box) == ("photo.jpg", 100, Box(10, 10, 50, 30))


def test_a_word_that_nobody_doubted_is_certain() -> None:
    assert read(in_page("<span class='ocr_line' title='bbox 1 1 9 9'>x</span>"))[0].page.confidence == 100


def test_confidences_of_letters_are_averaged() -> None:
    word = "<span class='ocrx_word' title='bbox 1 1 9 9; x_confs 0.5 0.7'>ab</span>"
    assert read(in_page(f"<span class='ocr_line'>{word}</span>"))[0].page.confidence == 60


def test_a_page_without_size_and_text_was_not_read() -> None:
    assert read(in_page("", "image a.png; bbox 0 0 0 0; ppageno 0"))[0].page is None
    assert read(in_page("", "image a.png; bbox 0 0 9 9"))[0].page.words == []


@pytest.mark.parametrize("data", [TESSERACT[:-40], "<html><body><br><div class='ocr_page' title='bbox 0 0 9"])
def test_what_is_cut_off_is_not_taken_for_whole(data: str) -> None:
    with pytest.raises(TextDamaged):
        read(data.encode())


def test_html_is_no_longer_than_its_parser_bears() -> None:
    with pytest.raises(FileTooLarge):
        read(b"<html><br>" + b"<!--" * 2_500_000 + b"</html>")


def test_a_line_that_is_longer_than_lines_may_be_is_cut() -> None:
    word = "<span class='ocrx_word' title='bbox 1 1 9 9'>{}</span>"
    words = [str(1000 + at) for at in range(2500)]
    [page] = read(in_page("".join(map(word.format, words))))
    assert [len(line.words) for line in page.page.lines] == [1000, 1000, 500]
    assert [found.text for found in page.page.words] == words
