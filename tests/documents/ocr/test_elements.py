import pytest

from documents.ocr.elements import as_read


@pytest.mark.parametrize(
    ("written", "held"),
    [
        ("e\u0301te\u0301", "été"),
        ("ﬁnd oﬀ aﬄuent ﬆone", "find off affluent stone"),
        ("œuvre Ægir ĳs", "œuvre Ægir ĳs"),
        ("ﷺ", "ﷺ"),
        ("\u200fשלום\u200e", "שלום"),
        ("\u00b5ε 5 \u00b5m", "με 5 \u00b5m"),
        ("a\ufffe\uffffb\ufdd0\ufdefc\U0001fffe\U0010ffff\ufffd", "abc\ufffd"),
    ],
)
def test_an_engines_text_is_normalised_without_a_loss(written: str, held: str) -> None:
    assert as_read(written) == held
