"""The text that stands in an HTML source outside of tags, with the way back to its characters.

selectolax repairs and understands HTML, but does not say where in the source a text node stood. So the source
is walked here once more, by the tokens of the HTML standard (text, tags, comments, raw text, character
references), and each text node is then found in the text of this walk. What is found is found word for word,
or not at all.
"""

from __future__ import annotations

import re
from html import unescape
from html.entities import html5

from bilaterals.corpus.clean import CleanText

_MARK = re.compile(r"[<&\r]")
_TAG = re.compile(
    r"""<(/?)([A-Za-z][^\s/>]*+)(?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'>][^\s>]*+|(?=>)|(?=["'])))*+>"""
)
_COMMENT_END = re.compile(r"--!?>")
_REFERENCE = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|([A-Za-z][A-Za-z0-9]{0,31});?)")
_RAW = {"script", "style", "xmp", "iframe", "noembed", "noframes"}
_ESCAPABLE = {"textarea", "title"}
_OFTEN_UNCLOSED = {
    "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup", "colgroup",
    "html", "head", "body", "rp", "rt", "area", "base", "br", "col", "embed", "hr", "img", "input", "link",
    "meta", "source", "track", "wbr",
}  # fmt: skip
_LONGEST_OPEN_NAME = max(len(name) for name in html5 if not name.endswith(";"))


class HtmlSource:
    """The text of an HTML source: ``text``, and ``map`` from it to the characters of the source."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._out = CleanText(source)
        self._depth = 0
        self.deepest = 0
        """How deep elements are nested, those left out whose end tag may be left out."""
        self._walk()
        self.text = self._out.text()
        self.map = self._out.map

    def _walk(self) -> None:
        source, at = self._source, 0
        while at < len(source):
            mark = _MARK.search(source, at)
            if not mark:
                self._out.copy(at, len(source))
                return
            self._out.copy(at, mark.start())
            at = self._markup(mark.start()) if mark.group() == "<" else self._character(mark.start(), len(source))

    def _character(self, at: int, end: int) -> int:
        """A line end or a character reference at ``at``; gives where it ends."""
        source = self._source
        if source[at] == "\r":
            last = at + 2 if source.startswith("\n", at + 1) else at + 1
            self._out.put("\n", at, last)
            return last
        found = _REFERENCE.match(source, at, end)
        if not found:
            self._out.copy(at, at + 1)
            return at + 1
        written = found.group()
        if found[1] and written[1:] not in html5:
            longest = min(len(found[1]), _LONGEST_OPEN_NAME)
            written = next((written[: n + 1] for n in range(longest, 0, -1) if written[1 : n + 1] in html5), "&")
        if written == "&":
            self._out.copy(at, at + 1)
        else:
            self._out.put(unescape(written) or _control(written), at, at + len(written))
        return at + len(written)

    def _markup(self, at: int) -> int:
        """A tag, comment or bare "<" at ``at``; gives where it ends."""
        source = self._source
        if source.startswith("<!--", at):
            if source.startswith((">", "->"), at + 4):
                return source.index(">", at) + 1
            end = _COMMENT_END.search(source, at + 4)
            return end.end() if end else len(source)
        following = source[at + 1 : at + 3]
        if following[:1] in ("!", "?") or (following[:1] == "/" and not following[1:].isalpha() and following[1:]):
            end_at = source.find(">", at)
            return end_at + 1 if end_at >= 0 else len(source)
        if not (following.removeprefix("/")[:1].isascii() and following.removeprefix("/")[:1].isalpha()):
            self._out.copy(at, at + 1)
            return at + 1
        tag = _TAG.match(source, at)
        if not tag:  # the source ends within a tag, which the standard drops
            return len(source)
        name = tag[2].lower()
        if name not in _OFTEN_UNCLOSED:
            self._depth += -1 if tag[1] else 1
            self.deepest = max(self.deepest, self._depth)
        if tag[1] or name not in _RAW | _ESCAPABLE | {"plaintext"}:
            return tag.end()
        return self._raw_text(name, tag.end())

    def _raw_text(self, name: str, at: int) -> int:
        """The inside of a script, style, title ...; gives where its end tag begins."""
        source = self._source
        close = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(source, at) if name != "plaintext" else None
        end = close.start() if close else len(source)
        if name in _RAW:
            return end
        while at < end:
            mark = _MARK.search(source, at, end)
            stop = mark.start() if mark else end
            self._out.copy(at, stop)
            at = stop
            if mark and mark.group() == "<":
                self._out.copy(at, at + 1)
                at += 1
            elif mark:
                at = self._character(at, end)
        return end


def _control(written: str) -> str:
    """A numeric reference to a control character, which the standard keeps and html.unescape drops."""
    digits = written.strip("&#;")
    code = int(digits[1:], 16) if digits[:1] in "xX" else int(digits)
    return chr(code)


class Aligner:
    """Finds text nodes, in the order of the document, in the text of the source."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._searches = 0

    def find(self, words: str) -> tuple[int, int] | None:
        """Where the text of a node, without blanks at its ends, stands; None if it cannot be said."""
        text, at = self._text, self._at
        while at < len(text) and text[at].isspace():
            at += 1
        if not text.startswith(words, at):
            self._searches += 1
            if self._searches > 1000:  # a hostile page: each search may cost the length of the page
                return None
            at = text.find(words, at)
            if at < 0:  # what stands in a table outside its cells is moved before the table
                at = text.find(words)
                return (at, at + len(words)) if at >= 0 else None
        self._at = at + len(words)
        return at, self._at
