"""Texts that a person changes: operations on them, and how two of them differ. Pure: no database."""
