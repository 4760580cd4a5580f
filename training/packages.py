"""Debian's packages, fetched and opened into a folder: the system is left as it is."""

from collections.abc import Iterator
from pathlib import Path

from training.programs import run

_LIST = Path(__file__).with_name("packages.txt")


def pinned() -> list[str]:
    """``name=version`` of each package."""
    lines = _LIST.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def fetch(work: Path) -> None:
    """Open the packages into ``work/packages``, each into a folder of its name and version. apt checks their
    signatures. What is there already stays. Raises subprocess.CalledProcessError."""
    debs = work / "debs"
    debs.mkdir(parents=True, exist_ok=True)
    missing = [package for package in pinned() if not _folder(work, package).exists()]
    if missing:
        run("apt-get", "download", *missing, folder=debs)
    for package in missing:
        name, _, version = package.partition("=")
        (deb,) = debs.glob(f"{name}_{version.replace(':', '%3a')}_*.deb")
        half = work / "packages" / f"{name}.part"
        half.mkdir(parents=True, exist_ok=True)
        run("dpkg-deb", "--extract", deb, half)
        half.rename(_folder(work, package))


def pack(work: Path, code: str) -> Path:
    """Where the trained pack ``code`` lies. Raises FileNotFoundError."""
    for path in (work / "packages").glob(f"*/usr/share/tesseract-ocr/5/tessdata/**/{code}.traineddata"):
        return path
    raise FileNotFoundError(f"{code}.traineddata")


def font_files(work: Path) -> Iterator[Path]:
    for package in sorted(pinned()):
        folder = _folder(work, package) / "usr/share/fonts"
        yield from sorted(path for path in folder.rglob("*") if path.suffix in (".otf", ".ttf", ".ttc"))


def _folder(work: Path, package: str) -> Path:
    return work / "packages" / package.replace(":", "-")
