import pytest

from documents.errors import LanguageMissing, LanguageUnknown
from documents.ocr.languages import (
    PACKS,
    from_the_right,
    install_command,
    installable,
    name,
    named,
    parse,
    require_installed,
    tags,
)


@pytest.mark.parametrize(
    "asked",
    [
        "eng+rus",
        "eng,rus",
        "eng, rus",
        "eng rus",
        "eng;rus",
        "ENG+Rus",
        "eng+rus+eng",
        ["eng", "rus"],
        ["eng+rus"],
    ],
)
def test_codes_are_read_however_they_are_written(asked: str | list[str]) -> None:
    assert parse(asked) == ("eng", "rus")


@pytest.mark.parametrize("asked", ["", "auto", "detect", None, [], [""], " + "])
def test_nothing_asked_for_means_detect(asked: str | list[str] | None) -> None:
    assert parse(asked) == ()


def test_the_order_is_kept() -> None:
    assert parse("rus+eng") == ("rus", "eng")


def test_a_pack_of_a_script_is_known_with_and_without_its_folder() -> None:
    assert parse("script/Cyrillic") == parse("cyrillic") == ("Cyrillic",)


@pytest.mark.parametrize("asked", ["xyz", "eng+xyz", "en", "../eng", "-l"])
def test_an_unknown_code_is_refused(asked: str) -> None:
    with pytest.raises(LanguageUnknown):
        parse(asked)


def test_packs_that_someone_trained_are_known_where_they_are_installed() -> None:
    assert parse("receipts+eng", also={"receipts"}) == ("receipts", "eng")


@pytest.mark.parametrize(
    ("code", "english", "french"),
    [
        ("eng", "English", "anglais"),
        ("chi_sim", "Chinese (Simplified)", "chinois (simplifié)"),
        ("chi_tra_vert", "Chinese (Traditional, vertical)", "chinois (traditionnel, vertical)"),
        ("jpn_vert", "Japanese (vertical)", "japonais (vertical)"),
        ("srp_latn", "Serbian (Latin)", "serbe (latin)"),
        ("frk", "German (Fraktur)", "allemand (Fraktur)"),
        ("ita_old", "Italian (old)", "italien (ancien)"),
        ("grc", "Ancient Greek", "grec ancien"),
        ("Cyrillic", "Cyrillic (script)", "cyrillique (écriture)"),
        ("receipts", "receipts", "receipts"),
    ],
)
def test_names_are_those_of_the_reader(code: str, english: str, french: str) -> None:
    assert (name(code), name(code, "fr-fr")) == (english, french)


def test_every_pack_has_a_name_of_its_own() -> None:
    names = {code: name(code) for code in PACKS if code != "deu_latf"}  # the newer code of frk
    assert len(set(names.values())) == len(names)
    assert [code for code, given in names.items() if given == code] == []


def test_an_unknown_locale_gets_english() -> None:
    assert name("deu", "tlh") == "German"


@pytest.mark.parametrize(
    ("code", "package"),
    [
        ("chi_sim", "tesseract-ocr-chi-sim"),
        ("deu", "tesseract-ocr-deu"),
        ("Latin", "tesseract-ocr-script-latn"),
        ("Hangul_vert", "tesseract-ocr-script-hang-vert"),
        ("Fraktur", "tesseract-ocr-script-frak"),
    ],
)
def test_apt_installs_what_is_missing(
    code: str, package: str, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    bin_folder = tmp_path_factory.mktemp("bin")
    (bin_folder / "apt-get").touch(0o755)
    monkeypatch.setenv("PATH", str(bin_folder))
    assert install_command(code) == f"sudo apt-get install {package}"


def test_without_apt_the_file_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("TESSDATA_PREFIX", "/opt/tessdata")
    assert install_command("Latin").startswith("sudo curl -L -o /opt/tessdata/Latin.traineddata https://")
    assert install_command("Latin").endswith("/script/Latin.traineddata")


def test_the_first_missing_pack_is_named() -> None:
    require_installed(["eng"], {"eng"})
    with pytest.raises(LanguageMissing) as caught:
        require_installed(["eng", "swe", "fin"], {"eng"})
    assert caught.value.params["language"] == "swe"
    assert "Swedish (swe) is not installed" in str(caught.value)


def test_a_renamed_pack_is_advised_under_the_name_that_can_be_installed() -> None:
    assert {"frk", "deu_latf"} & installable({"eng"}) == {"frk"}
    assert not {"frk", "deu_latf"} & installable({"eng", "deu_latf"})
    assert parse("deu_latf", also={"eng"}) == ("frk",)
    assert parse("deu_latf", also={"eng", "deu_latf"}) == ("deu_latf",)


@pytest.mark.parametrize(
    ("typed", "locale", "codes"),
    [
        ("fra", "en", ("fra",)),
        ("fr", "en", ("fra",)),
        ("French", "fr", ("fra",)),
        ("français", "fr", ("fra",)),
        ("zh", "en", ("chi_sim", "chi_sim_vert", "chi_tra", "chi_tra_vert")),
        ("klingon", "en", ()),
        ("", "en", ()),
    ],
)
def test_a_language_goes_by_its_code_and_its_names(typed: str, locale: str, codes: tuple[str, ...]) -> None:
    assert named(typed, locale) == codes


def test_packs_have_the_tags_of_their_languages() -> None:
    codes = ["deu", "eng", "chi_sim", "chi_sim_vert", "frk", "srp_latn", "srp", "Latin", "Vietnamese", "mine"]
    assert tags(codes) == ["de", "en", "zh-Hans", "de-Latf", "sr-Latn", "sr", "und-Latn", "vi"]


@pytest.mark.parametrize(
    ("codes", "is_so"),
    [
        (("ara",), True),
        (("heb", "eng"), True),
        (("Arabic",), True),
        (("jpn_vert",), True),
        (("eng", "ara"), False),
        (("jpn",), False),
        (("mine",), False),
        ((), False),
    ],
)
def test_the_first_language_says_from_which_side_a_book_opens(codes: tuple[str, ...], *, is_so: bool) -> None:
    assert from_the_right(codes) is is_so
