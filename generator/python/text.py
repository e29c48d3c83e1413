"""The types that make output safe by construction.

A string of a document is a plain `str` and can't be printed: the renderer accepts `Code` and nothing else. Each kind of
code is made by one encoder, which makes the text fit for exactly one context. Joining or formatting code gives a plain
`str` again, so an unsafe mixture has no way out either. This module encodes nothing itself.
"""


class Code(str):
    """Text that may be printed into an output file as it is. Only encoders make it."""

    __slots__ = ()

    def __html__(self) -> str:
        """The text itself: a template engine that escapes what is not safe has nothing to escape here."""
        return self


class Identifier(Code):
    """A Python name, made by `identifiers.identifier`."""

    __slots__ = ()


class DottedPath(Code):
    """Python names joined by dots, made by `identifiers.dotted_path`."""

    __slots__ = ()


class Literal(Code):
    """A Python expression that evaluates to a constant, made by `literals.literal`."""

    __slots__ = ()


class Docstring(Code):
    """A complete triple-quoted string, made by `docstrings.docstring`."""

    __slots__ = ()


class Comment(Code):
    """One physical line that begins with `#`, made by `docstrings.comment`."""

    __slots__ = ()


class Annotation(Code):
    """A Python type expression built from identifiers and literals."""

    __slots__ = ()


class Toml(Code):
    """A TOML value, made by `packaging.toml_string`."""

    __slots__ = ()


class Markdown(Code):
    """Markdown that holds no active content, made by `markup`."""

    __slots__ = ()
