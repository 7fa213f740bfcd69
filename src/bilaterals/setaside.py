"""What could not be used, and why: the rows of ``issues.csv``.

Nothing is dropped silently on the way from raw text to a release: each stage gives back what it set aside.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SetAside:
    """One piece of input that was not used.

    ``path`` is the file as the user named it, ``place`` says where in it ("line 3, column 5", "byte 17", "characters
    120-164"), ``stage`` is read, extract, link or release, ``code`` a short stable word for the kind of trouble
    ("not-utf8", "no-date", "duplicate-document", ...), ``reason`` a sentence that says what was wrong and what to do.
    """

    path: str
    place: str
    stage: str
    code: str
    reason: str
    doc_id: str | None = None
