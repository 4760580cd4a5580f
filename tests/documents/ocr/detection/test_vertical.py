import pytest

from documents.ocr.detection.vertical import missing_for_vertical, packs_for_vertical, without_vertical


@pytest.mark.parametrize(
    ("languages", "packs"),
    [
        (("jpn",), [("jpn_vert",)]),
        (("jpn", "eng"), [("jpn_vert", "eng")]),
        (("jpn_vert",), []),  # read so anyway
        (("chi_tra",), []),  # its pack is missing
        (("eng",), []),
        ((), [("chi_sim_vert",), ("jpn_vert",)]),
    ],
)
def test_packs_for_vertical_text_take_the_place_of_those_for_level_lines(
    languages: tuple[str, ...], packs: list[tuple[str, ...]]
) -> None:
    installed = ("jpn", "jpn_vert", "eng", "chi_sim_vert", "chi_tra")
    assert list(packs_for_vertical(languages, installed)) == packs


def test_a_pack_for_vertical_text_that_is_not_there_is_missing() -> None:
    assert missing_for_vertical(("jpn", "eng"), ("jpn", "eng")) == ("jpn_vert",)
    assert missing_for_vertical(("jpn", "eng"), ("jpn", "jpn_vert", "eng")) == ()


def test_a_pack_for_vertical_text_is_no_language_beside_its_own() -> None:
    assert without_vertical(("eng", "jpn", "jpn_vert", "kor_vert")) == ["eng", "jpn", "kor_vert"]
