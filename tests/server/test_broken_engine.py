"""Tesseract missing, crashing, hanging or babbling: a sentence on the page, and a worker that reads on."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.files import text_image
from tests.people import Person
from tests.sites import PEOPLE, Prepared, Site, running_site

pytestmark = pytest.mark.server

TESSERACT = shutil.which("tesseract")
# It tells truly who it is, so that the site takes it for the real one.
_LIKE_TESSERACT = f"""#!/bin/sh
case "$*" in *--version*|*--list-langs*) exec {TESSERACT} "$@" ;; esac
"""
CRASHED = "The engine stopped while reading this page. Try again, or scan the page at a lower resolution."
NONSENSE = "The engine gave an answer for this page that cannot be understood. Try again."
HUNG = (
    "Reading this page took longer than 2 seconds and was stopped. "
    "Scan the page at a lower resolution, or try again."
)
MISSING = "Tesseract, which reads the text, is not installed. To install it: "


class Engine:
    """What the site finds under the name of ``tesseract``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "tesseract"

    def does(self, commands: str) -> None:
        self._put(_LIKE_TESSERACT + commands)

    def works(self) -> None:
        self._put(f'#!/bin/sh\nexec {TESSERACT} "$@"\n')

    def is_removed(self) -> None:
        self.path.unlink()

    def _put(self, script: str) -> None:
        new = self.folder / "new"
        new.write_text(script)
        new.chmod(0o755)
        new.rename(self.path)


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bin")


@pytest.fixture(autouse=True)
def engine(programs: Path) -> Engine:
    engine = Engine(programs)
    engine.works()
    return engine


@pytest.fixture(scope="module")
def site(programs: Path, prepared: Prepared, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """No other Tesseract is to be found, and a page may take 2 seconds."""
    data_dir = tmp_path_factory.mktemp("fragile") / "data"
    settings = {"PATH": str(programs), "OCRSITE_PAGE_TIMEOUT": "2"}
    with running_site(prepared.with_people, data_dir, **settings) as site:
        yield site


@pytest.fixture(scope="module")
def ann(site: Site) -> Person:
    return Person(site, PEOPLE[0])


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "letter.png"
    text_image(["Hello world"]).save(path)
    return path


BROKEN = {
    "crashes": ("kill -SEGV $$", CRASHED),
    "fails": ("echo 'Cannot allocate memory' >&2; exit 1", CRASHED),
    "hangs": ("exec /bin/sleep 600", HUNG),
    "says nothing": ("exit 0", NONSENSE),
    "says half": ("printf '<html><p>' >$2.hocr", NONSENSE),
    "says rubbish": ("printf '\\377\\000\\376' >$2.hocr", NONSENSE),
}


@pytest.mark.parametrize(
    ("how", "languages"),
    [(how, languages) for how in BROKEN for languages in ("eng", "detect")],
)
def test_the_page_says_so_and_is_read_once_the_engine_is_mended(
    ann: Person, engine: Engine, letter: Path, how: str, languages: str
) -> None:
    commands, sentence = BROKEN[how]
    engine.does(commands)
    url = ann.send(letter, languages=[languages])
    assert ann.finished(url)["state"] == "failed"
    assert sentence in ann.get(url).text

    engine.works()
    ann.post(f"{url}runs/retry/", {})
    document = ann.finished(url)
    assert (document["state"], document["pages"][0]["text"].strip()) == ("done", "Hello world")


def test_without_tesseract_the_form_says_how_to_install_it(ann: Person, engine: Engine, letter: Path) -> None:
    engine.is_removed()
    form = ann.get("/upload/")
    answer = ann.upload(letter)
    assert (form.status, answer.status) == (200, 422)
    assert MISSING in form.text
    assert MISSING in answer.text


def test_a_page_that_waited_while_tesseract_went_missing_says_so(
    site: Site, ann: Person, engine: Engine, letter: Path
) -> None:
    with site.workers_held():
        url = ann.send(letter)
        engine.is_removed()
    assert ann.finished(url)["state"] == "failed"
    assert MISSING in ann.get(url).text

    engine.works()
    ann.post(f"{url}runs/retry/", {})
    assert ann.finished(url)["state"] == "done"
