"""Names of a document as Python names.

Pure functions from one name to one stem: what words a name is made of, and how they are joined in each of Python's
three styles. Reserved words, collisions and pinned names belong to the naming of a scope, which sees all its names.
"""

import hashlib
import keyword
import re
import unicodedata
from functools import lru_cache
from typing import Final

from generator.python.text import DottedPath, Identifier

LENGTH_LIMIT: Final = 80
_HASH_DIGITS: Final = 8

_WORD: Final = re.compile(
    r"[A-Z]{2,}s(?![a-z])"  # the plural of an acronym: ARNs
    r"|IPv[0-9]+|OAuth[0-9]*"  # spelled like two words, read as one
    r"|[A-Z]+(?![a-z])[0-9]*"  # an acronym, up to the capital of the next word: HTTP|Response, EC2
    r"|[A-Z]?[a-z]+(?:[0-9]+[a-z]*)*"  # a word with its digits: Sha256, x5t
    r"|[0-9]+[a-z]*"
)
_PLURAL_ACRONYM: Final = re.compile(r"[A-Z]{2,}s")

# Letters that Unicode doesn't decompose into a base letter and marks.
_FOLDED: Final = {
    "ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D",
    "ł": "l", "Ł": "L", "þ": "th", "Þ": "Th", "\u0131": "i",
}  # fmt: skip
_LETTER_NAME: Final = re.compile(r"(?:LETTER|SYLLABLE) (\w+)")

# What a mark says. Before a name a sign tells two names apart (`created`, `-created`); elsewhere marks only separate.
_SYMBOLS: Final = {
    "+": "plus", "-": "minus", "<": "less than", ">": "greater than", "=": "equals", "!": "not", "*": "asterisk",
    "/": "slash", "\\": "backslash", "%": "percent", "&": "and", "|": "or", "^": "caret", "~": "tilde", "@": "at",
    "#": "number", "$": "dollar", ".": "dot", ",": "comma", ":": "colon", ";": "semicolon", "?": "question",
    "_": "underscore", "'": "apostrophe", '"': "quote", "`": "backtick", "(": "open", ")": "close", "[": "open bracket",
    "]": "close bracket", "{": "open brace", "}": "close brace",
}  # fmt: skip
_LEADING_SIGNS: Final = re.compile(r"^[-+<>=!]+(?=[^\W_])")
_TRAILING_SIGNS: Final = re.compile(r"(?<=[^\W_])[+%]+$")


@lru_cache(maxsize=65536)
def split_words(name: str) -> tuple[str, ...]:
    """Return the words of `name`, in ASCII, with the capitals they have.

    `OpenIdConnectProviderARNs` gives Open, Id, Connect, Provider, ARNs; `-created_at` gives minus, created, at. A name
    of marks alone is spelled out (`<=` gives less, than, equals). There are no words in a name of blanks.
    """
    folded = _fold(_TRAILING_SIGNS.sub(_spelled_signs, _LEADING_SIGNS.sub(_spelled_signs, name.strip())))
    words = _WORD.findall(folded)
    return tuple(words or _WORD.findall(" ".join(map(_symbol_name, name))))


def snake_case(name: str, *, split_plural_acronyms: bool = False) -> str:
    """Return `name` as the stem of a variable, function or module name; empty when it has no words.

    Args:
        name: A name as the document spells it.
        split_plural_acronyms: Whether `ARNs` becomes `ar_ns`, as in AWS's own Python clients, and not `arns`.
    """
    words = split_words(name)
    if split_plural_acronyms:
        words = tuple(part for word in words for part in _split_plural(word))
    return _limited(_started("_".join(words).lower(), "value_"), name, "_")


def pascal_case(name: str) -> str:
    """Return `name` as the stem of a class name; capitals inside its words stay. Empty when it has no words."""
    words = split_words(name)
    if len(words) > 1 and all(word.isupper() or word.isdigit() for word in words):
        words = tuple(map(str.capitalize, words))
    stem = ""
    for word in words:
        # Without the underscore "v1.2" and "v12" would be one name.
        joint = "_" if stem[-1:].isdigit() and word[0].isdigit() else ""
        stem += joint + word[0].upper() + word[1:]
    return _limited(_started(stem, "Value"), name, "")


def constant_case(name: str) -> str:
    """Return `name` as the name of an enum member. A value without words is named after what it is."""
    stem = snake_case(name).upper()
    if stem:
        return stem
    if not name:
        return "EMPTY"
    return "BLANK" if name.isspace() else f"VALUE_{_hash(name).upper()}"


def is_valid(name: str) -> bool:
    """Whether `name` can be the name of something: ASCII, not a keyword, no longer than `LENGTH_LIMIT`."""
    return name.isascii() and name.isidentifier() and not keyword.iskeyword(name) and len(name) <= LENGTH_LIMIT


def identifier(name: str) -> Identifier:
    """Return `name` as printable code.

    Raises:
        ValueError: `name` is not valid.
    """
    if not is_valid(name):
        message = f"not a usable Python name: {name!r}"
        raise ValueError(message)
    return Identifier(name)


def dotted_path(path: str) -> DottedPath:
    """Return `path`, valid names joined by dots, as printable code.

    Raises:
        ValueError: One of the names is not valid.
    """
    return DottedPath(".".join(map(identifier, path.split("."))))


def shortened(stem: str) -> str:
    """Return a stem that was put together of others, with a hash in place of its end where it is too long."""
    return _limited(stem, stem, "_" if "_" in stem else "")


def _split_plural(word: str) -> tuple[str, ...]:
    return (word[:-2], word[-2:]) if _PLURAL_ACRONYM.fullmatch(word) else (word,)


def _started(stem: str, prefix: str) -> str:
    return f"{prefix}{stem}" if stem[:1].isdigit() else stem


def _limited(stem: str, name: str, joint: str) -> str:
    if len(stem) <= LENGTH_LIMIT:
        return stem
    kept = LENGTH_LIMIT - _HASH_DIGITS - len(joint)
    return f"{stem[:kept]}{joint}{_hash(name)}"


def _hash(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:_HASH_DIGITS]


def _fold(name: str) -> str:
    return name if name.isascii() else "".join(char if char.isascii() else _fold_char(char) for char in name)


def _fold_char(char: str) -> str:
    """Return an ASCII spelling of one letter or digit, else a blank; a mark on the letter before it is dropped."""
    if char in _FOLDED:
        return _FOLDED[char]
    if unicodedata.combining(char):
        return ""
    parts = unicodedata.normalize("NFKD", char)
    base = "".join(
        part if part.isascii() and part.isalnum() else " " for part in parts if not unicodedata.combining(part)
    )
    if not base.isspace():
        return base
    if not char.isalnum():
        return " "
    if match := _LETTER_NAME.search(unicodedata.name(char, "")):
        return match.group(1).capitalize() if char.isupper() else match.group(1).lower()
    return f" u{ord(char):x} "


def _symbol_name(char: str) -> str:
    return "" if char.isspace() else _SYMBOLS.get(char) or unicodedata.name(char, "").lower()


def _spelled_signs(match: re.Match[str]) -> str:
    return f" {' '.join(map(_symbol_name, match.group()))} "
