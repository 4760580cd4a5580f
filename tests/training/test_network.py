import subprocess
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from training import network


@pytest.fixture(scope="module")
def latin(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The network of the installed pack for Latin letters."""
    parts = tmp_path_factory.mktemp("latin") / "latin."
    folder = subprocess.run(
        ["tesseract", "--list-langs"], check=True, capture_output=True, text=True
    ).stdout.split('"')[1]
    pack = next(Path(folder).rglob("Latin.traineddata"))
    subprocess.run(["combine_tessdata", "-u", pack, parts], check=True, capture_output=True)
    return Path(f"{parts}lstm").read_bytes()


def test_what_is_written_is_read_again(latin: bytes) -> None:
    found = network.read(latin)
    again = network.read(network.written(found))
    assert (again.spec, again.null, again.rates) == (found.spec, found.null, found.rates)
    for one, other in zip(found.network.layers, again.network.layers, strict=True):
        for weights, others in zip(one.weights, other.weights, strict=True):
            assert np.array_equal(weights, others)


def test_letters_are_rows_of_the_last_layer(latin: bytes) -> None:
    found = network.read(latin)
    more = network.with_letters(found, lambda rows: np.vstack([rows, rows[:5]]), null=306)
    again = network.read(network.written(more))
    assert again.network.outputs == found.network.outputs + 5
    assert again.network.layers[-1].outputs == again.network.outputs
    assert again.null == 306


@pytest.mark.parametrize("cut", [0, 10, 1000, -1])
def test_what_is_cut_off_is_no_network(latin: bytes, cut: int) -> None:
    with pytest.raises(network.Unreadable):
        network.read(latin[:cut])


def test_a_layer_that_no_pack_has_is_told(latin: bytes) -> None:
    odd = replace(network.read(latin).network, kind="Maxout", layers=())
    broken = network.written(replace(network.read(latin), network=odd))
    with pytest.raises(network.Unreadable, match="Maxout"):
        network.read(broken)
