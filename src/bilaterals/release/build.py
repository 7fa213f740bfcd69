"""Raw text to a published version: read, extract, link, check, write aside, rename.

Everything is written into a staging folder beside the versions. Only when all of it is complete and on the
disk does the folder take the version's name, which is one step of the file system: a build that stops before
leaves the last version as it was, and the next build clears away what lies there.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from bilaterals.corpus import Document, read_path
from bilaterals.extract.candidates import Extraction
from bilaterals.link import iter_pair, not_bilateral, reports_of
from bilaterals.release.changes import REMOVALS, add_changes
from bilaterals.release.checks import EXPECTATIONS, check_expectations
from bilaterals.release.describe import describe, quality, stated_quality
from bilaterals.release.errors import BuildError
from bilaterals.release.licences import may_quote
from bilaterals.release.spool import Spool
from bilaterals.release.tables import add_reference, check_references, document_row, issue_row
from bilaterals.release.versions import checked_name, next_version, published, row_hash_of, today
from bilaterals.release.writing import write_table
from bilaterals.schema import TABLES
from bilaterals.setaside import SetAside

STAGING = ".staging-"
Extractor = Callable[[Document], Extraction]
Progress = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. ``folder`` holds ``version``; ``changed`` is False when it was there before."""

    version: str
    folder: Path
    row_hash: str
    changed: bool
    rows: dict[str, int] = field(default_factory=dict)
    n_changes: int = 0


def build(
    raw: str | os.PathLike[str],
    out: str | os.PathLike[str],
    *,
    version: str | None = None,
    progress: Progress | None = None,
    extract: Extractor | None = None,
    quote_all: bool = False,
) -> BuildReport:
    """Build a version of everything below ``raw`` into a new folder of ``out``.

    When the rows are those of the newest version, nothing is written and that version is reported.
    ``progress`` is called with a stage and a count. ``quote_all`` publishes the words of every text, whatever
    its licence: for data that stay at home. Raises BuildError, and leaves ``out`` as it was, when the version
    cannot be made.
    """
    source, target = Path(raw), Path(out)
    if not source.exists():
        raise BuildError(f"there is no raw text at {source}")
    existing = published(target)
    if version is not None:
        checked_name(version, existing)
    try:
        target.mkdir(parents=True, exist_ok=True)
        _clear_staging(target)
        staging = Path(tempfile.mkdtemp(prefix=f"{STAGING}{os.getpid()}-", dir=target))
        try:
            return _Build(source, target, staging, progress, extract or _extractor(), quote_all).run(version)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    except OSError as error:
        raise _told(error, target) from error
    except Exception as error:
        if _is_full(error):
            raise _told(OSError(errno.ENOSPC, str(error)), target) from error
        raise


def _extractor() -> Extractor:
    from bilaterals.extract import extract

    return extract


class _Build:
    """One build on its way."""

    def __init__(
        self,
        raw: Path,
        out: Path,
        staging: Path,
        progress: Progress | None,
        extract: Extractor,
        quote_all: bool,
    ) -> None:
        self.raw, self.out, self.staging = raw, out, staging
        self.progress = progress or (lambda stage, count: None)
        self.extract = extract
        self.quote_all = quote_all
        self.spool = Spool(staging / "spool.sqlite")

    def run(self, version: str | None) -> BuildReport:
        """All steps in their order."""
        try:
            self._read()
            self._link()
            add_reference(self.spool)
            faults = check_references(self.spool)
            if faults:
                raise BuildError("the build made rows that point nowhere:\n  " + "\n  ".join(faults[:20]))
            return self._publish(version)
        finally:
            self.spool.close()

    def _read(self) -> None:
        """Read and extract, one document at a time; keep the reports on disk."""
        count = 0
        for item in read_path(self.raw):
            if isinstance(item, SetAside):
                if Path(item.path).name not in (REMOVALS, EXPECTATIONS):
                    self._set_aside([item])
                continue
            try:
                extraction = self.extract(item)
            except Exception as error:
                raise BuildError(f"the extractor failed on {item.path} ({item.doc_id}): {error!r}") from error
            self.spool.add("documents", [document_row(item)])
            self._set_aside(extraction.set_aside)
            quoted = self.quote_all or may_quote(item.licence)
            for report in reports_of(item, extraction, may_quote=quoted):
                note = not_bilateral(report)
                if note is None:
                    self.spool.put_report(report)
                elif report.candidate.event_type != "reference":
                    self._set_aside([note])
            count += 1
            self.progress("read", count)

    def _link(self) -> None:
        """Link one pair of states after the other."""
        for count, pair in enumerate(self.spool.pairs(), 1):
            events, notes = iter_pair(list(self.spool.reports(pair)), partial(self.spool.words_of, pair))
            for event in events:
                for table, row in event.rows():
                    self.spool.add(table, [row])
            self._set_aside(notes)
            self.progress("link", count)

    def _set_aside(self, notes: Iterable[SetAside]) -> None:
        self.spool.add("issues", (issue_row(note) for note in notes))

    def _publish(self, version: str | None) -> BuildReport:
        folder = self.staging / "version"
        folder.mkdir()
        digest = hashlib.sha256()
        counts: dict[str, int] = {}
        for table in TABLES:
            if table != "changes":
                counts[table] = write_table(self.spool, table, folder, digest)
                self.progress("write", len(counts))
        row_hash = digest.hexdigest()
        existing = published(self.out)
        last = existing[-1] if existing else None
        if last is not None and row_hash_of(last) == row_hash:
            return BuildReport(last.name, last, row_hash, False, counts)
        summary, cells = quality(self.spool)
        check_expectations(self.raw, cells)
        n_changes = add_changes(self.spool, last, self.raw) if last is not None else 0
        counts["changes"] = write_table(self.spool, "changes", folder, None)
        day = today()
        name = checked_name(version, existing) if version else next_version(existing, day)
        describe(
            folder, name, row_hash, {table: counts[table] for table in TABLES}, day, summary | stated_quality(self.raw)
        )
        _flush(folder)
        folder.rename(self.out / name)  # one step: the version is whole, or not there
        _sync(self.out)
        return BuildReport(name, self.out / name, row_hash, True, counts, n_changes)


def _sync(path: Path) -> None:
    """Make sure that a file or a folder is on the disk, where the system can."""
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _flush(folder: Path) -> None:
    for path in sorted(folder.iterdir()):
        _sync(path)
    _sync(folder)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _clear_staging(out: Path) -> None:
    """Take away what builds that were stopped have left; those of a running build stay."""
    for path in out.glob(f"{STAGING}*"):
        number = path.name.removeprefix(STAGING).split("-")[0]
        if not (number.isdigit() and _alive(int(number))):
            shutil.rmtree(path, ignore_errors=True)


def _is_full(error: BaseException) -> bool:
    """Whether an error of a library means a full disk."""
    text = str(error).lower()
    return "disk is full" in text or "no space left" in text


def _told(error: OSError, out: Path) -> BuildError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return BuildError(f"the disk of {out} is full; the last version is untouched. Make room and build again")
    return BuildError(f"{error.filename or out}: {error.strerror or error}; the last version is untouched")
