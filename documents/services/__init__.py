"""The only writers of rows and files. Keyword-only, typed, named by what they do."""
