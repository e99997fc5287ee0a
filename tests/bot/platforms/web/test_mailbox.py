"""What waits for visitors: bounded in number, size and time."""

import pytest

from bot.conversation.events import Chat
from bot.conversation.notices import Notice
from bot.conversation.replies import Choice, Document, Paragraph, Reply
from bot.platforms.web import mailbox
from bot.platforms.web.limits import NEWS_A_CHAT, NEWS_KEPT_SECONDS, QUESTION_SECONDS
from bot.platforms.web.mailbox import Mailbox, Questions

HERE, THERE = Chat("web", "here"), Chat("web", "there")
QUESTION = Reply((Paragraph("Who?"),), ((Choice("Monet", "hand:0"),),), key="round:1")


class Time:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def notice(id_: str, chat: Chat = HERE, message: str = "", size: int = 0) -> Notice:
    files = (Document(b"x" * size, "tour.csv", "text/csv"),) if size else ()
    return Notice(id_, chat, Reply((Paragraph(id_),), documents=files), message)


def ids(box: Mailbox, chat: Chat) -> list[str]:
    return [letter.notice.id for letter in box.of(chat.id)]


def test_each_chat_finds_its_own_letters_in_their_order() -> None:
    box = Mailbox()
    for id_, chat in (("a", HERE), ("b", THERE), ("c", HERE)):
        box.put(notice(id_, chat))
    assert ids(box, HERE) == ["a", "c"]
    assert ids(box, THERE) == ["b"]
    assert box.letter(THERE.id, "a") is None, "another chat's letter is not theirs to take"


def test_a_notice_that_comes_again_is_the_same_letter_under_the_same_name() -> None:
    time = Time()
    box = Mailbox(time)
    first, _ = box.put(notice("a"))
    name = first.message
    time.now += 60
    again, _ = box.put(notice("a"))
    assert (again.message, again.at) == (name, 1000.0)
    assert ids(box, HERE) == ["a"]
    assert box.put(notice("b", message="m1"))[0].message == "m1"
    assert box.fetched("a") == ""
    box.take(again)
    assert ids(box, HERE) == ["b"]
    assert box.fetched("a") == name


def test_a_chat_keeps_only_its_last_letters() -> None:
    box = Mailbox()
    box.put(notice("other", THERE))
    dropped = [box.put(notice(str(number)))[1] for number in range(NEWS_A_CHAT + 2)]
    assert [each.notice.id for some in dropped for each in some] == ["0", "1"]
    assert ids(box, HERE) == [str(number) for number in range(2, NEWS_A_CHAT + 2)]
    assert ids(box, THERE) == ["other"]


def test_all_letters_together_are_bounded_in_number_and_size(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(mailbox, "NEWS_HELD", 3)
    box = Mailbox()
    for number in range(4):
        _, dropped = box.put(notice(str(number), Chat("web", str(number))))
    assert [each.notice.id for each in dropped] == ["0"]

    monkeypatch.setattr(mailbox, "NEWS_BYTES", 100)
    _, dropped = box.put(notice("large", HERE, size=90))
    assert [each.notice.id for each in dropped] == ["1"], "the number, as before"
    _, dropped = box.put(notice("larger", THERE, size=20))
    assert [each.notice.id for each in dropped] == ["2", "3", "large"]


def test_letters_that_nobody_fetches_are_gone_after_a_day() -> None:
    time = Time()
    box = Mailbox(time)
    box.put(notice("a"))
    time.now += NEWS_KEPT_SECONDS
    assert ids(box, HERE) == ["a"]
    time.now += 1
    assert ids(box, HERE) == []


def test_only_what_has_a_key_is_a_question_and_only_its_own_chat_knows_it() -> None:
    questions = Questions()
    assert questions.ask("here", Reply((Paragraph("Hello"),))) == ""
    name = questions.ask("here", QUESTION)
    asked = questions.question("here", name)
    assert asked is not None
    assert asked.key == "round:1"
    assert questions.question("there", name) is None
    assert questions.question("here", "other") is None


def test_news_are_expected_until_the_answer_or_for_a_while() -> None:
    time = Time()
    questions = Questions(time)
    assert questions.awaited("here") == set()
    first = questions.ask("here", QUESTION)
    assert questions.awaited("here") == {first}
    assert questions.awaited("there") == set()
    questions.answered(first)
    assert questions.awaited("here") == set()
    questions.ask("here", QUESTION)
    time.now += QUESTION_SECONDS + 1
    assert questions.awaited("here") == set()


def test_the_oldest_questions_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailbox, "QUESTIONS_HELD", 2)
    questions = Questions()
    first, *_, last = [questions.ask("here", QUESTION) for _ in range(3)]
    assert questions.question("here", first) is None
    assert questions.question("here", last) is not None
