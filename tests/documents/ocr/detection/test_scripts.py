import pytest

from documents.ocr.detection.scripts import chinese_form, is_chinese, own_share
from documents.ocr.languages import PACKS


@pytest.mark.parametrize(
    ("text", "script", "share"),
    [
        ("Hello, world!", "Latn", 1.0),
        ("Hello мир", "Latn", 5 / 8),
        ("12.50 30.00", "Latn", 1.0),
        ("12.50 30.00", "Arab", 0.0),
        ("Оу 6120", "Cyrl", 0.0),
        ("Итого 12.50", "Cyrl", 1.0),
        ("да", "Cyrl", 1.0),
        ("こんにちは世界", "Jpan", 1.0),
        ("", "Latn", 1.0),
        ("", "Hans", 0.0),
    ],
)
def test_letters_are_told_by_their_script(text: str, script: str, share: float) -> None:
    assert own_share(text, script) == pytest.approx(share)


def test_the_letters_of_every_script_with_a_pack_are_known() -> None:
    assert all(own_share("", pack.script) in (0.0, 1.0) for pack in PACKS.values())


def test_simplified_and_traditional_chinese_are_told_apart() -> None:
    assert chinese_form("感谢您的来信。我们已经收到付款") == "Hans"
    assert chinese_form("感謝您的來信。我們已經收到付款") == "Hant"
    assert chinese_form("人人生而自由") is None


def test_japanese_has_kana() -> None:
    assert not is_chinese("本日の会議は午後三時から行います")
    assert is_chinese("本合同自双方签字之日起生效")
