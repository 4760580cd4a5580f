"""What the index has of a page."""

import os
import subprocess
import sys

from documents.search.text.analysis import entry
from tests.project import ROOT


def test_an_entry_has_the_words_in_order_and_loose_terms_once() -> None:
    found = entry("Bills 2024", "Paid in-\nvoices: paid, BILLS", ["eng"])
    assert found.title == "bills 2024"
    assert found.body == "paid invoices paid bills"
    assert sorted(found.loose.split(" ")) == ["±biiis", "±invoiees", "÷bill", "÷invoic"]


def test_an_empty_page_has_an_empty_entry() -> None:
    assert entry("", "", []) == ("", "", "")


def test_every_process_makes_the_same_entry() -> None:
    made = {
        subprocess.run(
            [
                sys.executable,
                "-c",
                "from documents.search.text.analysis import entry; print(entry('', 'Bills in oil', ['eng']))",
            ],
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(made) == 1
