"""What a call costs the caller: the generated Cognito client beside boto3, against a server in a process of its own.

    python benchmarks/calls.py [ROUNDS]

All candidates take turns within each round, so that a machine that changes its speed changes it for all. What counts is
CPU time of this process per call; the table gives medians and the ratio to boto3, round by round. boto3 comes with the
test dependencies.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent
CALLS = 200
SERVER = Path(__file__).with_name("server.py")


def candidates(url: str) -> dict[str, Callable[[], object]]:
    """One call each, by name."""
    sys.path.insert(0, str(ROOT / "generated" / "cognito-identity" / "src"))
    import boto3

    import sdk

    ours = sdk.SDK(server_url=url, region="us-east-1")
    theirs = boto3.client("cognito-identity", endpoint_url=url, region_name="us-east-1")
    return {
        "sdk: create_identity_pool": lambda: ours.create_identity_pool(
            identity_pool_name="pool", allow_unauthenticated_identities=False
        ),
        "boto3: create_identity_pool": lambda: theirs.create_identity_pool(
            IdentityPoolName="pool", AllowUnauthenticatedIdentities=False
        ),
        "sdk: list_identities, 60 of them": lambda: ours.list_identities(
            identity_pool_id="us-east-1:00000000-0000-4000-8000-000000000000", max_results=60
        ),
        "boto3: list_identities, 60 of them": lambda: theirs.list_identities(
            IdentityPoolId="us-east-1:00000000-0000-4000-8000-000000000000", MaxResults=60
        ),
    }


def cpu_per_call(call: Callable[[], object]) -> float:
    """CPU seconds of this process for one call, over many."""
    started = time.process_time()
    for _ in range(CALLS):
        call()
    return (time.process_time() - started) / CALLS


def main(rounds: int) -> None:
    """Measure and print."""
    os.environ |= {"AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret"}
    with subprocess.Popen([sys.executable, str(SERVER)], stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            calls = candidates(f"http://127.0.0.1:{server.stdout.readline().strip()}")
            for call in calls.values():
                call()
            taken: dict[str, list[float]] = {name: [] for name in calls}
            for _ in range(rounds):
                for name, call in calls.items():
                    taken[name].append(cpu_per_call(call))
        finally:
            server.kill()
    print(f"{'':36} {'CPU us':>8} {'boto3 / this':>13}")
    for name, seconds in taken.items():
        peer = taken[name.replace("sdk:", "boto3:")]
        ratio = statistics.median(theirs / own for theirs, own in zip(peer, seconds, strict=True))
        print(f"{name:36} {statistics.median(seconds) * 1e6:8.0f} {ratio:13.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
