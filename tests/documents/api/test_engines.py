import pytest
from django.test import Client

from accounts.models import User
from documents.errors import EngineNotHere
from documents.models import Document, Transcription
from documents.ocr import engines
from tests.documents.api.conftest import Program
from tests.doubles import EchoEngine

LANGUAGES = "/api/v1/languages"
ENGINES = "/api/v1/engines"

pytestmark = pytest.mark.usefixtures("echo", "latin")


def codes(asking: Client, address: str, **headers: str) -> list[str]:
    return [one["code"] for one in asking.get(address, headers=headers).json()["items"]]


def test_languages_are_listed_by_their_names(client_of_owner: Client) -> None:
    told = client_of_owner.get(LANGUAGES).json()
    assert told["items"] == [
        {"code": "eng", "name": "English", "tag": "en"},
        {"code": "fra", "name": "French", "tag": "fr"},
        {"code": "rus", "name": "Russian", "tag": "ru"},
    ]
    assert told["next"] is None


def test_they_are_called_as_the_reader_does(client_of_owner: Client) -> None:
    told = client_of_owner.get(LANGUAGES, headers={"Accept-Language": "fr"}).json()["items"]
    assert [one["name"] for one in told] == ["anglais", "français", "russe"]


def test_of_another_engine(client_of_owner: Client) -> None:
    assert codes(client_of_owner, f"{LANGUAGES}?engine=rapidocr") == ["eng", "fra"]
    answer = client_of_owner.get(f"{LANGUAGES}?engine=abacus")
    assert (answer.status_code, answer.json()["code"]) == (422, "engine-unknown")


@pytest.mark.parametrize("meant", ["rus", "ru", "Russian", "russian "])
def test_what_is_meant_is_found(client_of_owner: Client, meant: str) -> None:
    assert codes(client_of_owner, f"{LANGUAGES}?q={meant}") == ["rus"]


def test_a_name_in_the_readers_language_is_understood(client_of_owner: Client) -> None:
    assert codes(client_of_owner, f"{LANGUAGES}?q=russe", **{"Accept-Language": "fr"}) == ["rus"]
    assert codes(client_of_owner, f"{LANGUAGES}?q=Klingon") == []


def test_what_is_missing_comes_with_the_command_that_installs_it(client_of_owner: Client) -> None:
    [german] = client_of_owner.get(f"{LANGUAGES}/missing?q=deu").json()["items"]
    assert (german["code"], german["name"], german["tag"]) == ("deu", "German", "de")
    assert "deu" in german["command"]
    assert "eng" not in codes(client_of_owner, f"{LANGUAGES}/missing")


def test_nothing_is_missing_where_nothing_can_be_added(client_of_owner: Client) -> None:
    assert codes(client_of_owner, f"{LANGUAGES}/missing?engine=rapidocr") == []


def test_other_languages_are_suggested_for_a_document(
    client_of_owner: Client, program: Program, stranger: User, document: Document
) -> None:
    address = f"/api/v1/documents/{document.pk}/suggested-languages"
    assert client_of_owner.get(address).json()["items"] == []
    Transcription.objects.update(suggested=["rus"])
    assert client_of_owner.get(address).json()["items"] == [{"languages": ["rus"], "pages": [1]}]
    page = client_of_owner.get(f"/api/v1/documents/{document.pk}/pages/1").json()
    assert page["suggested_languages"] == ["rus"]
    assert program(stranger).get(address).status_code == 404


def keep(asking: Client, document: Document, *languages: object):
    address = f"/api/v1/documents/{document.pk}/suggested-languages/keep"
    return asking.post(address, {"languages": languages}, content_type="application/json")


def test_pages_stay_in_the_languages_that_they_were_read_in(
    client_of_owner: Client, document: Document
) -> None:
    address = f"/api/v1/documents/{document.pk}/suggested-languages"
    Transcription.objects.update(suggested=["rus", "fra"])
    assert keep(client_of_owner, document, "rus").json() == {"count": 0}
    assert keep(client_of_owner, document, "rus", "fra").json() == {"count": 1}
    assert client_of_owner.get(address).json()["items"] == []
    page = client_of_owner.get(f"/api/v1/documents/{document.pk}/pages/1").json()
    assert page["suggested_languages"] == []


@pytest.mark.parametrize("languages", [(), (7,), ("rus",) * 101])
def test_languages_that_cannot_have_been_suggested_are_refused(
    client_of_owner: Client, document: Document, languages: tuple[object, ...]
) -> None:
    answer = keep(client_of_owner, document, *languages)
    assert (answer.status_code, answer.json()["code"]) == (422, "fields-invalid")


def test_what_is_no_language_was_not_suggested(client_of_owner: Client, document: Document) -> None:
    answer = keep(client_of_owner, document, "rus", "xx")
    assert (answer.status_code, answer.json()["code"]) == (422, "language-unknown")
    assert "“xx”" in answer.json()["detail"]


def test_a_suggested_language_that_is_in_no_list_can_be_kept(
    client_of_owner: Client, document: Document
) -> None:
    """As of a pack that somebody trained, and took away since."""
    Transcription.objects.update(suggested=["runes"])
    assert keep(client_of_owner, document, "runes").json() == {"count": 1}


@pytest.mark.parametrize(
    ("name", "status"), [("owner", 200), ("editor", 200), ("viewer", 403), ("stranger", 404)]
)
def test_who_may_keep_languages(
    program: Program, request: pytest.FixtureRequest, document: Document, name: str, status: int
) -> None:
    person = request.getfixturevalue(name)
    assert keep(program(person), document, "rus").status_code == status
    assert keep(program(person, "read"), document, "rus").json()["code"] == "scope-missing"


def test_engines_say_what_they_can_do(client_of_owner: Client) -> None:
    told = {one["name"]: one for one in client_of_owner.get(ENGINES).json()["items"]}
    assert told.keys() == engines.ENGINES.keys()
    assert told["tesseract"] == {
        "name": "tesseract",
        "title": "Tesseract",
        "site": True,
        "available": True,
        "problem": None,
        "version": "1.0",
        "languages": ["eng", "fra", "rus"],
        "cannot": [],
    }
    assert (told["rapidocr"]["site"], told["rapidocr"]["cannot"]) == (False, ["columns", "more-languages"])


def test_an_engine_that_is_not_here_says_why(
    client_of_owner: Client, latin: EchoEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def languages() -> frozenset[str]:
        raise EngineNotHere(engine="rapidocr", command="pip install rapidocr")

    monkeypatch.setattr(latin, "languages", languages)
    told = {one["name"]: one for one in client_of_owner.get(ENGINES).json()["items"]}["rapidocr"]
    assert (told["available"], told["version"], told["languages"]) == (False, None, [])
    assert "pip install rapidocr" in told["problem"]


def test_one_must_be_somebody(client: Client, db: None) -> None:
    assert {client.get(address).status_code for address in (LANGUAGES, ENGINES)} == {401}
