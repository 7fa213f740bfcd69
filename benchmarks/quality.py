"""Quality on annotated texts: run the extractor, write predictions in the gold's form, score them, compare with the last run.

    python benchmarks/quality.py --texts FILE.jsonl [FILE.jsonl ...] [--gold DIR] [--out DIR] [--scorer FILE]
                                 [--ids LIST] [--save NAME] [--show N]

``--texts`` holds records (id, date, title, text, source, url); a gold file names its text by ``corpus_id`` and offsets
count characters of title + two line breaks + text. Without ``--gold`` every text gets a prediction file. The committed
runs in ``benchmarks/runs/`` hold document ids, offsets and hashes of records, never text.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bilaterals.corpus import Document, read_records
from bilaterals.extract import extract
from bilaterals.extract.candidates import Candidate

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
LISTS = ("meetings", "consensus", "agreements", "references", "visits")
KINDS = {
    "treaty": "treaty", "agreement": "agreement", "mou": "mou", "joint_statement": "joint_statement", "joint_communique": "joint_statement",
    "joint_declaration": "joint_statement", "action_plan": "action_plan",
}  # fmt: skip


def predictions(documents: Iterator[Document]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each document's id and its records in the gold's form."""
    for document in documents:
        yield document.doc_id, prediction(document)


def prediction(document: Document) -> dict[str, Any]:
    """One document's records in the gold's form."""
    shift = 0 if document.body_start else 2  # an empty title leaves its two line breaks in the gold's text
    found: dict[str, Any] = {name: [] for name in LISTS}
    found["published"] = document.published.isoformat() if document.published else None
    for candidate in extract(document).candidates:
        start, end = document.to_source(*candidate.span)
        name, record = WRITERS[candidate.event_type](candidate, {"start": start + shift, "end": end + shift})
        found[name].append(record)
    return found


def _meeting(c: Candidate, span: dict[str, int]) -> tuple[str, dict[str, Any]]:
    place = {"city": c.city, "country": c.venue_country} if c.venue_country else None
    return "meetings", {
        "date_start": c.date.start, "date_end": c.date.end, "date_precision": c.date.precision, "country_a": c.countries[0],
        "country_b": c.countries[-1], "participants": [{"name": p.name, "country": p.country, "office": p.office} for p in c.participants],
        "place": place, "level": c.level, "mode": c.mode, "status": c.status, "is_main": c.is_main, "evidence": span,
    }  # fmt: skip


def _consensus(c: Candidate, span: dict[str, int]) -> tuple[str, dict[str, Any]]:
    return "consensus", {
        "parties": list(c.countries),
        "text_span": span,
        "reported_by": c.reported_by,
        "is_main": c.is_main,
    }


def _agreement(c: Candidate, span: dict[str, int]) -> tuple[str, dict[str, Any]]:
    fields = [words.words for words in c.domains if words.words != "other areas"]
    status = "signed" if c.status in ("in_force", "terminated") else c.status
    return "agreements", {
        "parties": list(c.countries), "count_stated": c.n_stated, "domains": fields, "kind": KINDS.get(c.instrument or "", "other"),
        "status": status, "is_main": c.is_main, "evidence": span,
    }  # fmt: skip


def _reference(c: Candidate, span: dict[str, int]) -> tuple[str, dict[str, Any]]:
    return "references", {"to": c.title or c.event_type, "evidence": span}


def _visit(c: Candidate, span: dict[str, int]) -> tuple[str, dict[str, Any]]:
    visitor = c.participants[0].name if c.participants else None
    return "visits", {
        "visitor": visitor, "from": c.visitor_from, "to": c.visitor_to, "date_start": c.date.start, "status": c.status, "evidence": span,
    }  # fmt: skip


WRITERS = {
    "meeting": _meeting,
    "consensus": _consensus,
    "agreement": _agreement,
    "reference": _reference,
    "visit": _visit,
}


def load_texts(files: list[Path]) -> Iterator[dict[str, Any]]:
    """The records of some .jsonl files."""
    for file in files:
        with file.open(encoding="utf-8") as lines:
            for line in lines:
                if line.strip():
                    yield json.loads(line)


