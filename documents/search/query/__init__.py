"""A question as typed, and as a small tree of words and filters. Pure."""
