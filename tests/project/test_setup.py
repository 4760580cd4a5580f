"""What ``bin/setup`` says when it cannot go on: tried on machines that a PATH of our own makes poor."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.project import ROOT

Machine = Callable[..., Path]

AS_ROOT = {"sudo": 'while [ "${1#-}" != "$1" ]; do shift; done; exec "$@"'}
"""A sudo that asks nothing, for tests that are not run by root."""


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """Makes a folder of this machine's programs, but for some, and with others of one line of shell."""

    def make(*, without: set[str], **scripts: str) -> Path:
        folder = tmp_path / "bin"
        folder.mkdir()
        for program in Path("/usr/bin").iterdir():
            if program.name not in without | scripts.keys():
                (folder / program.name).symlink_to(program)
        for name, line in scripts.items():
            (folder / name).write_text(f"#!/bin/sh\n{line}\n")
            (folder / name).chmod(0o755)
        return folder

    return make


def run_setup(programs: Path, **environment: str) -> tuple[int, str]:
    done = subprocess.run(
        [ROOT / "bin" / "setup"],
        env=os.environ | {"PATH": str(programs), "TMPDIR": str(programs.parent)} | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stderr


def test_without_apt_it_lists_what_to_install(machine: Machine) -> None:
    status, said = run_setup(machine(without={"tesseract", "apt-get"}))
    assert status == 1
    assert said.startswith("There is no apt-get here. Install these")
    assert {"tesseract-ocr", "tesseract-ocr-rus", "tesseract-ocr-script-cyrl"} <= set(said.split())


def test_a_pack_that_does_not_exist_is_named(machine: Machine) -> None:
    programs = machine(without=set(), **AS_ROOT, **{"apt-get": "true", "apt-cache": "false"})
    status, said = run_setup(programs, OCRSITE_INSTALL_LANGUAGES="eng, klingon")
    assert status == 1
    assert "have no tesseract-ocr-klingon" in said


def test_packs_asked_for_are_installed_beside_the_others(machine: Machine) -> None:
    calls = 'echo "$@" >>"$TMPDIR/calls"; case "$*" in *install*) exit 100 ;; esac'
    programs = machine(without={"tesseract"}, **AS_ROOT, **{"apt-get": calls, "apt-cache": "true"})
    status, said = run_setup(programs, OCRSITE_INSTALL_LANGUAGES="swe frk", CI="")
    installed = (programs.parent / "calls").read_text().splitlines()[-1].split()
    assert {"tesseract-ocr", "tesseract-ocr-eng", "tesseract-ocr-swe", "tesseract-ocr-frk"} <= set(installed)
    assert "--no-install-recommends" in installed
    assert (status, said.count("\n")) == (1, 1)
    log = Path(said.rpartition(" ")[2].strip().rstrip("."))
    assert said.startswith("Installing tesseract-ocr and ")
    assert log.exists()


def test_a_setting_that_cannot_be_used_stops_the_set_up(machine: Machine, tmp_path: Path) -> None:
    status, said = run_setup(machine(without=set()), OCRSITE_DATA_DIR=str(tmp_path), OCRSITE_SIGNUP="perhaps")
    assert status == 1
    assert said == "OCRSITE_SIGNUP='perhaps' cannot be used: write one of closed, open.\n"


@pytest.mark.skipif(os.geteuid() == 0, reason="root needs no sudo")
def test_without_sudo_it_says_what_an_administrator_is_to_run(machine: Machine) -> None:
    status, said = run_setup(machine(without={"tesseract", "sudo"}))
    assert status == 1
    assert said.startswith("There is no sudo here. Have an administrator run this")


def test_a_step_that_fails_says_why(machine: Machine, tmp_path: Path) -> None:
    status, said = run_setup(
        machine(without=set()),
        DATABASE_URL="postgres://nobody:x@127.0.0.1:1/none",
        OCRSITE_DATA_DIR=str(tmp_path / "data"),
        CI="",
    )
    assert status == 1
    assert "Connection refused" in said
    assert "Preparing the database failed" in said
