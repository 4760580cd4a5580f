"""Words: how they are compared, and where a text has them. Pure."""
