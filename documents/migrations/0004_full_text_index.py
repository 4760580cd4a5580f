"""The full-text index over the rows of ``SearchEntry``, which the database itself keeps in step with them.

SQLite: an FTS5 table whose content are those rows, and triggers. PostgreSQL: a generated column with a GIN
index. Whoever alters the table of SearchEntry on SQLite makes Django copy it, and must make the triggers anew.
See docs/decisions/008-the-index-follows-its-rows.md.
"""

from django.db import migrations
from django.db.models.functions import TruncDate

from documents.search.text.analysis import fold

# Lists for beginnings of one to four letters: without them, s* merges the lists of all words with s first.
_SQLITE = [
    """
    CREATE VIRTUAL TABLE documents_searchindex USING fts5(
        title, body, loose, scope,
        content='documents_searchentry', content_rowid='page_id',
        columnsize=0, tokenize='ascii', prefix='1 2 3 4'
    )
    """,
    """
    CREATE TRIGGER documents_searchentry_written AFTER INSERT ON documents_searchentry BEGIN
        INSERT INTO documents_searchindex (rowid, title, body, loose, scope)
        VALUES (new.page_id, new.title, new.body, new.loose, new.scope);
    END
    """,
    """
    CREATE TRIGGER documents_searchentry_gone AFTER DELETE ON documents_searchentry BEGIN
        INSERT INTO documents_searchindex (documents_searchindex, rowid, title, body, loose, scope)
        VALUES ('delete', old.page_id, old.title, old.body, old.loose, old.scope);
    END
    """,
    """
    CREATE TRIGGER documents_searchentry_changed AFTER UPDATE OF title, body, loose, scope
    ON documents_searchentry BEGIN
        INSERT INTO documents_searchindex (documents_searchindex, rowid, title, body, loose, scope)
        VALUES ('delete', old.page_id, old.title, old.body, old.loose, old.scope);
        INSERT INTO documents_searchindex (rowid, title, body, loose, scope)
        VALUES (new.page_id, new.title, new.body, new.loose, new.scope);
    END
    """,
]
_SQLITE_BACK = [
    "DROP TRIGGER documents_searchentry_written",
    "DROP TRIGGER documents_searchentry_gone",
    "DROP TRIGGER documents_searchentry_changed",
    "DROP TABLE documents_searchindex",
]

# Scope and loose words share a place each; title and body have places of their own, a gap between them, so
# that no phrase runs from one into the other. 16383 is the last place that PostgreSQL knows.
_POSTGRESQL = [
    r"""
    CREATE FUNCTION documents_search_vector(title text, body text, loose text, scope text)
    RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT coalesce(string_agg(
            '''' || replace(replace(word, '\', '\\'), '''', '''''') || ''':' || least(place, 16383) || weight, ' '
        ), '')::tsvector
        FROM (
            SELECT word, 1 AS place, 'D' AS weight FROM unnest(string_to_array(scope, ' ')) AS word
            UNION ALL
            SELECT word, 2, 'C' FROM unnest(string_to_array(loose, ' ')) AS word
            UNION ALL
            SELECT word, 2 + at, 'A' FROM unnest(string_to_array(title, ' ')) WITH ORDINALITY AS t(word, at)
            UNION ALL
            SELECT word, 3 + cardinality(string_to_array(title, ' ')) + at, 'B'
            FROM unnest(string_to_array(body, ' ')) WITH ORDINALITY AS t(word, at)
        ) AS words
        WHERE word <> ''
    $$
    """,
    """
    ALTER TABLE documents_searchentry ADD COLUMN vector tsvector
    GENERATED ALWAYS AS (documents_search_vector(title, body, loose, scope)) STORED
    """,
    "CREATE INDEX documents_searchentry_vector ON documents_searchentry USING gin (vector)",
    # Beginnings of words are looked up as ranges, which follow the letters only in this collation.
    'ALTER TABLE documents_searchword ALTER COLUMN word TYPE varchar(40) COLLATE "C"',
]
_POSTGRESQL_BACK = [
    "ALTER TABLE documents_searchentry DROP COLUMN vector",
    "DROP FUNCTION documents_search_vector(text, text, text, text)",
    'ALTER TABLE documents_searchword ALTER COLUMN word TYPE varchar(40) COLLATE "default"',
]


def make_index(_apps, schema_editor):
    _run(schema_editor, _SQLITE, _POSTGRESQL)


def drop_index(_apps, schema_editor):
    _run(schema_editor, _SQLITE_BACK, _POSTGRESQL_BACK)


def _run(schema_editor, sqlite, postgresql):
    for statement in {"sqlite": sqlite, "postgresql": postgresql}[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def date_and_fold(apps, _schema_editor):
    """For documents that were there before: the day of the upload, and a title folded anew."""
    Document = apps.get_model("documents", "Document")
    Document.objects.filter(date_source="upload").update(dated_on=TruncDate("created_at"))
    batch = []
    for document in Document.objects.only("title", "title_folded").iterator(chunk_size=1000):
        folded = fold(document.title)[:600]
        if folded != document.title_folded:
            document.title_folded = folded
            batch.append(document)
    Document.objects.bulk_update(batch, ["title_folded"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("documents", "0003_archive_in_order")]

    operations = [
        migrations.RunPython(date_and_fold, migrations.RunPython.noop),
        migrations.RunPython(make_index, drop_index),
    ]
