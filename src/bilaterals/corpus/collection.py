"""A file or a folder to documents, one at a time: no collection is ever held in memory.

Folders are walked in the order of their names. Not read, on purpose: hidden files and folders (their names
begin with a dot), README and LICENSE files, and the lists (sources, catalogue, notes, removals, expectations, reliability, gaps), which
are read where they are needed. What else is not read is set aside with a reason.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from bilaterals.corpus.article import read_article
from bilaterals.corpus.catalogue import FILE as CATALOGUE
from bilaterals.corpus.catalogue import Catalogue, read_catalogue
from bilaterals.corpus.chronicle import FOLDER, Sources, looks_like_chronicle, read_chronicle, read_sources
from bilaterals.corpus.decode import UnreadableText, decode
from bilaterals.corpus.document import Document
from bilaterals.corpus.facts import Facts, noter
from bilaterals.corpus.records import SUFFIXES as RECORD_SUFFIXES
from bilaterals.corpus.records import read_record_file
from bilaterals.setaside import SetAside

TEXT_SUFFIXES = {".txt", ".text"}
HTML_SUFFIXES = {".html", ".htm", ".xhtml"}
SOURCES = "sources.csv"
IGNORED = {
    SOURCES,
    CATALOGUE,
    "notes.csv",
    "removals.csv",
    "expectations.csv",
    "reliability.csv",
    "gaps.csv",
    "readme",
    "readme.md",
    "license",
    "license.md",
}


def read_path(path: str | os.PathLike[str]) -> Iterator[Document | SetAside]:
    """The documents of a file or a folder, and between them what was set aside.

    Paths and ids are written from ``data/raw`` on where the path has such a part, else from the folder given.
    Raises FileNotFoundError, before anything is read, if there is no such path.
    """
    if not os.path.lexists(path):
        raise FileNotFoundError(f"there is no file or folder {os.fspath(path)}")
    return _without_repeats(_Walk(Path(os.path.abspath(path))).read())  # noqa: PTH100 (links stay as they are)


class _Walk:
    """One walk below ``root``, an absolute path. ``base`` is the folder that names of files begin at."""

    def __init__(self, root: Path) -> None:
        raw = [folder for folder in (root, *root.parents) if folder.parts[-2:] == ("data", "raw")]
        self.root = root
        self.base = raw[0] if raw else root if root.is_dir() else root.parent
        self._sources: dict[Path, Sources] = {}
        self._catalogues: list[Catalogue] = []

    def read(self) -> Iterator[Document | SetAside]:
        """Everything below the root."""
        above = [folder for folder in self.root.parents if folder.is_relative_to(self.base)]
        for folder in reversed(above):  # they say what they know; their other rows are no business of this walk
            if (folder / CATALOGUE).is_file():
                self._catalogues.append(read_catalogue(folder / CATALOGUE, self._name(folder / CATALOGUE)))
        yield from self._any(self.root, ())

    def _name(self, path: Path) -> str:
        return path.relative_to(self.base).as_posix()

    def _any(self, path: Path, above: tuple[tuple[int, int], ...]) -> Iterator[Document | SetAside]:
        note = noter(self._name(path))
        try:
            found = path.stat()
            key = (found.st_dev, found.st_ino)
            if stat.S_ISREG(found.st_mode):
                yield from self._file(path)
            elif not stat.S_ISDIR(found.st_mode):
                yield note("", "not-a-file", "neither a file nor a folder (a socket, pipe or device)")
            elif key in above:
                yield note("", "symlink-loop", "the link leads back to a folder that it lies in")
            else:
                yield from self._folder(path, (*above, key))
        except OSError as error:
            code = "broken-link" if isinstance(error, FileNotFoundError) and path.is_symlink() else "unreadable"
            yield note("", code, f"cannot be read: {error.strerror or error}")

    def _folder(self, path: Path, above: tuple[tuple[int, int], ...]) -> Iterator[Document | SetAside]:
        names = sorted(entry.name for entry in path.iterdir())
        own = CATALOGUE in names
        if own:
            catalogue = read_catalogue(path / CATALOGUE, self._name(path / CATALOGUE))
            yield from catalogue.issues
            self._catalogues.append(catalogue)
        for name in names:
            if not name.startswith(".") and name.lower() not in IGNORED:
                yield from self._any(path / name, above)
        if own:
            self._catalogues.pop()

    def _file(self, path: Path) -> Iterator[Document | SetAside]:
        name, suffix = self._name(path), path.suffix.lower()
        if suffix in RECORD_SUFFIXES:
            yield from read_record_file(path, name, name.removesuffix(path.suffix))
        elif suffix in TEXT_SUFFIXES | HTML_SUFFIXES:
            yield from self._text(path, name, html=suffix in HTML_SUFFIXES)
        else:
            reason = f"form not read: {suffix or 'no ending'}; bring it as .txt, .html, .jsonl, .csv or .parquet"
            yield noter(name)("", "unknown-form", reason)

    def _text(self, path: Path, name: str, *, html: bool) -> Iterator[Document | SetAside]:
        note = noter(name)
        data = path.read_bytes()
        if not data:
            yield note("", "empty-file", "the file is empty")
            return
        try:
            raw = decode(data)
        except UnreadableText as error:
            yield note(error.place, error.code, error.reason)
            return
        sha256 = hashlib.sha256(data).hexdigest()
        del data
        facts = self._catalogue_facts(path)
        # The ending of a text file is no part of its id; that of a page is, so that a.txt and a.html differ.
        doc_id = name if html else name.removesuffix(path.suffix)
        if html:
            from bilaterals.corpus.html import read_html  # loads selectolax, which most runs do not need

            found = read_html(raw, path=name, doc_id=doc_id, sha256=sha256, facts=facts)
        elif path.parent.name == FOLDER or looks_like_chronicle(raw):
            sources, issues = self._sources_for(path.parent)
            yield from issues
            licence = facts.licence if facts else None
            yield from read_chronicle(raw, path=name, doc_id=doc_id, sources=sources, licence=licence)
            return
        else:
            found = read_article(raw, path=name, doc_id=doc_id, sha256=sha256, facts=facts)
        for item in found:
            if isinstance(item, Document) and item.form in ("text", "html") and self._catalogues and facts is None:
                yield note("", "not-in-catalogue", "catalogue.csv has no row for the file; it is read all the same")
            yield item

    def _catalogue_facts(self, path: Path) -> Facts | None:
        """What the nearest catalogue that names the file says of it."""
        found = (catalogue.find(path) for catalogue in reversed(self._catalogues))
        return next((facts for facts in found if facts is not None), None)

    def _sources_for(self, folder: Path) -> tuple[Sources, list[SetAside]]:
        """The sources.csv beside a chronicle or one folder above, and its troubles when it is read first."""
        for place in (folder, folder.parent):
            path = place / SOURCES
            if path in self._sources:
                return self._sources[path], []
            if path.is_file():
                name = os.path.relpath(path, self.base).replace(os.sep, "/")
                self._sources[path] = read_sources(path, name)
                return self._sources[path], self._sources[path].issues
        reason = "there is no sources.csv beside the chronicle or one folder above"
        return Sources({}, []), [noter(self._name(folder / SOURCES))("", "no-sources", reason)]


def _without_repeats(found: Iterator[Document | SetAside]) -> Iterator[Document | SetAside]:
    """Sets aside documents whose text or id came before. Keeps a hash and an id of each."""
    ids: dict[bytes, str] = {}
    seen: set[str] = set()
    for item in found:
        if isinstance(item, Document):
            note = noter(item.path)
            key = bytes.fromhex(item.sha256)[:16]
            if (first := ids.get(key)) is not None:
                reason = f"{item.doc_id} has the same text as document {first}, which was read before"
                yield note("", "duplicate-document", reason)
                continue
            if item.doc_id in seen:
                yield note("", "duplicate-id", f"another document before has the id {item.doc_id!r}; give it its own")
                continue
            ids[key] = item.doc_id
            seen.add(item.doc_id)
        yield item