def fingerprints(name: str, records: dict[str, Any]) -> Iterator[str]:
    """One line a record without text: document, list, offsets, and a hash of its fields."""
    for kind in LISTS:
        for record in records[kind]:
            span = record.get("evidence") or record.get("text_span")
            digest = hashlib.sha256(json.dumps(record, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:12]
            yield f"{name}\t{kind}\t{span['start']}\t{span['end']}\t{digest}"


def compare(old: Path, lines: list[str]) -> None:
    """Print how many records were gained, lost and changed against the last committed run, and which."""
    if not old.exists():
        print(f"no earlier run at benchmarks/runs/{old.name}")
        return
    before, after = set(old.read_text(encoding="utf-8").splitlines()), set(lines)
    spot = {line.rsplit("\t", 1)[0] for line in before}, {line.rsplit("\t", 1)[0] for line in after}
    gained, lost = sorted(spot[1] - spot[0]), sorted(spot[0] - spot[1])
    changed = len(after - before) - len(gained)
    print(f"against the last committed run: {len(gained)} gained, {len(lost)} lost, {changed} changed in place")
    for sign, listed in (("+", gained), ("-", lost)):
        for line in listed[:40]:
            print(f"  {sign} {line}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", nargs="+", type=Path, default=sorted((SHARED / "corpora").glob("*.jsonl")))
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--out", type=Path, default=ROOT / ".bench" / "predictions")
    parser.add_argument("--scorer", type=Path, default=SHARED / "score.py")
    parser.add_argument("--ids", help="only gold files whose name begins with one of these, separated by commas")
    parser.add_argument(
        "--run", default=None, help="name of the committed run to compare with (benchmarks/runs/NAME.tsv)"
    )
    parser.add_argument("--save", action="store_true", help="write this run in place of the committed one")
    parser.add_argument("--show", type=int, default=0)
    args = parser.parse_args()
    if not args.texts or not all(file.exists() for file in args.texts):
        print("quality: the texts are not here (../shared/corpora); nothing was measured", file=sys.stderr)
        return 0
    out: Path = args.out
    out.mkdir(parents=True, exist_ok=True)
    for old in out.glob("*.json"):
        old.unlink()
    texts = {record["id"]: record for record in load_texts(args.texts)}
    wanted = gold_files(args.gold, args.ids) if args.gold else {record_id: record_id for record_id in texts}
    lines: list[str] = []
    for name, record_id in sorted(wanted.items()):
        for document in read_records([texts[record_id]]):
            if isinstance(document, Document):
                records = prediction(document)
                (out / f"{name}.json").write_text(json.dumps(records, ensure_ascii=False, indent=1), encoding="utf-8")
                lines.extend(fingerprints(name, records))
    print(f"{len(wanted)} prediction files")
    run = ROOT / "benchmarks" / "runs" / f"{args.run or (args.gold.name if args.gold else 'all')}.tsv"
    code = score(args, out) if args.gold else 0
    compare(run, lines)
    if args.save:
        run.parent.mkdir(exist_ok=True)
        run.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return code


def gold_files(gold: Path, ids: str | None) -> dict[str, str]:
    """Gold file stem to the id of its text."""
    prefixes = tuple(ids.split(",")) if ids else ("",)
    files = [file for file in sorted(gold.glob("*.json")) if file.stem.startswith(prefixes)]
    return {file.stem: json.loads(file.read_text(encoding="utf-8"))["corpus_id"] for file in files}


def score(args: argparse.Namespace, out: Path) -> int:
    """Call the scorer as it is, on the chosen part of the gold."""
    if not args.scorer.exists():
        print(
            "quality: no scorer at ../shared/score.py; predictions were written, nothing was scored",
            file=sys.stderr,
        )
        return 0
    gold = args.gold
    if args.ids:
        gold = out.parent / "gold-part"
        gold.mkdir(exist_ok=True)
        for old in gold.glob("*.json"):
            old.unlink()
        for name in gold_files(args.gold, args.ids):
            (gold / f"{name}.json").write_bytes((args.gold / f"{name}.json").read_bytes())
    command = [
        sys.executable,
        str(args.scorer),
        str(gold),
        str(out),
        "--show",
        str(args.show),
        "--json",
        str(out.parent / "score.json"),
    ]
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
