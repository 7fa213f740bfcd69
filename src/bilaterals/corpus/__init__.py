"""Raw text in: readers for the raw forms, and `Document` with offsets back to the source."""

from __future__ import annotations

from bilaterals.corpus.article import read_article, read_text
from bilaterals.corpus.chronicle import read_chronicle
from bilaterals.corpus.collection import read_path
from bilaterals.corpus.document import Document, EntryDate, SourceMap
from bilaterals.corpus.records import read_records

__all__ = [
    "Document",
    "EntryDate",
    "SourceMap",
    "read_article",
    "read_chronicle",
    "read_path",
    "read_records",
    "read_text",
]
