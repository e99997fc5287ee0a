"""Hours of the day in which a chat wants to hear nothing that it did not ask for."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

OFFSET = re.compile(r"UTC(?:([+-])(\d{2}):(\d{2}))?")


@dataclass(frozen=True)
class QuietHours:
    """From ``start`` until just before ``end``, every day, by the clocks of ``zone``.

    They may go over midnight; a start that is the end as well would be no hours or all of them,
    and is refused with `ValueError`, as is a zone that is not known.
    """

    start: time
    end: time
    zone: str
    """A name of the IANA data (``Europe/Rome``), or ``UTC``, or an offset (``UTC+05:30``)."""

    def __post_init__(self) -> None:
        """Refuse what could not be held."""
        if self.start == self.end:
            raise ValueError(f"Quiet hours from {self.start} to the same time")
        zone_named(self.zone)

    def holds(self, now: datetime) -> bool:
        """Say whether it is quiet at a moment, which must know its zone."""
        if now.tzinfo is None:
            raise ValueError("A moment without a zone")
        here = now.astimezone(zone_named(self.zone)).time()
        if self.start < self.end:
            return self.start <= here < self.end
        return here >= self.start or here < self.end


def zone_named(name: str) -> tzinfo:
    """Return a zone by its name or offset. Raises `ValueError`."""
    if offset := OFFSET.fullmatch(name):
        return _shifted(*offset.groups()) if offset[1] else UTC
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError, ValueError) as error:
        raise ValueError(f"No time zone {name!r}") from error


def _shifted(sign: str, hours: str, minutes: str) -> tzinfo:
    if int(minutes) > 59 or int(hours) > 14:
        raise ValueError(f"No clocks go {hours}:{minutes} before or after UTC")
    shift = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-shift if sign == "-" else shift)
