"""Text of a document on a terminal: shown, never obeyed.

Every message that quotes a specification passes through here. An escape sequence can retitle the window, clear the
screen, forge a link or overwrite the line before it; none of them survives as anything but its notation.
"""

from generator.characters import LINE_BREAK, escape


def visible(text: str, *, keep_newlines: bool = False) -> str:
    r"""Return `text` with control, direction and blank characters spelled out (`\x1b`, `\u202e`).

    Args:
        text: Anything, lone surrogates included; the result can always be encoded as UTF-8.
        keep_newlines: Keep line breaks (each as one newline). Otherwise they are spelled out too, so that a quoted
            string can't fake a line of its own.
    """
    if keep_newlines:
        return escape(LINE_BREAK.sub("\n", text), keep="\n")
    return escape(text)
