"""Replies as Telegram shows them."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation.replies import (
    Block,
    Bullets,
    Choice,
    Credit,
    Credits,
    Note,
    Paragraph,
    Reply,
    Title,
)
from bot.platforms.telegram.rendering import render
from bot.platforms.texts import shorten, units
from tests.bot.platforms.any_reply import blocks
from tests.peers.telegram_server.spec import visible_text

WIKIPEDIA = Credits("Sources", (Credit("Wikipedia", "https://wikipedia.example/?a=1&b=2", "CC"),))


def test_every_block_is_shown_in_order_and_escaped() -> None:
    reply = Reply(
        (
            Title("A <b> & *c*"),
            Paragraph("one\ntwo"),
            Bullets(("x", "y > z")),
            Note("quiet"),
            WIKIPEDIA,
        )
    )
    assert render(reply).html == (
        "<b>A &lt;b&gt; &amp; *c*</b>\n\none\ntwo\n\n• x\n• y &gt; z\n\n<i>quiet</i>\n\n"
        'Sources: <a href="https://wikipedia.example/?a=1&amp;b=2">Wikipedia</a> (CC)'
    )


def test_long_text_is_cut_after_a_sentence_and_keeps_its_sources_and_notes() -> None:
    text = "The painter was born in Delft. " * 300
    html = render(Reply((Title("Vermeer"), Paragraph(text), Note("Shortened."), WIKIPEDIA))).html
    seen, problems = visible_text(html)
    assert problems == []
    assert 4000 < units(seen) <= 4096
    assert "in Delft. …\n\nShortened.\n\nSources: Wikipedia (CC)" in seen


def test_length_is_counted_in_utf16_units() -> None:
    seen, problems = visible_text(render(Reply((Paragraph("🖼" * 4096),))).html)
    assert problems == []
    assert units(seen) <= 4096
    assert seen.endswith("🖼…")


@settings(max_examples=60, deadline=None)
@given(st.lists(blocks, max_size=12))
def test_any_reply_is_one_that_telegram_takes(some: list[Block]) -> None:
    html = render(Reply(tuple(some))).html
    assert html == "" or visible_text(html)[1] in ([], ["message text is empty"])


@given(st.text(max_size=80), st.integers(0, 90))
def test_shortened_text_is_no_longer_than_asked(text: str, most: int) -> None:
    assert units(shorten(text, most)) <= most


def test_nobody_is_mentioned_and_no_link_leads_to_a_person() -> None:
    credit = Credits("Sources", (Credit("@admin", "tg://user?id=1"),))
    html = render(Reply((Paragraph("Ask @admin or a@b.org"), credit))).html
    assert "@admin" not in html
    assert "tg://" not in html
    assert "@\u2060admin" in html


def test_broken_surrogates_can_be_sent() -> None:
    assert render(Reply((Paragraph("a\ud800b\0"),))).html.encode() == "a\ufffdb".encode()


def test_choices_keep_their_rows_within_telegrams_limits() -> None:
    rows = (
        (Choice("One", "1"), Choice("Two " * 40, "я" * 32)),
        *(tuple(Choice(str(i), str(i)) for i in range(9)) for _ in range(20)),
    )
    keyboard = render(Reply((Paragraph("?"),), rows)).keyboard
    assert keyboard is not None
    lengths = [len(row) for row in keyboard.inline_keyboard]
    assert lengths[:3] == [2, 8, 1]
    assert sum(lengths) == 100
    assert units(keyboard.inline_keyboard[0][1].text) <= 64
    assert keyboard.inline_keyboard[0][1].callback_data == "я" * 32


def test_reply_without_choices_has_no_keyboard() -> None:
    assert render(Reply((Paragraph("!"),))).keyboard is None
