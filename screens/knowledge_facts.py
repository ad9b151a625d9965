"""What articles look like: state, facts, text, versions, tickets, and a comparison."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text
from textual.content import Content

from boconsole.audit import HistoryEntry
from boconsole.knowledge import words
from boconsole.knowledge.differing import GONE, SAME, Line
from boconsole.knowledge.reading import Article, ArticleRow, UseRow, VersionRow, Whole
from boconsole.language import N_, _, grouped
from boconsole.session import Session
from screens.attached import told as files_told
from screens.cells import Cell, Look, fit, instant, moment, safe, state_word
from screens.ledger.facts import changes
from screens.prose import markdown, toned, wrapped

FEATURE = words.FEATURE
LABEL = 14
STATES = {
    words.DRAFT: Look("D", words.STATES[words.DRAFT], "info"),
    words.REVIEW: Look("R", words.STATES[words.REVIEW], "warn"),
    words.PUBLISHED: Look("P", words.STATES[words.PUBLISHED], "good"),
    words.ARCHIVED: Look("A", words.STATES[words.ARCHIVED], "muted"),
}
TEXT, LAST, VERSIONS, TICKETS, HISTORY = "text", "last", "versions", "tickets", "history"
TABS = {
    TEXT: N_("Text"),
    LAST: N_("New version"),
    VERSIONS: N_("Versions"),
    TICKETS: N_("Tickets"),
    HISTORY: N_("History"),
}


def number(article_id: int) -> str:
    """Return the number people see."""
    return words.number(article_id)


def state_cell(row: ArticleRow) -> Cell:
    """Return letter and word of the state; a `+` where an older version is read meanwhile."""
    look = STATES[row.state]
    more = " +" if row.published and row.state != words.PUBLISHED else ""
    return Cell(f"{look.letter} {_(look.word)}{more}", look.tone)


def audience_cell(audience: str) -> Cell:
    """Return for whom it is; what requesters read stands out."""
    return Cell(_(words.AUDIENCES[audience]), "" if audience == words.PUBLIC else "muted")


def review_cell(row: ArticleRow, session: Session) -> Cell:
    """Return the day of the next review, marked once it is over."""
    if row.review_on is None:
        return Cell("-", "muted")
    today = session.now().astimezone(session.zone).date()
    due = row.review_on <= today
    return Cell(f"{'! ' if due else ''}{row.review_on}", "warn" if due else "")


def voices(row: ArticleRow) -> str:
    """Return how many say that it helped, and that it did not: `+4 -1`."""
    if not row.helpful and not row.unhelpful:
        return "-"
    return f"+{grouped(row.helpful)} -{grouped(row.unhelpful)}"


def preview(article: Article, room: int, session: Session) -> list[Content]:
    """Return an article beside the list."""
    return [*_head(article.row, article.text, room, session), *_text(article.text, room)]


def picture(whole: Whole, tab: str, room: int, session: Session) -> list[Content]:
    """Return one page of an article, under the names of all pages."""
    lines = [_tabs(whole, tab), Content("")]
    if tab == VERSIONS:
        return [*lines, *_versions(whole, room, session)]
    if tab == TICKETS:
        return [*lines, *_tickets(whole, room, session)]
    if tab == HISTORY:
        return [*lines, *_history(whole.history, room, session)]
    row = whole.article.row
    text = whole.last if tab == LAST else whole.article.text
    return [*lines, *_head(row, text, room, session, whole), *_text(text, room)]


def tabs(whole: Whole) -> list[str]:
    """Return the pages of an article; that of the new version only where one waits."""
    return [name for name in TABS if name != LAST or whole.article.pending]


def _tabs(whole: Whole, tab: str) -> Content:
    counts = {VERSIONS: len(whole.versions), TICKETS: len(whole.tickets)}
    parts: list[tuple[str, str]] = []
    for name in tabs(whole):
        title = TABS[name]
        count = f" {grouped(counts[name])}" if counts.get(name) else ""
        told = f"{_(title)}{count}"
        here = name == tab
        parts += [(f"[{told}]" if here else f" {told} ", "strong" if here else "muted"), (" ", "")]
    return toned(*parts)


def _head(
    row: ArticleRow, text: VersionRow, room: int, session: Session, whole: Whole | None = None
) -> list[Content]:
    lines = wrapped(toned((safe(f"{number(row.id)} {text.title}"), "strong")), room)
    for label, cell in _facts(row, text, session, whole):
        if cell.text:
            first = toned((fit(_(label), LABEL), "muted"))
            lines += wrapped(toned(cell), room, first, " " * LABEL)
    return [*lines, Content("")]


def _facts(
    row: ArticleRow, text: VersionRow, session: Session, whole: Whole | None
) -> Iterator[tuple[str, Cell]]:
    yield N_("State"), state_cell(row)
    yield N_("For"), audience_cell(text.audience)
    if row.published and row.latest > row.published:
        told = _("version {number} of {last}; the last one is not published")
        yield N_("Reads"), Cell(told.format(number=row.published, last=row.latest), "warn")
    yield N_("Category"), Cell(safe(row.category))
    yield N_("Tags"), Cell(safe(row.tags.replace(",", ", ")), "info")
    yield N_("Author"), Cell(safe(text.author))
    if text.published_at is not None:
        at = instant(text.published_at, session.now(), session.zone)
        told = _("{at} by {login}").format(at=at, login=safe(text.published_by))
        yield N_("Published"), Cell(told)
    yield N_("Review"), review_cell(row, session) if row.review_on else Cell("")
    yield (
        N_("Used"),
        Cell(
            _("tickets: {used}, opened: {views}").format(
                used=grouped(row.used), views=grouped(row.views)
            )
        ),
    )
    if whole is not None and (whole.votes.helpful or whole.votes.unhelpful):
        told = _("{yes} yes, {no} no").format(
            yes=grouped(whole.votes.helpful), no=grouped(whole.votes.unhelpful)
        )
        yield N_("Helped"), Cell(told)
    if whole is not None:
        yield N_("Files"), Cell(files_told(whole.files))


def _text(text: VersionRow, room: int) -> list[Content]:
    return markdown(text.body, room)


def _versions(whole: Whole, room: int, session: Session) -> list[Content]:
    lines = []
    row = whole.article.row
    for each in whole.versions:
        at = instant(each.at, session.now(), session.zone)
        mark = "*" if each.number == row.published else " "
        told = f"{mark}{each.number:>3}  {fit(at, 12)} {fit(safe(each.author), 10)} "
        state = _("published by {login}").format(login=safe(each.published_by))
        published = [(f"  {state}", "good")] if each.published_by else []
        lines += wrapped(toned((told, "strong"), (safe(each.title), ""), *published), room,
                         "", " " * 6)  # fmt: skip
        if each.note:
            lines += wrapped(toned((safe(each.note), "muted")), room, " " * 6, " " * 6)
    told = _("* is what is read.   = compares two versions, R writes one again.")
    return [*lines, Content(""), toned((told, "muted"))]


def _tickets(whole: Whole, room: int, session: Session) -> list[Content]:
    if not whole.tickets:
        return [toned((_("It was used for no ticket yet; b on a ticket links it."), "muted"))]
    lines = []
    for use in whole.tickets:
        at = instant(use.at, session.now(), session.zone)
        lines += wrapped(
            toned(
                (f"{fit(f'TKT-{use.ticket_id}', 11)}", "info"),
                (f"{fit(state_word(use.ticket_state).text, 12)}{fit(at, 12)}", ""),
                (safe(use.subject), ""), (f"  {use_word(use)}", "muted"),
            ), room, "", " " * 11,
        )  # fmt: skip
    return lines


def use_word(use: UseRow) -> str:
    """Return how an article and a ticket belong together."""
    if use.kind == words.SOURCE:
        return _("it was made of this ticket")
    return _("quoted, v{number}").format(number=use.number) if use.quoted else f"v{use.number}"


def _history(found: Sequence[HistoryEntry], room: int, session: Session) -> list[Content]:
    lines = []
    for entry in reversed(found):
        at = moment(entry.at.astimezone(session.zone))
        lines.append(toned((f"{at}  {fit(safe(entry.actor), 10)} {safe(entry.action)}", "strong")))
        for line in changes(entry):
            lines += wrapped(toned((safe(line), "")), room, "    ", "    ")
    return lines


def version_line(version: VersionRow, session: Session) -> str:
    """Return a version as a line of a menu."""
    at = instant(version.at, session.now(), session.zone)
    parts = (f"v{version.number}", at, safe(version.author), safe(version.note or version.title))
    return "  ".join(part for part in parts if part)


SIGNS = {SAME: "  ", GONE: "- ", "new": "+ "}
STYLES = {SAME: "", GONE: "red", "new": "green"}


def compared(hunks: Sequence[Sequence[Line]]) -> list[Text]:
    """Return a comparison: signs before lines, what changed within them underlined."""
    lines: list[Text] = []
    for hunk in hunks:
        if lines:
            lines.append(Text("  ⋮", "dim"))
        for line in hunk:
            style = STYLES[line.kind]
            shown = Text(SIGNS[line.kind], style)
            for part in line.parts:
                inner = f"{style} bold underline" if part.changed else style
                shown.append(safe(part.text) if part.text.strip() else part.text, inner.strip())
            lines.append(shown)
    return lines or [Text(_("Nothing differs."))]
