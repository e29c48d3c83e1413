"""`generate fetch`: over real TLS on loopback, and what a stranger's server may not do."""

from __future__ import annotations

import hashlib
import ssl
import threading
import tomllib
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from generator import fetching
from tests.cli.commands import generate, tree
from tests.runtime.transport.certificates import make_certificate

SECRET = "canary"


class Server(ThreadingHTTPServer):
    """Answers by path."""

    answers: dict[str, tuple[int, Mapping[str, str], bytes]]


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        assert isinstance(self.server, Server)
        status, headers, body = self.server.answers[self.path.partition("?")[0]]
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | dict(headers)).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Silence."""


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_certificate(tmp_path_factory.mktemp("tls") / "server.pem")


@pytest.fixture
def server(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    for name in ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with Server(("127.0.0.1", 0), Handler) as found:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        found.socket = context.wrap_socket(found.socket, server_side=True)
        found.answers = {}
        thread = threading.Thread(target=found.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield found
        found.shutdown()
        thread.join()


def url(server: Server, path: str = "/api.yaml") -> str:
    return f"https://127.0.0.1:{server.server_address[1]}{path}"


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def configure(project: Path, text: str) -> Path:
    config = project / "specs/pets/sdk.toml"
    config.write_text(text, encoding="utf-8")
    return config


def document(project: Path) -> Path:
    return project / "specs/pets/openapi.yaml"


def test_what_has_not_changed(pets: Path, server: Server) -> None:
    data = document(pets).read_bytes()
    server.answers["/api.yaml"] = (200, {}, data)
    configure(pets, f'[source]\nurl = "{url(server)}"\nsha256 = "{sha256(data)}"\n')
    before = tree(pets)

    ended = generate("fetch")

    assert (ended.code, ended.err) == (0, "")
    assert ended.out == f"pets: unchanged, {len(data):,} bytes, sha256 {sha256(data)[:12]}\n"
    assert tree(pets) == before


def test_a_change_is_told_and_written_once_it_is_accepted(pets: Path, server: Server) -> None:
    old = document(pets).read_bytes()
    new = old.replace(b"title: Pets", b"title: Dogs") + b"# more\n"
    server.answers["/api.yaml"] = (200, {}, new)
    config = configure(
        pets, f'class = "Pets" # ours\n\n[source] # there\nurl = "{url(server)}"\nsha256 = "{sha256(old)}"\n'
    )
    before = tree(pets)

    told = generate("fetch", "pets")

    assert told.code == 1
    sizes = f"{len(old):,} -> {len(new):,} bytes, lines +2 -1"
    assert told.out == f"pets: {sizes}, sha256 {sha256(old)[:12]} -> {sha256(new)[:12]}\n"
    assert "generate fetch pets --accept" in told.err
    assert tree(pets) == before

    assert generate("fetch", "pets", "--accept").code == 0
    assert document(pets).read_bytes() == new
    text = config.read_text(encoding="utf-8")
    assert text.startswith('class = "Pets" # ours\n\n[source] # there\n')
    assert tomllib.loads(text)["source"] == {"url": url(server), "sha256": sha256(new)}
    assert generate("fetch").code == 0
    assert generate().code == 0


def test_the_first_pin(pets: Path, server: Server) -> None:
    data = document(pets).read_bytes()
    server.answers["/api.yaml"] = (200, {}, data)
    config = configure(pets, f'[source]\nurl = "{url(server)}"')

    assert generate("fetch").code == 1
    assert generate("fetch", "--accept").code == 0
    assert tomllib.loads(config.read_text(encoding="utf-8"))["source"]["sha256"] == sha256(data)


def test_a_document_that_was_edited_is_not_overwritten(pets: Path, server: Server) -> None:
    server.answers["/api.yaml"] = (200, {}, b"openapi: 3.1.0\n")
    configure(pets, f'[source]\nurl = "{url(server)}"\nsha256 = "{"0" * 64}"\n')
    before = tree(pets)

    ended = generate("fetch", "--accept")

    assert ended.code == 5
    assert "error[IMP008]: specs/pets/openapi.yaml was edited" in ended.err
    assert tree(pets) == before


@pytest.mark.parametrize(
    ("answer", "code", "said"),
    [
        ((404, {}, b""), 4, "IMP007"),
        ((200, {"Content-Encoding": "gzip"}, b"x"), 4, "IMP007"),
        ((302, {"Location": "http://127.0.0.1:1/"}, b""), 4, "something that is not https"),
        ((302, {"Location": "file:///etc/passwd"}, b""), 4, "IMP007"),
        ((302, {"Location": "/api.yaml"}, b""), 4, "IMP007"),
        ((200, {"Content-Length": "99"}, b"openapi: 3.1.0"), 4, "IMP007"),
        ((200, {}, b"hello: there\n"), 3, "SPEC021"),
        ((200, {}, b"a: [\n"), 3, "SPEC005"),
        ((200, {}, b"openapi: 3.1.0 # " + b"x" * 5000), 3, "SPEC001"),
    ],
)
def test_what_no_document_comes_from(
    pets: Path,
    server: Server,
    monkeypatch: pytest.MonkeyPatch,
    answer: tuple[int, dict[str, str], bytes],
    code: int,
    said: str,
) -> None:
    monkeypatch.setattr(fetching, "MAX_BYTES", 4096)
    server.answers["/api.yaml"] = answer
    configure(pets, f'[source]\nurl = "{url(server)}?key={SECRET}"\n')
    before = tree(pets)

    ended = generate("fetch", "--accept")

    assert ended.code == code, ended.err
    assert said in ended.err
    assert SECRET not in ended.out + ended.err
    assert tree(pets) == before


def test_a_redirect_that_stays_on_https(pets: Path, server: Server) -> None:
    server.answers["/api.yaml"] = (200, {}, document(pets).read_bytes())
    server.answers["/latest"] = (302, {"Location": "/api.yaml"}, b"")
    configure(pets, f'[source]\nurl = "{url(server, "/latest")}"\n')
    assert generate("fetch", "--accept").code == 0


def test_a_server_whose_certificate_nobody_knows(pets: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    server.answers["/api.yaml"] = (200, {}, document(pets).read_bytes())
    monkeypatch.delenv("SSL_CERT_FILE")
    configure(pets, f'[source]\nurl = "{url(server)}"\n')
    ended = generate("fetch", "--accept")
    assert ended.code == 4
    assert "CERTIFICATE_VERIFY_FAILED" in ended.err


def test_a_peer_that_never_ends(pets: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "_TOTAL", 0.0)
    server.answers["/api.yaml"] = (200, {}, document(pets).read_bytes())
    configure(pets, f'[source]\nurl = "{url(server)}"\n')
    ended = generate("fetch")
    assert (ended.code, ended.out) == (4, "")
    assert "it takes longer" in ended.err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "error[CFG017]: pets does not say where"),
        ('[source]\nurl = "http://example.com/api.yaml"\n', "error[CFG004]: `source.url`"),
        (f'[source]\nurl = "https://user:{SECRET}@example.com/api.yaml"\n', "error[CFG004]: `source.url`"),
        ('[source]\nurl = "https://example.com/"\nsha256 = "12"\n', "error[CFG004]: `source.sha256`"),
        ('[source]\nurls = "https://example.com/"\n', "error[CFG002]: unknown key `source.urls`"),
        ("source = 1\n", "error[CFG003]: `source`"),
    ],
)
def test_a_configuration_that_cannot_be_meant(pets: Path, text: str, said: str) -> None:
    configure(pets, text)
    ended = generate("fetch")
    assert ended.code == 2
    assert said in ended.err
    assert SECRET not in ended.err


def test_a_pin_that_is_not_written_on_lines_of_its_own(pets: Path, server: Server) -> None:
    server.answers["/api.yaml"] = (200, {}, document(pets).read_bytes() + b"#\n")
    configure(pets, f'source = {{url = "{url(server)}"}}\n')
    before = tree(pets)
    ended = generate("fetch", "--accept")
    assert ended.code == 2
    assert "in a table `[source]`" in ended.err
    assert tree(pets) == before
