"""Finding pages by their words: parse what was asked, look it up, rank it, show where it stands."""
