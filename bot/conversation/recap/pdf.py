"""A tour as a PDF to share and to print: cover, stops, movements, and how the game went."""

from fpdf.enums import Align, TableBordersLayout
from fpdf.fonts import FontFace

from bot.conversation.paintings import room_line
from bot.conversation.recap.axis import axis, axis_height
from bot.conversation.recap.data import Recap, StopSeen
from bot.conversation.recap.met import marks, movement_name, movements_met
from bot.conversation.recap.paper import (
    GILT,
    MARGIN,
    QUIET,
    WIDTH,
    Paper,
    Words,
    fitting,
    lettered,
)
from bot.conversation.recap.pictures import album, printed
from bot.conversation.recap.words import (
    LONG,
    SEPARATOR,
    cut,
    heading,
    how_many,
    names,
    reached,
    thanks,
    when,
    work,
)
from bot.conversation.speech import Say
from bot.conversation.years import dated
from bot.vision.lettering import drawable
from knowledge.library import Library

COVER = (WIDTH, 160.0)
"""The box of the cover's picture, in millimetres."""
BESIDE = (56.0, 62.0)
"""That of a stop's picture."""
GUTTER = 8.0
ROW, HALF_PAGE = 7.5, 120.0
"""Of the table: a line, and what stays together of it."""
BETWEEN = 6.0
"""Above and below the line between two stops."""
LONGEST = 200
"""Characters of a title or another fact; more are a mistake in somebody's list."""
EVERYONE = 1000


