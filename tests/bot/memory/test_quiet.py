"""Quiet hours hold by the chat's own clocks, over midnight and over a change of the clocks."""

import os
import subprocess
import sys
from datetime import UTC, datetime, time

import pytest

from bot.memory.quiet import QuietHours


def at(hour: int, minute: int = 0, *, month: int = 1) -> datetime:
    return datetime(2026, month, 15, hour, minute, tzinfo=UTC)


def test_they_hold_from_their_start_until_just_before_their_end() -> None:
    siesta = QuietHours(time(13), time(15, 30), "UTC")
    held = [siesta.holds(at(*moment)) for moment in ((12, 59), (13, 0), (15, 29), (15, 30))]
    assert held == [False, True, True, False]


def test_they_go_over_midnight() -> None:
    night = QuietHours(time(22), time(7), "UTC")
    held = [night.holds(at(*moment)) for moment in ((21, 59), (22,), (0,), (6, 59), (7,), (12,))]
    assert held == [False, True, True, True, False, False]


def test_they_follow_the_clocks_of_their_zone_in_summer_too() -> None:
    night = QuietHours(time(22), time(7), "Europe/Rome")
    assert not night.holds(at(20, 30))
    assert night.holds(at(21, 0))
    assert night.holds(at(20, 30, month=7))
    assert not night.holds(at(5, 0, month=7))


@pytest.mark.parametrize(("zone", "quiet"), [("UTC+05:30", True), ("UTC-03:00", False)])
def test_a_zone_may_be_an_offset(zone: str, quiet: bool) -> None:
    assert QuietHours(time(22), time(23), zone).holds(at(16, 45)) is quiet


@pytest.mark.parametrize(
    "zone", ["Mars/Olympus", "", "../../etc/passwd", "Europe", "UTC+15:00", "UTC+02:75", "+02:00"]
)
def test_a_zone_that_is_none_is_refused(zone: str) -> None:
    with pytest.raises(ValueError, match=r"zone|clocks"):
        QuietHours(time(22), time(7), zone)


def test_zones_are_known_on_a_machine_that_has_none_of_its_own() -> None:
    script = "from bot.memory.quiet import zone_named as z; print(z('Europe/Rome').key)"
    bare = {**os.environ, "PYTHONTZPATH": ""}
    done = subprocess.run(
        [sys.executable, "-c", script], env=bare, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("Europe/Rome\n", "")


def test_hours_that_end_as_they_start_are_refused() -> None:
    with pytest.raises(ValueError, match="same time"):
        QuietHours(time(7), time(7), "UTC")


def test_a_moment_without_a_zone_is_a_fault() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        QuietHours(time(22), time(7), "UTC").holds(datetime(2026, 1, 1, 23))
