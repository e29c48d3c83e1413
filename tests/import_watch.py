"""Imports packages and writes down whatever they do beside being imported. Run as a program: a line in, a line
out.

Reading modules is what importing means, and compiling them too; what is compiled, there or by the libraries that
evaluate annotations, must not be code that calls the marker.
"""

from __future__ import annotations

import ast
import importlib
import os
import sys

# What the client needs of others is imported first, so that only the client itself is watched.
import asyncio  # isort: skip  # noqa: F401
import base64  # noqa: F401
import configparser  # noqa: F401
import email.utils  # noqa: F401
import hashlib  # noqa: F401
import hmac  # noqa: F401
import http.client  # noqa: F401
import json
import platform  # noqa: F401
import queue  # noqa: F401
import socket  # noqa: F401
import ssl  # noqa: F401
import tempfile  # noqa: F401
import threading  # noqa: F401
import traceback
import urllib.parse
import urllib.request  # noqa: F401
import uuid  # noqa: F401
import zlib  # noqa: F401

import httptools  # noqa: F401
import msgspec

MODULES = (
    "",
    ".models",
    ".models.shared",
    ".models.operations",
    ".models.errors",
    "._operations",
    ".testing",
    ".client",
    ".async_client",
)
FORBIDDEN = ("hostile.", "os.", "subprocess.", "shutil.", "socket.", "ctypes.", "tempfile.", "webbrowser.", "pty.")
HARMLESS = {"os.listdir", "os.scandir", "socket.__new__"}

found: list[str] = []
watched: list[str] = []


def watch(event: str, arguments: tuple[object, ...]) -> None:
    """The audit hook; it cannot be removed, so it looks whether there is a package to watch."""
    if not watched:
        return
    if event.startswith(FORBIDDEN) and event not in HARMLESS:
        found.append(event)
    elif event == "open":
        path, mode, flags = arguments
        writes = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        if writes or (isinstance(mode, str) and set(mode) & set("wax+")):
            found.append(f"open {path} {mode}")
    elif event == "compile" and holds_the_marker(arguments[0]):
        found.append(f"compile {arguments[0]!r:.80}")


def holds_the_marker(text: object) -> bool:
    """Whether a text is code that would act. A string in it that looks like such code is none."""
    if not isinstance(text, str | bytes):
        return False
    package, watched[:] = watched[:], []  # parsing compiles, and needs no watching
    try:
        nodes = list(ast.walk(ast.parse(text)))
    except (SyntaxError, ValueError):
        return False
    finally:
        watched[:] = package
    return any(isinstance(node, ast.Attribute) and node.attr == "audit" for node in nodes)


def import_package(source: str, package: str) -> None:
    """Import every module, make a client, and touch all that is made lazily."""
    modules = {name: importlib.import_module(package + name) for name in MODULES}
    client = modules[""].SDK(server_url="http://127.0.0.1:1")
    for name in dir(type(client)):
        if not name.startswith("_"):
            getattr(client, name)
    for name in (".models.shared", ".models.operations"):
        for value in vars(modules[name]).values():
            if isinstance(value, type) and issubclass(value, msgspec.Struct):
                msgspec.json.Decoder(value)
    client.close()


def main() -> None:
    """Serve until the input ends."""
    sys.dont_write_bytecode = True
    sys.addaudithook(watch)
    for line in sys.stdin:
        source, package = json.loads(line)
        found.clear()
        watched[:] = [source]
        sys.path.insert(0, source)
        try:
            import_package(source, package)
        except BaseException:  # noqa: BLE001  (the answer says what happened, whatever it was)
            found.append(traceback.format_exc())
        watched.clear()
        sys.path.remove(source)
        for name in [name for name in sys.modules if name.partition(".")[0] == package]:
            del sys.modules[name]
        importlib.invalidate_caches()
        print(json.dumps(found), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
