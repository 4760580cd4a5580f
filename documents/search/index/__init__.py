"""What the full-text index of a database is asked, how each says it, and which pages come first."""
