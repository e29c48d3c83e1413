"""Values of a document as Python literals.

The text evaluates to a value equal to the one given, whatever the value holds, and it is already spelled the way black
would spell it. Nothing else is accepted: an expression is not a value, and there is no way to write one here.
"""

import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from generator.characters import escape
from generator.python.text import Literal

# int() and str() refuse more decimal digits than this by default, and so does Python's own parser. Hexadecimal has no
# limit, as it costs no quadratic conversion.
_DECIMAL_DIGITS_LIMIT: Final = 4300
_BITS_PER_DIGIT: Final = 3.3219


def literal(value: object) -> Literal:
    """Return a Python expression for `value`.

    Args:
        value: None, a bool, number, string or bytes, or a list, tuple or mapping of them. A `Decimal` is spelled as a
            call of `Decimal`, which the module must have imported.

    Raises:
        TypeError: `value` has no literal form.
    """
    return Literal(_spell(value))


def _spell(value: object) -> str:
    match value:
        case str():
            code = _string(value)
        case list():
            code = f"[{', '.join(map(_spell, value))}]"
        case tuple():
            code = f"({', '.join(map(_spell, value))}{',' if len(value) == 1 else ''})"
        case Mapping():
            code = f"{{{', '.join(f'{_spell(key)}: {_spell(item)}' for key, item in value.items())}}}"
        case _:
            code = _scalar(value)
    return code


def _scalar(value: object) -> str:
    match value:
        case None | bool():
            code = repr(value)
        case int():
            code = _integer(int(value))
        case float():
            code = repr(float(value)) if math.isfinite(value) else f'float("{float(value)!r}")'
        case Decimal():
            code = f'Decimal("{value!s}")'
        case bytes():
            code = _bytes(value)
        case _:
            raise TypeError(f"no literal form for {type(value).__qualname__}")
    return code


def _integer(value: int) -> str:
    if value.bit_length() <= _DECIMAL_DIGITS_LIMIT * _BITS_PER_DIGIT:
        return repr(value)
    sign = "-" if value < 0 else ""
    return f"{sign}0x{abs(value):X}"


def _string(value: str) -> str:
    # As black chooses: double quotes, unless single ones need fewer escapes.
    quote = "'" if value.count('"') > value.count("'") else '"'
    body = value.replace("\\", "\\\\").replace(quote, f"\\{quote}")
    return f"{quote}{escape(body)}{quote}"


def _bytes(value: bytes) -> str:
    # Latin-1 maps each byte to the character of the same number; what isn't ASCII must be escaped in a bytes literal.
    text = _string(value.decode("latin-1"))
    return "b" + "".join(char if char.isascii() else f"\\x{ord(char):02x}" for char in text)
