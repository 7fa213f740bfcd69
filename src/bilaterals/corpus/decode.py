"""Bytes to text: UTF-8 and nothing else, and a plain word about what a file is when it is not that."""

from __future__ import annotations

BOMS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
SAVE_AS = "save it as UTF-8"


class UnreadableText(Exception):
    """Why bytes could not be read as text: a short code, the place and a sentence."""

    def __init__(self, code: str, place: str, reason: str) -> None:
        super().__init__(f"{place}: {reason}" if place else reason)
        self.code = code
        self.place = place
        self.reason = reason


def decode(data: bytes, *, first_byte: int = 0, first_line: int = 1) -> str:
    """Decode UTF-8 with nothing changed, or raise `UnreadableText`.

    ``first_byte`` and ``first_line`` say where in its file the data begins. Bytes are counted from 0, lines
    from 1.
    """
    if not first_byte:
        check_encoding(data)
    nul = data.find(b"\x00")
    if nul >= 0:
        raise UnreadableText("binary", _place(data, nul, first_byte, first_line), "NUL byte: this is no text file")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableText(
            "not-utf8",
            _place(data, error.start, first_byte, first_line),
            f"byte 0x{data[error.start]:02x} is not valid UTF-8 here ({error.reason}); {SAVE_AS}",
        ) from None


def check_encoding(beginning: bytes) -> None:
    """Raise `UnreadableText` if the first bytes of a file say that it is UTF-16 or UTF-32."""
    for bom, name in BOMS:
        if beginning.startswith(bom):
            raise UnreadableText(
                name.lower().replace("utf-", "utf"), "byte 0", f"{name} by its byte order mark; {SAVE_AS}"
            )
    head = beginning[:200]
    for odd, name in ((1, "little"), (0, "big")):
        if len(head) > 7 and set(head[odd::2]) == {0} and 0 not in head[1 - odd :: 2]:
            raise UnreadableText(
                "utf16", f"byte {odd}", f"UTF-16 ({name}-endian, without a byte order mark); {SAVE_AS}"
            )


def _place(data: bytes, byte: int, first_byte: int, first_line: int) -> str:
    line = first_line + data.count(b"\n", 0, byte)
    return f"byte {first_byte + byte}, line {line}"
