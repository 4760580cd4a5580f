import pytest
from lxml.etree import fromstring

from documents.ocr.formats.xml import Xml, allowed


def test_what_xml_has_no_room_for_becomes_the_mark_for_that() -> None:
    assert allowed("a\x00b\x1f\ufffe\udc80\t\n") == "a\ufffdb\ufffd\ufffd\ufffd\t\n"


def test_text_is_composed() -> None:
    assert allowed("e\u0301") == "é"


@pytest.mark.parametrize("text", ["<&>\"'", "]]>", "\U0001f600", "a\nb", " a "])
def test_text_and_attributes_come_back_as_they_were(text: str) -> None:
    xml = Xml()
    with xml.element("root", {"said": text}):
        xml.leaf("leaf", text=text)
    root = fromstring(xml.taken())
    assert (root.get("said"), root.findtext("leaf")) == (text, text)


def test_attributes_that_are_not_known_are_left_out() -> None:
    xml = Xml()
    xml.leaf("root", {"known": 0, "unknown": None})
    assert fromstring(xml.taken()).attrib == {"known": "0"}


def test_what_was_taken_is_not_given_again() -> None:
    xml = Xml()
    with xml.element("root"):
        first = xml.taken()
        xml.leaf("leaf")
    assert [child.tag for child in fromstring(first + xml.taken())] == ["leaf"]


def test_html_parsers_find_each_element_ended() -> None:
    xml = Xml(is_html=True)
    with xml.element("head"):
        xml.leaf("meta", {"charset": "utf-8"})
        xml.leaf("title")
    assert xml.taken().endswith(b'<head><meta charset="utf-8"/><title></title></head>')
