"""A network as Tesseract 5 stores it: read, made one of floats that can be trained, and given more letters.

The formats are those of ``Network::Serialize``, ``WeightMatrix::Serialize`` and
``LSTMRecognizer::Serialize``: little-endian, lengths before strings and arrays.
"""

import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

Weights = NDArray[np.float64]  # a row for each output: shape (outputs, inputs + 1), the last for the bias

_INT, _ADAM, _DOUBLE = 1, 4, 128  # how weights are stored
_WHOLE, _RECODED = 1, 64  # flags of a recogniser: its weights are whole numbers, its codes a recoder's
_OWN_RATES = 64  # of the flags of a network: each layer has a learning rate
_PLUMBING = frozenset(
    (
        "Series",
        "Parallel",
        "Replicated",
        "ParBidiLSTM",
        "DepParUDLSTM",
        "Par2dLSTM",
        "RTLReversed",
        "TTBReversed",
        "XYTranspose",
    )
)
_FULLY_CONNECTED = frozenset(
    ("Softmax", "SoftmaxNoCTC", "Tanh", "Logistic", "Relu", "Linear", "ConvNL", "Posclip", "Symclip")
)
_EXTRA = {"Input": 20, "Convolve": 8, "Maxpool": 8, "Reconfig": 8}  # bytes behind the head
_GATES = 4


class Unreadable(ValueError):
    """What is no network, or has layers that none of the packs has."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One network, which may hold others: its head as it is stored, and what it knows.

    ``extra``: what stands before its weights or layers; ``after``: its learning rates.
    """

    kind: str
    name: bytes
    state: bytes  # whether it is being trained, and whether errors go back through it
    flags: int
    inputs: int
    outputs: int
    extra: bytes = b""
    weights: tuple[Weights, ...] = ()
    layers: tuple["Layer", ...] = ()
    after: bytes = b""

    @property
    def count(self) -> int:
        """How many weights it has."""
        return sum(weights.size for weights in self.weights) + sum(layer.count for layer in self.layers)


@dataclass(frozen=True, slots=True)
class Recogniser:
    """A network with its ``spec``; ``null`` is the code of “no letter”, and ``rates`` are Adam's beta, the
    learning rate and the momentum."""

    network: Layer
    spec: bytes
    null: int
    rates: bytes = field(repr=False, default=b"")


def read(content: bytes) -> Recogniser:
    """The ``lstm`` part of a pack. Weights of whole numbers become floats. Raises Unreadable."""
    reader = _Reader(content)
    network = reader.layer()
    spec = reader.sized()
    if reader.number("i") & ~_WHOLE != _RECODED:
        raise Unreadable("letters without a recoder")
    reader.take(8)  # how often it was trained, and with how many samples
    recogniser = Recogniser(network, spec, reader.number("i"), reader.take(12))
    if not reader.is_over:
        raise Unreadable("there is more than a network")
    return recogniser


def written(recogniser: Recogniser) -> bytes:
    """As ``lstmtraining --continue_from`` takes it: untrained, in floats."""
    head = struct.pack("<iiii", _RECODED, 0, 0, recogniser.null)
    return b"".join((_layer(recogniser.network), _sized(recogniser.spec), head, recogniser.rates))


def with_letters(recogniser: Recogniser, rows: Callable[[Weights], Weights], null: int) -> Recogniser:
    """The same but for its last layer, whose weights ``rows`` makes anew: one row for each code.

    ``null`` is the new code of “no letter”.
    """
    *others, last = recogniser.network.layers
    (weights,) = last.weights
    new = rows(weights)
    count = len(new)
    output = replace(last, weights=(new,), outputs=count)
    network = replace(recogniser.network, layers=(*others, output), outputs=count)
    return replace(recogniser, network=network, null=null)


def codes(charset: str) -> Mapping[str, int]:
    """The code of each letter, as ``combine_lang_model`` lists them in ``*.charset_size=N.txt``."""
    lines = (line.split("\t") for line in charset.splitlines())
    return {parts[1]: int(parts[0]) for parts in lines if len(parts) > 1 and parts[0].isdigit()}


@dataclass(slots=True)
class _Reader:
    content: bytes
    at: int = 0

    @property
    def is_over(self) -> bool:
        return self.at == len(self.content)

    def take(self, count: int) -> bytes:
        taken = self.content[self.at : self.at + count]
        if len(taken) < count:
            raise Unreadable("it ends early")
        self.at += count
        return taken

    def number(self, kind: str) -> int:
        (value,) = struct.unpack(f"<{kind}", self.take(struct.calcsize(f"<{kind}")))
        return int(value)

    def sized(self) -> bytes:
        return self.take(self.number("I"))

    def layer(self) -> Layer:
        if self.number("b"):
            raise Unreadable("a kind without a name")
        kind = self.sized().decode("ascii")
        state, flags = self.take(2), self.number("i")
        inputs, outputs, _count = self.number("i"), self.number("i"), self.number("i")
        layer = Layer(kind, self.sized(), state, flags, inputs, outputs)
        if kind in _PLUMBING:
            layers = tuple(self.layer() for _ in range(self.number("I")))
            after = b""
            if flags & _OWN_RATES:
                rates = self.number("I")
                after = struct.pack("<I", rates) + self.take(4 * rates)
            return replace(layer, layers=layers, after=after)
        if kind in _EXTRA:
            return replace(layer, extra=self.take(_EXTRA[kind]))
        if kind in ("LSTM", "SummLSTM"):
            extra = self.take(4)
            return replace(layer, extra=extra, weights=tuple(self.weights() for _ in range(_GATES)))
        if kind in _FULLY_CONNECTED:
            return replace(layer, weights=(self.weights(),))
        raise Unreadable(f"a layer {kind}")

    def weights(self) -> Weights:
        mode = self.number("B")
        if not mode & _DOUBLE:
            raise Unreadable("weights of an older version")
        rows, columns = self.number("I"), self.number("I")
        if not mode & _INT:
            self.take(8)  # what an empty cell has
            return np.frombuffer(self.take(8 * rows * columns), "<f8").reshape(rows, columns)
        self.take(1)
        whole = np.frombuffer(self.take(rows * columns), np.int8).reshape(rows, columns)
        # Rows are filled up to what a processor takes at once, and so may scales be.
        scales = np.frombuffer(self.take(8 * self.number("I")), "<f8")
        return np.asarray(whole * scales[:rows, None], np.float64)


def _layer(layer: Layer) -> bytes:
    head = struct.pack("<iiii", layer.flags, layer.inputs, layer.outputs, layer.count)
    inner = b"".join(map(_layer, layer.layers))
    count = struct.pack("<I", len(layer.layers)) if layer.kind in _PLUMBING else b""
    weights = b"".join(map(_weights, layer.weights))
    parts = (b"\0", _sized(layer.kind.encode("ascii")), layer.state, head, _sized(layer.name))
    return b"".join((*parts, layer.extra, weights, count, inner, layer.after))


def _weights(weights: Weights) -> bytes:
    head = struct.pack("<BIId", _ADAM | _DOUBLE, *weights.shape, 0.0)
    return head + np.ascontiguousarray(weights, "<f8").tobytes()


def _sized(content: bytes) -> bytes:
    return struct.pack("<I", len(content)) + content
