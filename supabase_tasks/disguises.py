"""The forms in which one secret may appear: quoted, escaped, encoded, broken over lines."""

from __future__ import annotations

import re
from functools import cached_property

# What layouts put at the ends of a line that they broke.
BORDERS = " \t\r│┃║|"
_BREAK = r"(?:[ \t]*[│┃║|]?[ \t]*\r?\n[ \t]*[│┃║|]?[ \t]*)?"
_SQUEEZE = dict.fromkeys(map(ord, f"{BORDERS}\n"))
_NAMED = {"&": "amp", "<": "lt", ">": "gt", '"': "quot", "'": "apos"}
_SHORT = {"\n": "n", "\r": "r", "\t": "t", "\b": "b", "\f": "f", "\v": "v", "\a": "a", "\x1b": "e"}
# A shell closes the quotes, adds the quote in other ones or behind a backslash, and opens them again.
_DOUBLED = {"'": (r"''", r"""'"'"'""", r"'\\+''"), '"': (r'""', r"""\"'\"'\"""")}
_SHORTEST_ENCODED = 8


def squeeze(text: str) -> str:
    """The text without what a layout may have put between two characters of a word."""
    return text.translate(_SQUEEZE)


def begun_length(secret: str, text: str) -> int:
    """How many characters at the end of `text` are the beginning of `secret`, all of it not counted."""
    for length in range(min(len(secret) - 1, len(text)), 0, -1):
        if text.endswith(secret[:length]):
            return length
    return 0


class Disguises:
    """One secret, found in a text in any of its forms.

    Each of its characters may stand as it is, or as Python's `repr`, JSON, a shell, SQL, a URL (any set of safe
    characters, either case) or HTML write it, and a line may be broken between any two; base64 (with any neighbours,
    both alphabets) and hexadecimal are forms of the whole.
    """

    def __init__(self, secret: str) -> None:
        self._secret = secret
        # No encoder touches ASCII letters and digits, so that this part tells quickly where nothing is to be found.
        self._core = max(re.findall(r"[A-Za-z0-9]+", secret), key=len, default="")

    def mask(self, text: str, bare: str, mask: str) -> str:
        """`text` with every form replaced by `mask`; `bare` is `squeezed(text)` of the text before any mask."""
        if self._secret in text:
            text = text.replace(self._secret, mask)
            bare = squeeze(text)
        if self._core in bare:
            text = self._pattern.sub(mask, text)
        if self._wholly_encoded(text):
            text = self._full_pattern.sub(mask, text)
        for form in self._encodings:
            if form in bare:
                text = re.sub(_BREAK.join(map(re.escape, form)), mask, text)
        return text

    def _wholly_encoded(self, text: str) -> bool:
        return any(text.count(mark) >= len(self._secret) for mark in ("%", "\\", "&#"))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        # Letters and digits as they are: a pattern of all their forms takes long to compile.
        return re.compile(_BREAK.join(c if _plain_word(c) else _character(c) for c in self._secret))

    @cached_property
    def _full_pattern(self) -> re.Pattern[str]:
        return re.compile(_BREAK.join(map(_character, self._secret)))

    @cached_property
    def _encodings(self) -> frozenset[str]:
        data = self._secret.encode("utf-8", "surrogatepass")
        if len(data) < _SHORTEST_ENCODED:
            return frozenset()
        return frozenset({data.hex(), data.hex().upper(), *_base64(data)})


def _base64(data: bytes) -> set[str]:
    from base64 import b64encode, urlsafe_b64encode

    found = set()
    for encode in (b64encode, urlsafe_b64encode):
        for before in range(3):
            # The characters that hold bits of the neighbours are left out.
            text = encode(b"\0" * before + data).decode().rstrip("=")
            end = len(text) if (before + len(data)) % 3 == 0 else len(text) - 1
            found.add(text[(0, 2, 3)[before] : end])
    return found


def _character(character: str) -> str:
    code = ord(character)
    data = character.encode("utf-8", "surrogatepass")
    either = [
        "".join(f"%(?:25)*{byte:02x}" for byte in data),
        "".join(rf"\\+x{byte:02x}" for byte in data),
        "".join(rf"\\+u{unit:04x}" for unit in _units(character)),
        rf"\\+u\{{0*{code:x}\}}",
        rf"\\+U{code:08x}",
        f"&(?:amp;)*#0*{code};",
        f"&(?:amp;)*#x0*{code:x};",
    ]
    if code < 0x100:
        either.append(rf"\\+x{code:02x}")
    if character in _NAMED:
        either.append(f"&(?:amp;)*{_NAMED[character]};")
    forms = [*_plain(character), f"(?i:{'|'.join(either)})"]
    return f"(?:{'|'.join(forms)})"


def _plain_word(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _plain(character: str) -> list[str]:
    forms = list(_DOUBLED.get(character, ()))
    if character in _SHORT:
        forms.append(rf"\\+{_SHORT[character]}")
    if not character.isascii() or not character.isprintable():
        forms.append("".join(rf"\\+{byte:03o}" for byte in character.encode("utf-8", "surrogatepass")))
    if character == " ":
        forms.append(r"\+")
    if character == "\\":
        forms.append(r"\\+")
    elif not _plain_word(character):
        forms.append(rf"\\*{re.escape(character)}")
    else:
        forms.append(re.escape(character))
    return forms


def _units(character: str) -> list[int]:
    data = character.encode("utf-16-be", "surrogatepass")
    return [int.from_bytes(data[start : start + 2], "big") for start in range(0, len(data), 2)]
