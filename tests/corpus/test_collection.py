"""Files and folders: order, names, catalogues, and everything that can be wrong with a file."""

from __future__ import annotations

import hashlib
import os
import socket
import tracemalloc
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from bilaterals.corpus import Document, read_path

from .helpers import codes, split

HEAD = "date: 2024-12-26\n\n"


def write(path: Path, data: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def test_a_folder_is_read_in_the_order_of_its_names(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a.txt", "c.html", "b.jsonl"):
        body = '{"date": "2024-12-26", "id": "r", "text": "b"}' if name.endswith("jsonl") else f"{HEAD}Text {name}."
        write(tmp_path / name, body)
    documents, _ = split(read_path(tmp_path))
    assert [document.doc_id for document in documents] == ["a", "b/1", "b/2", "r", "c.html"]
    assert [document.path for document in documents] == ["a.txt", "b/1.txt", "b/2.txt", "b.jsonl", "c.html"]


@pytest.mark.parametrize(
    "start", ["data/raw", "data/raw/CHN-JPN", "data/raw/CHN-JPN/articles/a.txt", "data/raw/x/../CHN-JPN"]
)
def test_names_begin_below_data_raw_wherever_the_reading_begins(
    start: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "data/raw/CHN-JPN/articles/a.txt", HEAD + "Text.")
    (tmp_path / "data/raw/x").mkdir()
    monkeypatch.chdir(tmp_path)
    for path in (Path(start), tmp_path / start, str(tmp_path / start)):
        (document,), issues = split(read_path(path))
        assert (document.doc_id, document.path) == ("CHN-JPN/articles/a", "CHN-JPN/articles/a.txt")
        assert issues == []


def test_the_hash_is_that_of_the_file(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbfdate: 2024-12-26\r\n\r\nText.\r\n"
    (document,), _ = split(read_path(write(tmp_path / "a.txt", data)))
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    assert document.raw.encode() == data
    assert (document.source_start, document.source_end, document.n_chars) == (0, 28, 28)


def test_utf8_with_bom_and_crlf_is_read_without_complaint(tmp_path: Path) -> None:
    data = "\ufeffdate: 2024-12-26\r\n\r\nWang Yi met Iwaya.\r\n\r\nThey agreed.\r\n"
    (document,), issues = split(read_path(write(tmp_path / "a.txt", data)))
    assert (document.text, issues) == ("Wang Yi met Iwaya.\n\nThey agreed.", [])


@pytest.mark.parametrize(
    ("name", "data", "code", "place", "word"),
    [
        ("a.txt", b"", "empty-file", "", "empty"),
        ("a.html", b"", "empty-file", "", "empty"),
        ("a.txt", b" \r\n\t", "empty-text", "", "blanks"),
        ("a.txt", b"one\ncaf\xe9 two", "not-utf8", "byte 7, line 2", "0xe9"),
        ("a.html", b"<p>caf\xe9</p>", "not-utf8", "byte 6, line 1", "0xe9"),
        ("a.txt", b"\xff\xfeW\x00a\x00", "utf16", "byte 0", "UTF-16"),
        ("a.txt", "Wang Yi".encode("utf-16-be"), "utf16", "byte 0", "UTF-16"),
        ("a.txt", "Wang Yi".encode("utf-16-le"), "utf16", "byte 1", "UTF-16"),
        ("a.txt", "Wang".encode("utf-32"), "utf32", "byte 0", "UTF-32"),
        ("a.txt", b"text\x00\x01\x02\x03", "binary", "byte 4, line 1", "NUL"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00\x00", "binary", "byte 8, line 3", "NUL"),
        ("a.pdf", b"%PDF-1.4", "unknown-form", "", "form not read"),
        ("noending", b"text", "unknown-form", "", "form not read"),
    ],
)
def test_what_cannot_be_read_is_set_aside_with_place_and_reason(
    name: str, data: bytes, code: str, place: str, word: str, tmp_path: Path
) -> None:
    write(tmp_path / name, data)
    write(tmp_path / "z.txt", HEAD + "The rest is read.")
    documents, issues = split(read_path(tmp_path))
    assert [document.text for document in documents] == ["The rest is read."]
    assert [(issue.path, issue.place, issue.stage, issue.code) for issue in issues] == [(name, place, "read", code)]
    assert word in issues[0].reason


def test_a_document_that_comes_twice_is_set_aside_and_names_the_first(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", HEAD + "Text.")
    write(tmp_path / "b/c.txt", HEAD + "Text.")
    (document,), issues = split(read_path(tmp_path))
    assert document.doc_id == "a"
    assert [(issue.path, issue.code) for issue in issues] == [("b/c.txt", "duplicate-document")]
    assert "document a," in issues[0].reason


def test_two_files_never_share_an_id(tmp_path: Path) -> None:
    for name in ("a.txt", "a.html", "a.text"):
        write(tmp_path / name, f"{HEAD}Text of {name}.")
    documents, issues = split(read_path(tmp_path))
    assert [document.doc_id for document in documents] == ["a.html", "a"]
    assert [(issue.path, issue.code) for issue in issues if issue.code != "no-date"] == [("a.txt", "duplicate-id")]


def test_hidden_files_readme_and_licence_are_left_out_on_purpose(tmp_path: Path) -> None:
    for name in (".hidden.txt", ".git/a.txt", "README.md", "LICENSE", "catalogue.csv", "sources.csv"):
        write(tmp_path / name, "path\n")
    assert list(read_path(tmp_path)) == []


def test_a_missing_path_is_an_error_at_once(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="nowhere"):
        read_path(tmp_path / "nowhere")


def test_links_that_lead_nowhere_or_in_a_circle_are_set_aside(tmp_path: Path) -> None:
    write(tmp_path / "texts/z.txt", HEAD + "Text.")
    (tmp_path / "texts/again").symlink_to(tmp_path / "texts", target_is_directory=True)
    (tmp_path / "texts/gone.txt").symlink_to(tmp_path / "gone.txt")
    (tmp_path / "texts/self.txt").symlink_to("self.txt")
    documents, issues = split(read_path(tmp_path / "texts"))
    assert [document.doc_id for document in documents] == ["z"]
    assert [(issue.path, issue.code) for issue in issues] == [
        ("again", "symlink-loop"),
        ("gone.txt", "broken-link"),
        ("self.txt", "unreadable"),
    ]


def test_sockets_and_pipes_are_set_aside_and_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkfifo("a.txt")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("b.txt")
        documents, issues = split(read_path(tmp_path))
    assert (documents, codes(issues)) == ([], ["not-a-file", "not-a-file"])


def test_a_file_or_folder_without_permission_is_set_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.txt", "b.jsonl", "c.csv", "d/x.txt", "e.txt"):
        write(tmp_path / name, HEAD + "Text.")
    opened, listed = Path.open, Path.iterdir

    def open_(path: Path, *args: object, **options: object) -> object:
        if path.name[0] in "abc":
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *args, **options)  # type: ignore[call-overload]

    def iterdir(path: Path) -> Iterator[Path]:
        if path.name == "d":
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    # Tests may run as root, whom no permission stops.
    monkeypatch.setattr(Path, "open", open_)
    monkeypatch.setattr(Path, "iterdir", iterdir)
    monkeypatch.setattr(Path, "read_bytes", lambda path: open_(path, "rb").read())  # type: ignore[attr-defined]
    (document,), issues = split(read_path(tmp_path))
    assert document.doc_id == "e"
    assert [(issue.path, issue.code) for issue in issues] == [
        (n, "unreadable") for n in ("a.txt", "b.jsonl", "c.csv", "d")
    ]
    assert all("Permission denied" in issue.reason for issue in issues)


CATALOGUE = """path,title,publisher,side,published,language,url,licence
a.txt,Title of a,A Ministry,JPN,2024-12-26,en,https://example.org/a,CC0
sub/b.txt,Title of b,A Paper,,2024-12-27,en,,
"""


def test_a_catalogue_tells_what_files_without_a_head_do_not(tmp_path: Path) -> None:
    write(tmp_path / "catalogue.csv", CATALOGUE)
    write(tmp_path / "a.txt", "Wang met Iwaya.")
    write(tmp_path / "sub/b.txt", "date: 2024-12-30\npublisher: Said here\n\nThey agreed.")
    (a, b), issues = split(read_path(tmp_path))
    assert issues == []
    assert (a.title, a.publisher, a.side, str(a.published)) == (
        "Title of a",
        "A Ministry",
        "JPN",
        "2024-12-26",
    )
    assert (a.language, a.url, a.licence) == ("en", "https://example.org/a", "CC0")
    assert (a.text, a.body_start) == ("Wang met Iwaya.", 0)  # the title does not stand in the file
    assert (b.publisher, str(b.published), b.title) == ("Said here", "2024-12-30", "Title of b")
    assert split(read_path(tmp_path / "a.txt"))[0] == [a]


def test_rows_without_a_file_and_files_without_a_row_are_set_aside(tmp_path: Path) -> None:
    more = "gone.txt,,,,,,,\n../x.txt,,,,,,,\na.txt,again,,,,,,\nd.txt,,,,2024-02-30,,,\n.hid.txt,,,,,,,\n"
    write(tmp_path / "in/catalogue.csv", CATALOGUE + more)
    for name in ("x.txt", "in/a.txt", "in/c.txt", "in/d.txt", "in/.hid.txt"):
        write(tmp_path / name, f"Text of {name}.")
    documents, issues = split(read_path(tmp_path / "in"))
    assert [document.doc_id for document in documents] == ["a", "c", "d"]
    assert [(issue.path, issue.place, issue.code) for issue in issues] == [
        ("catalogue.csv", "line 3", "row-without-file"),
        ("catalogue.csv", "line 4", "row-without-file"),
        ("catalogue.csv", "line 5", "row-without-file"),
        ("catalogue.csv", "line 6", "repeated-row"),
        ("catalogue.csv", "line 7", "wrong-date"),
        ("catalogue.csv", "line 8", "row-without-file"),
        ("c.txt", "", "no-date"),
        ("c.txt", "", "not-in-catalogue"),
        ("d.txt", "", "no-date"),
    ]


@pytest.mark.parametrize(
    ("data", "code"), [(b"", "empty-file"), (b"file\na.txt\n", "no-path-column"), (b"\xe9\n", "not-utf8")]
)
def test_a_catalogue_that_cannot_be_read_is_set_aside(data: bytes, code: str, tmp_path: Path) -> None:
    write(tmp_path / "catalogue.csv", data)
    write(tmp_path / "a.txt", HEAD + "Text.")
    documents, issues = split(read_path(tmp_path))
    assert len(documents) == 1
    assert [(issue.path, issue.code) for issue in issues] == [("catalogue.csv", code)]


def test_documents_come_one_at_a_time(tmp_path: Path) -> None:
    text = "The two sides agreed. " * 50
    lines = (f'{{"id": "r{n}", "date": "2024-12-26", "text": "{n} {text}"}}\n' for n in range(5000))
    path = write(tmp_path / "t.jsonl", "".join(lines))
    tracemalloc.start()
    try:
        found = read_path(path)
        assert sum(1 for _ in islice(found, 1000)) == 1000
        early = tracemalloc.get_traced_memory()[0]
        assert sum(1 for _ in found) == 4000
        late = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert late - early < path.stat().st_size / 3  # a hash and two ids a document, not its text


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_text_of_50_mb_is_read(line_end: str, tmp_path: Path) -> None:
    paragraph = f"Wang Yi met Takeshi Iwaya in Beijing on Wednesday, the ministry said.{line_end}{line_end}"
    path = write(tmp_path / "long.txt", HEAD + paragraph * (50_000_000 // len(paragraph)))
    (document,), issues = split(read_path(path))
    assert issues == []
    assert len(document.raw) > 49_999_000
    assert document.text.endswith("the ministry said.")
    assert document.quote(len(document.text) - 5, len(document.text)) == "said."


HOSTILE = {
    "spaces": "x" + " " * 2_000_000 + "\u00a0x",
    "newlines": "x" + "\n" * 2_000_000 + "x",
    "mixed": "x" + " \n\u200b" * 700_000 + "x",
    "tail": "x" + " \u00a0" * 1_000_000,
    "heads": "date: 2024-12-26\n" + "key: value\n" * 20_000,
    "tags": "<p>x" + "<" * 500_000,
    "open tags": "<p>x" + "<a b='" * 200_000,
    "nested": "<div>" * 100_000 + "x",
    "references": "<p>" + "&am" * 300_000,
    "comments": "<p>x" + "<!--" * 300_000,
    "scripts": "<p>x" + "<script>" * 100_000,
    "moved": "<table>" + "<tr>x" * 20_000,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_texts_are_read_in_time_in_step_with_their_length(kind: str, tmp_path: Path) -> None:
    """Quadratic reading of any of these would take minutes, and the run would be seen to hang."""
    name = "a.html" if "<" in HOSTILE[kind] else "a.txt"
    items = list(read_path(write(tmp_path / name, HOSTILE[kind])))
    assert ("too-deep" in [getattr(item, "code", "") for item in items]) == (kind == "nested")
    assert items
    assert all(len(item.text) < 3_000_000 for item in items if isinstance(item, Document))
