"""What the tests of the AWS part share."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def no_files(tmp_path: Path) -> dict[str, str]:
    """An environment whose AWS files do not exist, whatever the machine has, and which is no instance."""
    return {
        "HOME": str(tmp_path),
        "AWS_CONFIG_FILE": str(tmp_path / "config"),
        "AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "credentials"),
        "AWS_EC2_METADATA_DISABLED": "true",
    }
