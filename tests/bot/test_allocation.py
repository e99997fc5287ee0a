"""Large buffers are the system's again once they are freed."""

import platform
import subprocess
import sys

import pytest

from bot.allocation import give_back_large_buffers

GLIBC = platform.libc_ver()[0] == "glibc"
MEASURED = """
import sys, psutil, numpy as np
from bot.allocation import give_back_large_buffers
if sys.argv[1] == "yes":
    assert give_back_large_buffers()
for _ in range(2):
    kept = [np.ones(6_000_000, np.uint8) for _ in range(10)]
    above = bytearray(200_000)  # what lies above freed memory keeps it from shrinking
    del kept
print(psutil.Process().memory_info().rss)
"""


def resident(asked: str) -> int:
    command = [sys.executable, "-c", MEASURED, asked]
    return int(subprocess.run(command, capture_output=True, check=True, text=True).stdout)


@pytest.mark.skipif(not GLIBC, reason="the C library is not GNU's")
def test_freed_photos_leave_nothing_behind() -> None:
    assert resident("no") - resident("yes") > 40 * 2**20


def test_another_system_goes_its_own_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert give_back_large_buffers() is False
