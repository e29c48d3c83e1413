"""Where a value travels in a request or a reply, and as what kind of content. `model` offers these names too."""

from __future__ import annotations

from enum import Enum


class Media(Enum):
    """Kinds of content."""

    JSON = "json"
    FORM = "form"
    MULTIPART = "multipart"
    XML = "xml"
    TEXT = "text"
    BINARY = "binary"
    FILE = "file"


class Place(Enum):
    """Where a parameter travels."""

    PATH = "path"
    QUERY = "query"
    QUERYSTRING = "querystring"
    HEADER = "header"
    COOKIE = "cookie"
