"""What ``docs/api.md`` says to type is typed: all calls by curl, from top to bottom, to a site that runs."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.files import text_image
from tests.project import ROOT
from tests.sites import Prepared, Site, running_site

pytestmark = pytest.mark.server

_PAGE = (ROOT / "docs" / "api.md").read_text()
_BLOCKS = [
    block
    for block in re.findall(r"^```sh\n(.*?)^```$", _PAGE, re.DOTALL | re.MULTILINE)
    if re.search(r"\bcurl ", block)
]
# How each call was answered is written down beside the number of its block.
_CURL = r"""
set -u
curl() {
    local told="%{stderr}$BLOCK %{http_code} %{method} %{url_effective}\n"
    command curl --silent --show-error --write-out "$told" "$@" 2>> "$ANSWERS"
}
"""
_MAKE_PEOPLE = "from accounts.models import User; [User.objects.create_user(name) for name in ('ada', 'ben')]"
_GOOD = re.compile(r"(\d+) (?:2\d\d|304) ")


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with the files that the page sends."""
    sheet = text_image(["Invoice 2024-117", "Total: 120.00 EUR"], size=(900, 400), px=48)
    folder = tmp_path / "desk"
    folder.mkdir()
    for name in ("invoice.pdf", "page.png"):
        sheet.save(folder / name)
    return folder


def token_of_ada(site: Site) -> str:
    site.manage("shell", "-c", _MAKE_PEOPLE)
    return site.manage("api_token", "ada", "--scope", "write").strip()


def test_each_call_of_the_page_is_answered(prepared: Prepared, tmp_path: Path, desk: Path) -> None:
    answers = tmp_path / "answers"
    script = "".join(f"BLOCK={number}\n{block}" for number, block in enumerate(_BLOCKS))
    with running_site(prepared.without_people, tmp_path / "data") as site:
        known = {"OCRSITE": site.url.rstrip("/"), "TOKEN": token_of_ada(site), "ANSWERS": str(answers)}
        typed = subprocess.run(
            ["bash", "-c", _CURL + script],
            cwd=desk,
            env=site.environment | known,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
    said = answers.read_text().splitlines()
    assert [line for line in said if not _GOOD.match(line)] == [], typed.stdout[-5000:]
    assert typed.stderr == ""
    assert {int(line.split()[0]) for line in said} == set(range(len(_BLOCKS)))
