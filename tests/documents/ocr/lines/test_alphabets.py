from string import ascii_letters, digits, punctuation

from documents.ocr.lines.alphabets import readable, twins, weights

PLAIN = ascii_letters + digits + punctuation


def weight(character: str, *languages: str) -> float:
    return float(weights(languages, [character])[0])


def test_a_language_is_readable_if_no_letter_is_missing() -> None:
    languages = ["eng", "deu", "tur", "vie", "ell"]
    assert readable(languages, PLAIN) == {"eng"}
    assert readable(languages, PLAIN + "äöüßÄÖÜ") == {"eng", "deu"}
    assert readable(languages, PLAIN + "äöüßÄÖ") == {"eng"}


def test_greek_without_accents_is_no_greek() -> None:
    bare = "αβγδεζηθικλμνξοπρστυφχψωΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ"
    assert readable(["ell"], PLAIN + bare) == set()
    accented = bare + "ςάέήίόύώϊϋΐΰΆΈΉΊΌΎΏΪΫ"
    assert readable(["ell"], PLAIN + accented) == {"ell"}


def test_a_language_whose_letters_nobody_listed_is_not_readable() -> None:
    assert readable(["rus", "Latin", "tlh"], PLAIN) == set()


def test_chinese_may_lack_a_few_rare_characters() -> None:
    rows = [bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF)]
    common = [character for row in rows if (character := row.decode("gb2312", "ignore"))]
    assert readable(["chi_sim"], common[5:]) == {"chi_sim"}
    assert readable(["chi_sim"], common[100:]) == set()


def test_letters_of_the_language_count_fully_and_foreign_ones_less() -> None:
    assert weight("a", "eng") == weight("7", "eng") == weight("€", "eng") == 1
    assert weight("ß", "deu") == weight("Ä", "deu") == 1
    assert 0 < weight("ß", "eng") < 1
    assert weight("ß", "eng", "deu") == 1


def test_other_scripts_are_not_read() -> None:
    for character in "家かνж。":
        assert weight(character, "eng") == 0


def test_east_asian_languages_have_their_characters() -> None:
    assert weight("家", "chi_sim") == weight("。", "chi_sim") == weight("a", "chi_sim") == 1
    assert weight("か", "chi_sim") == 0
    assert weight("か", "jpn") == weight("家", "jpn") == weight("ー", "jpn") == 1


def test_a_space_wins_where_it_is_somewhat_likely_and_no_letter_counts_as_it_is() -> None:
    nothing, space = weights(["eng"], ["", " "])
    assert nothing == 1
    assert space > 1


def test_wide_forms_are_the_letters_that_they_look_like_but_not_in_east_asia() -> None:
    characters = ["", "(", "（", "a", "家", "ａ", "～"]
    wide, plain = twins(["eng"], characters)
    assert wide.tolist() == [2, 5]
    assert plain.tolist() == [1, 3]
    assert [places.tolist() for places in twins(["eng", "jpn"], characters)] == [[], []]
