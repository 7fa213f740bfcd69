"""``bilaterals extract``: what a text tells of, with the words that say so."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import Any

import click

from bilaterals.cli import WrongUse
from bilaterals.corpus import Document, read_article, read_path, read_text
from bilaterals.corpus.decode import UnreadableText, decode
from bilaterals.extract import extract
from bilaterals.extract.candidates import Candidate, Evidence, Extraction
from bilaterals.setaside import SetAside


def run(file: str, date: str | None, publisher: str | None, side: str | None, as_json: bool) -> int:
    """Print what the documents of a file or folder tell of; return the exit code."""
    # Made of the options alone: raises for a wrong date or country before anything is read.
    known = read_text("", published=date, publisher=publisher, side=side)
    n_read = 0
    issues: list[SetAside] = []
    for found in _documents(file):
        if isinstance(found, SetAside):
            if not (found.code == "no-date" and known.published):
                issues.append(found)
            continue
        n_read += 1
        document = _filled(found, known)
        extraction = extract(document)
        click.echo(_as_json(document, extraction) if as_json else _as_text(document, extraction))
    for issue in issues:
        click.echo(f"bilaterals: {': '.join(filter(None, (issue.path, issue.place, issue.reason)))}", err=True)
    if n_read == 0:
        raise WrongUse(f"{file}: nothing in it could be read")
    return 0


def _documents(file: str) -> Iterator[Document | SetAside]:
    if file != "-":
        yield from read_path(file)
        return
    try:
        raw = decode(sys.stdin.buffer.read())
    except UnreadableText as error:
        yield SetAside("-", error.place, "read", error.code, error.reason)
        return
    yield from read_article(raw, path="-")


def _filled(document: Document, known: Document) -> Document:
    """Return the document with the facts of the options where it has none of its own."""
    facts = {name: getattr(known, name) for name in ("published", "publisher", "side")}
    return replace(document, **{name: fact for name, fact in facts.items() if not getattr(document, name)})


def _as_json(document: Document, extraction: Extraction) -> str:
    published = document.published.isoformat() if document.published else None
    candidates = [asdict(candidate) for candidate in extraction.candidates]
    for candidate in candidates:
        _quote(candidate, document)
    return json.dumps(
        {
            "doc_id": document.doc_id,
            "published": published,
            "candidates": candidates,
            "set_aside": [asdict(issue) for issue in extraction.set_aside],
        },
        ensure_ascii=False,
    )


def _quote(value: Any, document: Document) -> None:
    """Put the words beside each evidence, and lead its offsets back to the text as it was read."""
    if isinstance(value, dict):
        if value.keys() == {"field", "start", "end", "rule_id"}:
            value["quote"] = document.text[value["start"] : value["end"]]
            value["start"], value["end"] = document.to_source(value["start"], value["end"])
        else:
            for part in value.values():
                _quote(part, document)
    elif isinstance(value, list | tuple):
        for part in value:
            _quote(part, document)


def _as_text(document: Document, extraction: Extraction) -> str:
    published = document.published.isoformat() if document.published else "no date"
    head = f"{document.doc_id} ({published})"
    if not extraction.candidates:
        return f"{head}: nothing found"
    blocks = [f"{head}: {len(extraction.candidates)} found"]
    blocks += [
        "\n".join(_lines(number, candidate, document)) for number, candidate in enumerate(extraction.candidates, 1)
    ]
    return "\n\n".join(blocks)


def _lines(number: int, candidate: Candidate, document: Document) -> Iterator[str]:
    yield f"{number}. {candidate.event_type}, {candidate.status}: {' and '.join(candidate.countries) or '?'}"
    date = candidate.date
    facts = {
        "date": "/".join(filter(None, (date.start, date.end))),
        "level": candidate.level,
        "mode": candidate.mode,
        "place": ", ".join(filter(None, (candidate.city, candidate.venue_country))),
        "occasion": candidate.occasion,
        "mechanism": candidate.mechanism,
        "round": candidate.mechanism_round,
        "instrument": candidate.instrument,
        "stated": candidate.n_stated,
        "reported by": candidate.reported_by,
        "domains": ", ".join(dict.fromkeys(part.domain for part in candidate.domains)),
    }
    for person in candidate.participants:
        yield f"   {person.country}: {', '.join(filter(None, (person.name, person.office)))}"
    for name, fact in facts.items():
        if fact:
            yield f"   {name}: {fact}"
    for point in candidate.points:
        yield f"   - {_words(point.evidence, document)}"
    for relation in candidate.relations:
        yield f"   {relation.relation.replace('_', ' ')} {relation.other + 1}"
    if candidate.evidence:
        first = candidate.evidence[0]
        yield f"   “{_words(first, document)}” [{first.rule_id}]"


def _words(evidence: Evidence, document: Document) -> str:
    return " ".join(document.text[evidence.start : evidence.end].split())