class RecapPaper:
    """One recap on its way to paper."""

    def __init__(self, library: Library, say: Say, language: str, recap: Recap) -> None:
        """Take what is told, and in which language (a code that the phrases have)."""
        self._library, self._say, self._language, self._recap = library, say, language, recap
        self._copies = printed(recap.stops)
        self._marks = marks(library, recap)
        self._paper = _entitled(heading(say, recap), language, recap)

    def made(self) -> bytes:
        """Return the PDF."""
        with lettered(self._paper) as paper:
            paper.add_page()
            self._cover()
            self._stops()
            self._movements()
            self._game()
            self._colophon()
            return bytes(paper.output())

    def _cover(self) -> None:
        paper, say, recap = self._paper, self._say, self._recap
        paper.set_char_spacing(3)
        paper.column([Words("DOCENT", 10, bold=True, colour=GILT)], MARGIN, WIDTH)
        paper.set_char_spacing(0)
        title = Words(heading(say, recap, LONGEST), 28, bold=True, above=6)
        days = Words(SEPARATOR.join(when(self._language, recap)), 12, colour=QUIET, above=3)
        counts = Words(SEPARATOR.join(how_many(say, recap)), 12, colour=QUIET)
        paper.column([title, days, counts], MARGIN, WIDTH)
        paper.rule(7, 7)
        self._frontispiece()

    def _frontispiece(self) -> None:
        """Show the work that most people photographed, on a cover of its own."""
        shown = [stop for stop in album(self._recap.stops) if stop.number in self._copies]
        if not shown:
            return
        stop = max(shown, key=lambda stop: len(stop.by))
        picture, paper = self._copies[stop.number], self._paper
        width, _ = fitting(picture, COVER)
        left = MARGIN + (WIDTH - width) / 2
        height = paper.picture(picture, self._alt(stop), left, COVER)
        paper.set_y(paper.get_y() + height + 2)
        paper.column([Words(self._alt(stop), 9, colour=QUIET)], left, max(width, WIDTH / 2))
        paper.add_page()

    def _alt(self, stop: StopSeen) -> str:
        return self._say("recap_alt", number=stop.number, work=work(self._say, stop, LONGEST))

    def _stops(self) -> None:
        paper = self._paper
        paper.chapter(self._say("recap_heading"), BESIDE[1])
        for stop in self._recap.stops:
            picture = self._copies.get(stop.number)
            left = MARGIN + (BESIDE[0] + GUTTER if picture else 0)
            told = self._told(stop)
            beside = fitting(picture, BESIDE)[1] if picture else 0
            height = max(paper.height(told, MARGIN + WIDTH - left), beside)
            if not paper.make_room(height + 2 * BETWEEN) and stop is not self._recap.stops[0]:
                paper.rule(below=BETWEEN)
            paper.start_section(drawable(f"{stop.number}. {work(self._say, stop)}"), level=1)
            page, end = paper.page, paper.get_y() + height
            if picture:
                paper.picture(picture, self._alt(stop), MARGIN, BESIDE)
            paper.column(told, left, MARGIN + WIDTH - left)
            paper.set_y((end if paper.page == page else paper.get_y()) + BETWEEN)

    def _told(self, stop: StopSeen) -> list[Words]:
        say = self._say
        made_by = SEPARATOR.join(part for part in (stop.artist, dated(say, stop.year)) if part)
        style = movement_name(self._library, stop)
        where = SEPARATOR.join(part for part in (style, room_line(say, stop.room)) if part)
        first = cut(stop.title, LONGEST) or work(say, stop, LONGEST)
        lines = [
            Words(str(stop.number), 10, bold=True, colour=GILT, above=0),
            Words(first, 14, bold=True, above=0.4),
            Words(cut(made_by, LONGEST) if stop.title else dated(say, stop.year), 11),
            Words(cut(where, LONGEST), 9.5, colour=QUIET),
        ]
        if mark := self._marks.get(stop.number):
            lines.append(Words(say("recap_typical", movement=style, mark=mark), 9.5, above=2.4))
        lines += [Words(text, 9, colour=QUIET, above=1.4) for text in self._people(stop)]
        return [line for line in lines if line.text]

    def _people(self, stop: StopSeen) -> list[str]:
        say = self._say
        shared = stop.by and self._recap.people > 1
        told = [say("recap_seen_by", names=self._names(stop.by))] if shared else []
        if stop.right:
            told.append(say("recap_right", names=self._names(stop.right)))
        if stop.decided == "guide":
            told.append(say("recap_guide"))
        elif stop.decided == "majority":
            told.append(say("recap_majority"))
        elif not stop.decided:
            told.append(say("recap_open"))
        return told

    def _names(self, people: tuple[str, ...]) -> str:
        return names(self._say, self._language, people, EVERYONE, LONG)

    def _movements(self) -> None:
        spans = movements_met(self._library, self._recap)
        if spans:
            self._paper.chapter(self._say("recap_movements"), axis_height(spans))
            axis(self._paper, spans)
            self._paper.set_y(self._paper.get_y() + BETWEEN)

    def _game(self) -> None:
        paper, members = self._paper, reached(self._recap)
        if members:
            paper.chapter(self._say("recap_game"), min(ROW * (len(members) + 1), HALF_PAGE))
            paper.write_in(Words("", 10))
            self._table()
        paper.set_y(paper.get_y() + BETWEEN)
        said = [Words(thanks(self._say, self._language, self._recap, EVERYONE, LONG), 11, above=2)]
        paper.make_room(paper.height(said, WIDTH))
        paper.column(said, MARGIN, WIDTH)

    def _table(self) -> None:
        say = self._say
        columns = ("", "recap_name", "recap_points_column", "recap_streak_column")
        with self._paper.table(
            align=Align.L,
            borders_layout=TableBordersLayout.HORIZONTAL_LINES,
            col_widths=(14, 96, 26, 34),
            headings_style=FontFace(emphasis="BOLD"),
            line_height=5,
            padding=(1.2, 1),
            text_align=(Align.R, Align.L, Align.R, Align.R),
            width=WIDTH,
        ) as table:
            table.row([drawable(say(key)) if key else "" for key in columns])
            for one in reached(self._recap):
                name = drawable(cut(one.name, LONG))
                table.row([f"{one.rank}.", name, str(one.points), str(one.best_streak)])

    def _colophon(self) -> None:
        say = self._say
        ours = f"{say('sources')}: {say('editors')}"
        lines = [Words(say("recap_made"), 8, colour=QUIET, above=4)]
        lines += [Words(ours, 8, colour=QUIET)] if self._marks else []
        self._paper.make_room(self._paper.height(lines, WIDTH))
        self._paper.column(lines, MARGIN, WIDTH)


def recap_pdf(library: Library, say: Say, language: str, recap: Recap) -> bytes:
    """Return a tour as a PDF of A4 pages, below 10 MB; it may take some seconds.

    The same recap gives the same pages. Raises no error for a picture that cannot be read.
    """
    return RecapPaper(library, say, language, recap).made()


def _entitled(name: str, language: str, recap: Recap) -> Paper:
    paper = Paper(name)
    paper.set_title(name)
    paper.set_author("Docent")
    paper.set_creator("Docent")
    paper.set_lang(language)
    paper.set_creation_date(recap.ended)
    paper.set_display_mode("fullwidth")
    return paper
