"""Polls: what may be asked, who chose what, when it ends."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.peers.telegram_server.answers import wrong
from tests.peers.telegram_server.markup import units

OPTIONS = 12
QUESTION_UNITS, OPTION_UNITS, EXPLANATION_UNITS = 300, 100, 200
EXPLANATION_LINE_FEEDS = 2
OPEN_SECONDS = (5, 2_628_000)


@dataclass
class Ballot:
    """A poll and its votes: person → chosen options."""

    poll: dict[str, Any]
    votes: dict[int, tuple[int, ...]] = field(default_factory=dict)
    timer: asyncio.TimerHandle | None = None

    def vote(self, person: int, options: Sequence[int]) -> dict[str, Any]:
        """Count a vote; return Telegram's PollAnswer without its user."""
        poll = self.poll
        if poll["is_closed"]:
            raise ValueError("The poll is closed")
        if person in self.votes and not poll["allows_revoting"]:
            raise ValueError("A vote in this poll cannot be changed")
        if len(options) > 1 and not poll["allows_multiple_answers"]:
            raise ValueError("Only one option can be chosen")
        chosen = [poll["options"][option]["persistent_id"] for option in options]
        self.votes[person] = tuple(options)
        self._count()
        ids = {"option_ids": list(options), "option_persistent_ids": chosen}
        return {"poll_id": poll["id"], **ids}

    def close(self) -> None:
        """Take no more votes."""
        self.poll["is_closed"] = True
        if self.timer:
            self.timer.cancel()

    def _count(self) -> None:
        votes = [options for options in self.votes.values() if options]
        self.poll["total_voter_count"] = len(votes)
        for number, option in enumerate(self.poll["options"]):
            option["voter_count"] = sum(number in options for options in votes)


def new_poll(number: int, values: dict[str, Any], explanation: str) -> dict[str, Any]:
    """Return Telegram's Poll for the parameters of sendPoll. Raises `RefusedError`."""
    quiz = values.get("type") == "quiz"
    _check_words(values, explanation)
    poll: dict[str, Any] = {
        "id": str(number),
        "question": values["question"],
        "options": [
            {"persistent_id": str(i), "text": option["text"], "voter_count": 0}
            for i, option in enumerate(values["options"])
        ],
        "total_voter_count": 0,
        "is_closed": values.get("is_closed", False),
        "is_anonymous": values.get("is_anonymous", True),
        "type": values.get("type", "regular"),
        "allows_multiple_answers": values.get("allows_multiple_answers", False),
        "allows_revoting": values.get("allows_revoting", not quiz),
        "members_only": values.get("members_only", False),
    }
    if quiz:
        poll["correct_option_ids"] = _right(values)
    if explanation:
        poll["explanation"] = explanation
    return poll | _period(values)


def _check_words(values: dict[str, Any], explanation: str) -> None:
    options = [option["text"] for option in values["options"]]
    if not 1 <= units(values["question"]) <= QUESTION_UNITS:
        raise wrong(f"poll question must have 1-{QUESTION_UNITS} characters")
    if not 1 <= len(options) <= OPTIONS:
        raise wrong(f"poll must have 1-{OPTIONS} options")
    if not all(1 <= units(option) <= OPTION_UNITS for option in options):
        raise wrong(f"poll options must have 1-{OPTION_UNITS} characters")
    if units(explanation) > EXPLANATION_UNITS or explanation.count("\n") > EXPLANATION_LINE_FEEDS:
        raise wrong("poll explanation is too long")


def _right(values: dict[str, Any]) -> list[int]:
    right = values.get("correct_option_ids") or []
    known = all(0 <= option < len(values["options"]) for option in right)
    if not right or not known or right != sorted(set(right)):
        raise wrong("wrong correct option ID specified")
    return list(right)


def _period(values: dict[str, Any]) -> dict[str, Any]:
    least, most = OPEN_SECONDS
    seconds = values.get("open_period")
    if seconds is None:
        return {}
    if not least <= seconds <= most or "close_date" in values:
        raise wrong(f"open_period must be {least}-{most} and without close_date")
    return {"open_period": seconds}
