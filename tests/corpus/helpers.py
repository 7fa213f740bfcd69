"""What the tests of the readers share."""

from __future__ import annotations

from collections.abc import Iterable

from bilaterals.corpus import Document
from bilaterals.setaside import SetAside


def split(found: Iterable[Document | SetAside]) -> tuple[list[Document], list[SetAside]]:
    """Documents and what was set aside, each in its order."""
    items = list(found)
    documents = [item for item in items if isinstance(item, Document)]
    return documents, [item for item in items if isinstance(item, SetAside)]


def codes(issues: Iterable[SetAside]) -> list[str]:
    return [issue.code for issue in issues]
