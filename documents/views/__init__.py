"""The web pages: one small module per subject. A view finds the rows, calls a service, and renders."""
