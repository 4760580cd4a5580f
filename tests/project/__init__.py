"""Rules that hold for the whole project."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
