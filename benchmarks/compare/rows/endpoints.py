"""Which host is called. What is observed is the name that is looked up; nothing is reached."""

from __future__ import annotations

from benchmarks.compare.clients.peer import Options, Peer
from benchmarks.compare.replies import NO_POOLS
from benchmarks.compare.row import row
from benchmarks.compare.server import Server
from benchmarks.compare.surroundings import environment, tried


def _host(peer: Peer, options: Options) -> str:
    tried.clear()
    try:
        with peer.connect(options) as connection:
            connection.call("ListIdentityPools", MaxResults=5)
    except Exception:
        if not tried:
            raise
    return tried[0]


@row("region cn-north-1", "cognito-identity.cn-north-1.amazonaws.com.cn")
def china(peer: Peer) -> str:
    return _host(peer, Options(region="cn-north-1", attempts=1))


@row("region eusc-de-east-1 (European Sovereign Cloud)", "cognito-identity.eusc-de-east-1.amazonaws.eu")
def sovereign(peer: Peer) -> str:
    return _host(peer, Options(region="eusc-de-east-1", attempts=1))


@row("region us-iso-east-1", "cognito-identity.us-iso-east-1.c2s.ic.gov")
def isolated(peer: Peer) -> str:
    return _host(peer, Options(region="us-iso-east-1", attempts=1))


@row("FIPS, asked for in code", "cognito-identity-fips.us-east-1.amazonaws.com")
def fips(peer: Peer) -> str:
    return _host(peer, Options(region="us-east-1", attempts=1, fips=True))


@row("FIPS by AWS_USE_FIPS_ENDPOINT", "cognito-identity-fips.us-east-1.amazonaws.com")
def fips_by_environment(peer: Peer) -> str:
    with environment(AWS_USE_FIPS_ENDPOINT="true"):
        return _host(peer, Options(region="us-east-1", attempts=1))


@row("dual stack by AWS_USE_DUALSTACK_ENDPOINT, cn-north-1", "cognito-identity.cn-north-1.api.amazonwebservices.com.cn")
def dual_stack(peer: Peer) -> str:
    with environment(AWS_USE_DUALSTACK_ENDPOINT="true"):
        return _host(peer, Options(region="cn-north-1", attempts=1))


def _called(peer: Peer, server: Server) -> str:
    tried.clear()
    try:
        with peer.connect(Options(attempts=1)) as connection:
            connection.call("ListIdentityPools", MaxResults=5)
    except Exception:  # noqa: BLE001, S110  (where it is not honoured there is nobody)
        pass
    return "honoured" if server.requests else f"ignored: {tried[0] if tried else 'nothing called'}"


@row("AWS_ENDPOINT_URL_COGNITO_IDENTITY", "honoured")
def service_endpoint(peer: Peer) -> str:
    with Server(NO_POOLS) as server, environment(AWS_ENDPOINT_URL_COGNITO_IDENTITY=server.url):
        return _called(peer, server)


@row("AWS_ENDPOINT_URL", "honoured")
def endpoint(peer: Peer) -> str:
    with Server(NO_POOLS) as server, environment(AWS_ENDPOINT_URL=server.url):
        return _called(peer, server)


@row("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "honoured")
def ignored_endpoints(peer: Peer) -> str:
    with (
        Server(NO_POOLS) as server,
        environment(AWS_ENDPOINT_URL=server.url, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS="true"),
    ):
        return "honoured" if _called(peer, server) != "honoured" else "ignored"
