import random
from collections import Counter

import pytest
from PIL import Image, ImageDraw, ImageFilter

from documents.likeness import (
    NEAR,
    Paper,
    are_one,
    bands,
    distance,
    near_bands,
    picture_hash,
    share,
    text_hash,
)

_TEXT = (
    "dear ms doe thank you for your order of 12 march 2024 we send the goods number 4711 by post today"
    " the sum of 249 euros is due in 30 days with kind regards from all of us in the old mill at the river"
)
_LETTER = _TEXT.split()


def paper(words: list[str], dates: tuple[str, ...] = (), picture: int | None = None) -> Paper:
    return Paper(Counter(words), frozenset(dates), picture)


def page(seed: int) -> Image.Image:
    """Lines of ink on paper, their lengths by chance."""
    dice = random.Random(seed)  # noqa: S311
    image = Image.new("L", (600, 800), 250)
    draw = ImageDraw.Draw(image)
    for top in range(60, 740, 24):
        left = dice.randint(40, 300)
        draw.rectangle((left, top, left + dice.randint(40, 250), top + 14), fill=30)
    return image


def test_the_same_words_in_any_order_have_the_same_hash() -> None:
    assert text_hash(_LETTER) == text_hash(_LETTER[::-1])


def test_a_misread_word_changes_few_bits_and_another_text_many() -> None:
    own, misread = text_hash(_LETTER), text_hash([*_LETTER[:-1], "rlver"])
    other = text_hash(f"word{number}" for number in range(40))
    assert own is not None
    assert misread is not None
    assert other is not None
    assert distance(own, misread) <= NEAR < distance(own, other)


def test_a_text_too_short_to_tell_has_no_hash() -> None:
    assert text_hash(["thank", "you"]) is None


def test_a_poorer_copy_of_a_picture_has_nearly_the_same_hash() -> None:
    own = picture_hash(page(1))
    copy = picture_hash(
        page(1).resize((300, 400)).rotate(1, fillcolor=250).filter(ImageFilter.GaussianBlur(1))
    )
    other = picture_hash(page(2))
    assert own is not None
    assert copy is not None
    assert other is not None
    assert distance(own, copy) <= NEAR < distance(own, other)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_lay_on_its_side_is_compared_upright(turn: int) -> None:
    own, turned = picture_hash(page(1)), picture_hash(page(1).rotate(turn, expand=True), rotation=turn)
    assert own is not None
    assert turned is not None
    assert distance(own, turned) <= 2


def test_a_blank_page_looks_like_nothing() -> None:
    assert picture_hash(Image.new("L", (60, 80), 255)) is None


def test_two_hashes_that_are_near_meet_in_a_band() -> None:
    dice = random.Random(7)  # noqa: S311
    for _ in range(300):
        bits = dice.getrandbits(64)
        near = bits
        for bit in dice.sample(range(64), NEAR):
            near ^= 1 << bit
        assert any(band in near_bands(own) for own, band in zip(bands(bits), bands(near), strict=True))


def test_the_share_is_that_of_the_longer_text() -> None:
    assert share(Counter("aab"), Counter("aabb")) == 0.75
    assert share(Counter(), Counter()) == 1.0


def test_two_readings_of_one_paper_are_one() -> None:
    misread = [word.replace("u", "ii") for word in _LETTER]
    assert are_one(paper(_LETTER, ("2024-03-12",)), paper(misread, ("2024-03-12",)))


@pytest.mark.parametrize(
    "other",
    [
        paper([word if word.isalpha() else f"{number}77" for number, word in enumerate(_LETTER)]),
        paper([f"word{number}" for number in range(40)]),
        paper(_LETTER, ("2024-04-12",)),
        paper(["thank", "you"]),
        paper([]),
    ],
    ids=["other figures", "other words", "another day", "hardly a word", "nothing"],
)
def test_papers_that_only_resemble_each_other_are_two(other: Paper) -> None:
    assert not are_one(paper(_LETTER, ("2024-03-12",), 5), other)


def test_without_a_text_the_pictures_tell() -> None:
    assert are_one(paper([], picture=0b1111), paper(["a"], picture=0b1110))
    assert not are_one(paper([], picture=0), paper([], picture=0b111111))
    assert not are_one(paper([]), paper([]))


@pytest.mark.parametrize(
    ("text", "are_alike"),
    [
        ("coat check ticket 17 keep it", True),
        ("coat check tickct 17 keep it", True),
        ("coat check ticket 18 keep it", False),
        ("lost and found in room 17", False),
        ("גרדרובה", False),
        ("", True),
    ],
)
def test_of_papers_of_few_words_the_words_tell_as_well(text: str, are_alike: bool) -> None:
    ticket = paper(["coat", "check", "ticket", "17", "keep", "it"], picture=0b1111)
    other = paper(text.split(), picture=0b1110)
    assert are_one(ticket, other) is are_alike
    assert not are_one(ticket, paper(text.split(), picture=0xFFFF0000))


def test_a_label_of_another_day_is_another_one() -> None:
    label = paper(["baked", "fresh"], ("2024-03-12",), 0b1111)
    assert not are_one(label, paper(["baked", "fresh"], ("2024-03-13",), 0b1111))
