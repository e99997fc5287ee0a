"""Replies as Discord shows them."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation.replies import (
    Block,
    Bullets,
    Choice,
    Credit,
    Credits,
    Document,
    Note,
    Paragraph,
    Picture,
    Poll,
    Reply,
    Title,
)
from bot.platforms.discord import limits
from bot.platforms.discord.buttons import ChoiceButton, pages, view
from bot.platforms.discord.markdown import escaped
from bot.platforms.discord.rendering import Rendered, messages
from bot.platforms.texts import units
from tests.bot.platforms.any_reply import blocks, texts

WIKIPEDIA = Credits("Sources", (Credit("Wikipedia", "https://wikipedia.example/A_(B)?c=d", "CC"),))

choices = st.lists(
    st.lists(st.builds(Choice, texts, st.text("abc:", max_size=16)), max_size=9), max_size=30
)


def only(reply: Reply) -> Rendered:
    (rendered,) = messages(reply)
    return rendered


def test_every_block_is_shown_in_order_and_escaped() -> None:
    reply = Reply(
        (
            Title("A *b* & <c>"),
            Paragraph("one\n# two"),
            Bullets(("x", "y_z")),
            Title("Then"),
            Note("quiet\nstill"),
            WIKIPEDIA,
        )
    )
    embed = only(reply).embed()
    assert embed is not None
    assert embed.title == r"A \*b\* & \<c\>"
    assert embed.description == (
        "one\n\\# two\n\n- x\n- y\\_z\n\n**Then**\n\n-# quiet\n-# still\n\n"
        "-# Sources: [Wikipedia](https://wikipedia.example/A_%28B%29?c=d) (CC)"
    )


def test_long_text_is_cut_after_a_sentence_and_keeps_its_sources_and_notes() -> None:
    text = "The painter was born in Delft. " * 300
    embed = only(Reply((Title("V"), Paragraph(text), Note("Shortened."), WIKIPEDIA))).embed()
    assert embed is not None
    assert embed.description is not None
    assert 4000 < units(embed.description) <= 4096
    assert "in Delft. …\n\n-# Shortened.\n\n-# Sources: [Wikipedia](" in embed.description


def test_sources_without_room_for_their_links_keep_their_names() -> None:
    long = "https://wikipedia.example/" + "x" * 500
    credits = Credits("Sources", tuple(Credit(f"Page {i}", long, "CC BY-SA") for i in range(9)))
    embed = only(Reply((Paragraph("Text."), credits))).embed()
    assert embed is not None
    assert embed.description is not None
    assert units(embed.description) < 2000
    assert all(f"Page {i}" in embed.description for i in range(9))


def test_length_is_counted_in_utf16_units_of_the_markdown() -> None:
    for character in ("🖼", "*", "\\"):
        embed = only(Reply((Title(character * 300), Paragraph(character * 5000)))).embed()
        assert embed is not None
        assert 3000 < units(embed.description or "") <= limits.DESCRIPTION_UNITS
        assert 100 < units(embed.title or "") <= limits.TITLE_UNITS
        assert (embed.title or "").count("\\") % 2 == 0 or character == "*"


@settings(max_examples=80, deadline=None)
@given(st.lists(blocks, max_size=12), choices)
async def test_any_reply_is_one_that_discord_takes(
    some: list[Block], rows: list[list[Choice]]
) -> None:
    reply = Reply(tuple(some), tuple(map(tuple, rows)))
    for rendered in messages(reply):
        embed = rendered.embed()
        if embed is not None:
            assert units(embed.title or "") <= 256
            assert units(embed.description or "") <= 4096
            assert len(embed) <= 6000
            assert (embed.title or "").strip() or (embed.description or "").strip()
        assert units(rendered.words()) <= 2000
        assert len(rendered.rows) <= 5
        shown = view(rendered.rows)
        if shown is not None:
            rows_sent = shown.to_components()
            buttons = [button for row in rows_sent for button in row["components"]]
            assert all(1 <= len(row["components"]) <= 5 for row in rows_sent)
            assert all(1 <= units(button["label"]) <= 80 for button in buttons)
            assert all(1 <= len(button["custom_id"]) <= 100 for button in buttons)
            assert len({button["custom_id"] for button in buttons}) == len(buttons)


def test_nothing_that_somebody_wrote_becomes_markup() -> None:
    wrote = "*a* _b_ ~~c~~ `d` ||e|| <@1> [x](https://evil.example)\n> q\n- l\n1. n\n-# s\n## h"
    assert escaped(wrote) == (
        r"\*a\* \_b\_ \~\~c\~\~ \`d\` \|\|e\|\| \<@1\> \[x\](https\://evil.example)"
        "\n\\> q\n\\- l\n1\\. n\n\\-# s\n\\## h"
    )


def test_link_that_is_none_is_a_name() -> None:
    credits = Credits("Sources", (Credit("Evil", "javascript:alert(1)"), Credit("", "https://x")))
    embed = only(Reply((credits,))).embed()
    assert embed is not None
    assert embed.description == "-# Sources: Evil, "


def test_reply_that_says_nothing_is_no_message() -> None:
    assert messages(Reply(())) == []
    silent = (Title(" "), Paragraph(""), Bullets(("",)), Credits("S", ()))
    assert messages(Reply(silent)) == []
    assert only(Reply(silent, ((Choice("A", "a"),),))).embed() is None


def test_documents_come_last_and_one_that_is_too_large_is_named() -> None:
    pdf = Document(b"%PDF", "tour.pdf", "application/pdf")
    table = Document(b"stop", "tour.csv", "text/csv")
    large = Document(b"x" * (limits.FILE_BYTES + 1), "large.pdf", "application/pdf")
    reply = Reply((Paragraph("All."),), documents=(pdf, large, table))
    words, files = messages(reply)
    embed = words.embed()
    assert embed is not None
    assert embed.description == "All.\n\n-# large.pdf"
    assert [file.filename for file in files.files()] == ["tour.pdf", "tour.csv"]
    assert files.words() == "tour.pdf\n\ntour.csv"


def test_album_of_a_recap_is_ten_to_a_message_each_with_its_words() -> None:
    pictures = tuple(Picture(b"p", f"Stop {n}", "image/jpeg") for n in range(12))
    first, last = messages(Reply((Paragraph("All."),), pictures=pictures))
    assert [file.description for file in first.files()] == [f"Stop {n}" for n in range(10)]
    assert [file.description for file in last.files()] == ["Stop 10", "Stop 11"]
    assert last.embed() is not None and first.embed() is None


def test_poll_is_asked_by_buttons() -> None:
    poll = Poll("Who?", ("Monet", "Manet"), 0, "", 20, ("quiz:0", "quiz:1"))
    rows = ((Choice("Monet", "quiz:0"),), (Choice("Manet", "quiz:1"),))
    rendered = only(Reply((Paragraph("Who?"),), rows, poll=poll))
    assert rendered.rows == rows
    assert rendered.embed() is not None


def test_pictures_go_with_the_words_and_their_alt_text() -> None:
    rendered = only(Reply((Paragraph("x"),), pictures=(Picture(b"p", "The pearl", "image/png"),)))
    (file,) = rendered.files()
    assert (file.filename, file.description) == ("docent-1.png", "The pearl")


def test_picture_that_discord_would_not_take_is_told_in_words() -> None:
    large = Picture(b"x" * (limits.FILE_BYTES + 1), "The *pearl*", "image/jpeg")
    rendered = only(Reply((Paragraph("x"),), pictures=(large,)))
    embed = rendered.embed()
    assert embed is not None
    assert embed.description == "The \\*pearl\\*\n\nx"
    assert rendered.files() == []


def test_pictures_beyond_one_message_are_in_the_ones_before() -> None:
    small = Picture(b"p", "alt" * 400, "image/jpeg")
    sent = messages(Reply((Paragraph("x"),), pictures=(small,) * 12))
    assert [len(rendered.files()) for rendered in sent] == [10, 2]
    assert [rendered.embed() is None for rendered in sent] == [True, False]
    assert units(sent[0].files()[0].description or "") <= limits.ALT_UNITS
    large = Picture(b"p" * limits.FILE_BYTES, "alt", "image/jpeg")
    sent = messages(Reply((Paragraph("x"),), pictures=(large,) * 3))
    assert [len(rendered.files()) for rendered in sent] == [2, 1]


def rows_of(*widths: int) -> tuple[tuple[Choice, ...], ...]:
    return tuple(
        tuple(Choice(f"{r}.{c}", f"{r}.{c}") for c in range(width))
        for r, width in enumerate(widths)
    )


def test_rows_stay_as_they_are_where_they_fit_and_share_where_they_do_not() -> None:
    widths = [
        [[len(row) for row in page] for page in pages(rows_of(*given))]
        for given in ((1, 2, 5), (7,), (1,) * 6, (1, 1, 1, 1, 1, 3), (1,) * 11, (4,) * 6, (1,) * 26)
    ]
    assert widths == [
        [[1, 2, 5]],
        [[5, 2]],
        [[2, 1, 1, 1, 1]],
        [[2, 1, 1, 1, 3]],
        [[2, 2, 2, 2, 3]],
        [[5, 5, 5, 5, 4]],
        [[5, 5, 5, 5, 5], [1]],
    ]


@given(choices)
def test_choices_keep_their_order_and_none_is_lost_up_to_a_hundred(
    rows: list[list[Choice]],
) -> None:
    shown = [choice for page in pages(rows) for row in page for choice in row]
    assert shown == [choice for row in rows for choice in row][:100]


async def test_buttons_that_do_the_same_are_told_apart_and_do_the_same() -> None:
    shown = view(((Choice("A", "guess:x:1"), Choice("B", "guess:x:1")),))
    assert shown is not None
    ids = [button.custom_id for button in shown.children if isinstance(button, ChoiceButton)]
    assert ids == ["docent:guess:x:1", "docent.1:guess:x:1"]
    template = ChoiceButton.__discord_ui_compiled_template__
    matches = [template.fullmatch(id_) for id_ in ids]
    assert [match and match["data"] for match in matches] == ["guess:x:1", "guess:x:1"]
