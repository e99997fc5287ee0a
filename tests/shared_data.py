"""Real paintings beside the repository, where there are any; tests that need them skip without."""

from pathlib import Path

import pytest

DATA = Path("../shared/data")


def require(path: str) -> Path:
    """Return a path of the data, or skip the test with its reason."""
    found = DATA / path
    if not found.exists():
        pytest.skip(f"there is no real data at {found}")
    return found
