"""Articles and readouts: one text a file, with a head, in the bare form, or plain.

A head is a block of ``key: value`` lines before the first blank line; it counts as one when its first line,
or all of its lines and one of them, have a key of `bilaterals.corpus.facts.KEYS` (date, title, publisher,
side, url, language, licence, in any case). The bare form begins ``date 2024-12-26 BEIJING: ...``, where the
place in capitals may be missing. Everything else is plain text.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterator

from bilaterals.corpus.clean import CleanText, trim
from bilaterals.corpus.dates import parse_day
from bilaterals.corpus.document import Document
from bilaterals.corpus.facts import KEYS, Facts, Note, noter, read_facts
from bilaterals.setaside import SetAside

_HEAD_LINE = re.compile(r"([A-Za-z][A-Za-z _-]{0,30}?)[ \t\u00a0]*:(?!//)[ \t\u00a0]*(.*)")
_BLANKS = " \t\u00a0\r\n"
_LINE = re.compile(r"[^\r\n]*(?:\r\n|[\r\n]|\Z)")
_BARE = re.compile(r"date[ \t\u00a0]+(\d[\d/.-]*)(?=\s|\Z)(?:\s+([A-Z][^:\na-z]{0,59}?)[ \t]*:)?")


def read_text(
    text: str,
    *,
    published: dt.date | str | None = None,
    title: str = "",
    publisher: str | None = None,
    side: str | None = None,
    language: str | None = None,
    url: str | None = None,
    licence: str | None = None,
    doc_id: str | None = None,
    path: str = "",
    form: str = "text",
) -> Document:
    """A document out of a text in memory, taken as it is: no head is looked for (`read_article` does that).

    The text as it was read is ``title + "\\n\\n" + text``, or the text alone without a title. ``doc_id`` is,
    if not given, made of the hash. Raises ValueError for a date or a side that cannot be understood.
    """
    from bilaterals.corpus.facts import resolve_side

    day = parse_day(published) if isinstance(published, str) else published
    facts = Facts(
        published=day,
        title=title,
        publisher=publisher,
        side=resolve_side(side) if side else None,
        language=language,
        url=url,
        licence=licence,
    )
    raw = f"{title}\n\n{text}" if title else text
    return make_document(
        raw,
        facts,
        title=(0, len(title)),
        body=(len(raw) - len(text), len(raw)),
        doc_id=doc_id,
        path=path,
        form=form,
    )


def make_document(
    raw: str,
    facts: Facts,
    *,
    title: tuple[int, int] | None,
    body: tuple[int, int],
    doc_id: str | None,
    path: str,
    form: str,
    sha256: str | None = None,
    dateline: str | None = None,
) -> Document:
    """A document whose title and body are stretches of the text as it was read."""
    builder = CleanText(raw)
    if title:
        builder.clean(*title)
    shown_title = builder.text() if len(builder) else facts.title
    body_first, _ = trim(raw, *body)
    if len(builder):
        builder.put("\n\n", trim(raw, *title)[1] if title else 0, body_first)
    body_start = len(builder)
    builder.clean(*body)
    sha256 = sha256 or hashlib.sha256(raw.encode("utf-8", "surrogatepass")).hexdigest()
    return Document(
        doc_id=doc_id or f"text-{sha256[:12]}",
        text=builder.text(),
        published=facts.published,
        title=shown_title,
        publisher=facts.publisher,
        side=facts.side,
        language=facts.language,
        url=facts.url,
        licence=facts.licence,
        path=path,
        form=form,
        sha256=sha256,
        source=builder.map,
        body_start=body_start,
        raw=raw,
        source_end=len(raw),
        dateline=dateline,
    )


def read_article(
    raw: str,
    *,
    path: str = "",
    doc_id: str | None = None,
    sha256: str | None = None,
    facts: Facts | None = None,
) -> Iterator[Document | SetAside]:
    """The document of one file, and what of its head could not be understood.

    ``facts`` are known from elsewhere (catalogue.csv, options of the shell); what the file says itself goes
    before.
    """
    note = noter(path, doc_id)
    start, end = trim(raw, 0, len(raw))
    if start == end:
        yield note("", "empty-text", "the file holds nothing but blanks")
        return
    title, dateline, form = None, None, "text"
    own = Facts()
    issues: list[SetAside] = []
    if head := _read_head(raw, start, end, note):
        own, issues, title, start = head
        form = "article"
    elif bare := _BARE.match(raw, start, end):
        own, issues = read_facts([("date", bare[1], _line_of(raw, bare.start(1)))], note)
        dateline, start, form = bare[2], bare.end(), "bare"
    yield from issues
    if trim(raw, start, end)[0] == end:
        yield note(_line_of(raw, end), "empty-text", "there is no text after the head")
        return
    known = own.filled_from(facts) if facts else own
    if known.published is None and not any(issue.code == "wrong-date" for issue in issues):
        yield note("", "no-date", "the document has no date: it is read, but relative dates in it stay unknown")
    yield make_document(
        raw, known, title=title, body=(start, end), doc_id=doc_id, path=path, form=form, sha256=sha256,
        dateline=dateline,
    )  # fmt: skip


def _read_head(
    raw: str, start: int, end: int, note: Note
) -> tuple[Facts, list[SetAside], tuple[int, int] | None, int] | None:
    """Facts, issues, where the title stands and where the body begins; None if the text has no head."""
    if not _has_head(raw, start, end):
        return None
    items: list[tuple[str, str, str]] = []
    issues: list[SetAside] = []
    title: tuple[int, int] | None = None
    number = 1 + raw.count("\n", 0, start)
    at = start
    while at < end and (line := _LINE.match(raw, at, end)):
        at, place = line.end(), f"line {number}"
        number += 1
        if not line.group().strip(_BLANKS):
            break
        found = _HEAD_LINE.match(raw, line.start(), line.end())
        if not found:
            issues.append(note(place, "no-blank-line", "the head ends without a blank line; the text begins here"))
            at = line.start()
            break
        key = found[1].lower()
        if key not in KEYS:
            known = ", ".join(sorted(KEYS))
            issues.append(note(place, "unknown-key", f"nobody knows the key {found[1]!r}; known are {known}"))
            continue
        items.append((key, found[2], f"{place}, column {found.start(2) - line.start() + 1}"))
        if key == "title" and title is None and found[2].strip():
            title = found.span(2)
    facts, wrong = read_facts(items, note)
    return facts, issues + wrong, title, at


def _has_head(raw: str, start: int, end: int) -> bool:
    """Whether the first line has a known key, or each line of the first block has one, some known."""
    known = False
    at = start
    while at < end and (line := _LINE.match(raw, at, end)) and line.group().strip(_BLANKS):
        found = _HEAD_LINE.match(raw, at, line.end())
        if not found:
            return False
        known = known or found[1].lower() in KEYS
        if known and at == start:
            return True
        at = line.end()
    return known


def _line_of(raw: str, position: int) -> str:
    return f"line {1 + raw.count(chr(10), 0, position)}"
