"""How operations travel: a graph bound to a wire protocol.

Each protocol has this half, which decides, and a half of the same name in `templates/runtime/protocols/`, which
does. Protocols never
import each other.
"""
