"""The languages of what a person may see, which decide on the forms of words that are looked for."""

import json
from collections.abc import Sequence

from django.db import connection

# One row of the index for each of the lists of languages that the documents of a collection have, and none
# for a document: a DISTINCT of 100,000 documents takes 60 ms, this a tenth of one.
_LISTS = """
    WITH RECURSIVE seen (collection_id, languages) AS (
        SELECT place.id, (
            SELECT languages FROM documents_document
            WHERE collection_id = place.id AND trashed_at IS NULL ORDER BY languages LIMIT 1
        ) FROM documents_collection AS place WHERE place.id IN (%s)
        UNION ALL
        SELECT seen.collection_id, (
            SELECT languages FROM documents_document
            WHERE collection_id = seen.collection_id AND trashed_at IS NULL AND languages > seen.languages
            ORDER BY languages LIMIT 1
        ) FROM seen WHERE seen.languages IS NOT NULL
    ) SELECT DISTINCT languages FROM seen WHERE languages IS NOT NULL
"""


def languages_of(collections: Sequence[int]) -> tuple[str, ...]:
    """The codes of all languages in which documents of ``collections`` were read."""
    if not collections:
        return ()
    with connection.cursor() as cursor:
        cursor.execute(_LISTS % ", ".join(["%s"] * len(collections)), [*collections])
        return tuple(sorted({code for (codes,) in cursor for code in json.loads(codes)}))
