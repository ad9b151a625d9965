"""Articles at tickets: linked, quoted, made of one, and whether they helped.

An internal article is quoted in notes for colleagues only.
"""

from collections.abc import Sequence

from boconsole import audit
from boconsole.errors import InvalidChangeError, NotFoundError
from boconsole.filing import File
from boconsole.knowledge import reading, writing
from boconsole.knowledge.errors import ArticleStateError, InternalArticleError
from boconsole.knowledge.reading import Article
from boconsole.knowledge.words import PUBLIC, SOURCE, USED
from boconsole.knowledge.writing import NewArticle
from boconsole.language import _
from boconsole.session import Session
from boconsole.tickets import reading as tickets
from boconsole.tickets import replying
from boconsole.tickets.errors import MergedTicketError
from boconsole.tickets.rows import Done, NewTicket, TicketRow, Versioned
from boconsole.tickets.words import number as ticket_number
from db.knowledge import articles, uses

SOLVED = ("resolved", "closed")


def link(session: Session, article_id: int, ticket_id: int, *, quoted: bool = False) -> Article:
    """Say that an article was used for a ticket; once for each pair.

    Raises:
        InvalidChangeError: It is linked already.
        ArticleStateError: Nobody published it, so nobody can go by it.
        NotFoundError, MergedTicketError: There is no such ticket any more.
    """
    session.require("knowledge.read")
    session.require("ticket.edit")
    with audit.writing():
        article = reading.again(article_id)
        ticket = tickets.find(session, ticket_id)
        if ticket.state == "merged":
            raise MergedTicketError(ticket_id, ticket.merged_into_id or 0)
        if not article.row.published:
            raise ArticleStateError(article_id, article.row.state, _("publish it first"))
        found = uses.find(article_id, ticket_id)
        if found is not None and not quoted:
            raise InvalidChangeError(
                "article",
                _("{number} is linked to {ticket} already").format(
                    number=article.number, ticket=ticket_number(ticket_id)
                ),
            )
        if found is not None:
            uses.set_quoted(article_id, ticket_id)
            return article
        uses.put(
            article_id, ticket_id, USED, article.text.number, quoted, session.user.id or None,
            int(session.now().timestamp()),
        )  # fmt: skip
        articles.count(article_id, used=1)
        _record(session, "use", article_id, ticket_id, None, article.number)
        return reading.again(article_id)


def unlink(session: Session, article_id: int, ticket_id: int) -> Article:
    """Take an article from a ticket.

    Raises:
        NotFoundError: It is not linked.
    """
    session.require("knowledge.read")
    session.require("ticket.edit")
    with audit.writing():
        article = reading.again(article_id)
        found = uses.find(article_id, ticket_id)
        if found is None or not uses.remove(article_id, ticket_id):
            raise NotFoundError(
                _("link from {number} to {ticket}").format(
                    number=article.number, ticket=ticket_number(ticket_id)
                )
            )
        if found.kind == USED:
            articles.count(article_id, used=-1)
        _record(session, "unuse", article_id, ticket_id, article.number, None)
        return reading.again(article_id)


def _record(
    session: Session, verb: str, article_id: int, ticket_id: int, before: str | None,
    after: str | None,
) -> None:  # fmt: skip
    """Write a line at the article, and one at the ticket."""
    named = ticket_number(ticket_id)
    told = (named if before else None, named if after else None)
    operation = writing.record(session, verb, article_id, {"ticket": told})
    line = audit.Line(ticket_id, {"article": (before, after)})
    audit.record(session, f"ticket.{verb}_article", "ticket", [line], operation=operation)


# Quoting


def quotation(session: Session, article_id: int, *, internal: bool) -> str:
    """Return the text of an article for a reply, under its number and title.

    Args:
        session: Who writes.
        article_id: Which article.
        internal: Whether only colleagues will read it.

    Raises:
        InternalArticleError: It would go to the requester.
        ArticleStateError: It is not published.
    """
    article = reading.get(session, article_id)
    check_quotable(article, internal=internal)
    return f"{article.number}: {article.text.title}\n\n{article.text.body}"


def check_quotable(article: Article, *, internal: bool) -> None:
    """Raise InternalArticleError or ArticleStateError where an article may not be quoted."""
    if not article.row.published:
        raise ArticleStateError(article.row.id, article.row.state, _("publish it first"))
    if not internal and article.text.audience != PUBLIC:
        raise InternalArticleError(article.row.id)


def reply(
    session: Session, ticket: Versioned, text: str, *, quoted: Sequence[int],
    internal: bool = False, minutes: int = 0, state: str = "", until: str = "",
    files: Sequence[File] = (),
) -> Done:  # fmt: skip
    """Reply with quotations of articles, which are linked to the ticket; see `replying.reply`.

    Raises:
        InternalArticleError: A reply to the requester quotes an internal article.
    """
    with audit.writing():
        for article_id in quoted:
            check_quotable(reading.get(session, article_id), internal=internal)
        done = replying.reply(
            session, ticket, text, internal=internal, minutes=minutes, state=state, until=until,
            files=files,
        )  # fmt: skip
        for article_id in quoted:
            link(session, article_id, ticket.id, quoted=True)
    return done


def create_ticket(session: Session, new: NewTicket, linked: Sequence[int]) -> TicketRow:
    """Make a ticket with articles linked to it from the start."""
    from boconsole.tickets import creating

    with audit.writing():
        row = creating.create(session, new)
        for article_id in linked:
            link(session, article_id, row.id)
    return row


# From a ticket


def from_ticket(session: Session, ticket_id: int) -> Article:
    """Begin an article with what solved a ticket: its subject, and the last public answer.

    Raises:
        InvalidChangeError: It is not solved, or nobody answered it.
    """
    session.require("knowledge.edit")
    with audit.writing():
        ticket = tickets.get(session, ticket_id)
        if ticket.state not in SOLVED:
            raise InvalidChangeError(
                "ticket", _("{number} is not solved yet").format(number=ticket_number(ticket.id))
            )
        answers = [each.text for each in tickets.timeline(session, ticket.id)
                   if each.kind == "reply" and each.text.strip()]  # fmt: skip
        if not answers:
            raise InvalidChangeError(
                "ticket",
                _("{number} has no answer to make an article of").format(
                    number=ticket_number(ticket.id)
                ),
            )
        article = writing.create(
            session,
            NewArticle(ticket.subject[:200], answers[-1], category=ticket.category,
                       tags=ticket.tags,
                       note=_("From {number}").format(number=ticket_number(ticket.id))),
        )  # fmt: skip
        now = int(session.now().timestamp())
        uses.put(article.row.id, ticket.id, SOURCE, 1, False, session.user.id or None, now)
        _record(session, "source", article.row.id, ticket.id, None, article.number)
        return article


# Whether it helped


def vote(session: Session, article_id: int, helpful: bool) -> Article:
    """Say whether what is read of an article helped; one voice for each person and version.

    Raises:
        ArticleStateError: Nothing of it is published.
        InvalidChangeError: This was said before.
    """
    session.require("knowledge.read")
    with audit.writing():
        article = reading.again(article_id)
        row = article.row
        if not row.published:
            raise ArticleStateError(row.id, row.state, _("publish it first"))
        before = uses.find_vote(row.id, row.published, session.user.id)
        if before is helpful:
            raise InvalidChangeError(
                "helpful",
                _("you said so of version {version} already").format(version=row.published),
            )
        now = int(session.now().timestamp())
        uses.put_vote(row.id, row.published, session.user.id, helpful, now)
        turned = before is not None
        articles.count(
            row.id,
            helpful=1 if helpful else -int(turned),
            unhelpful=-int(turned) if helpful else 1,
        )
        words = {None: None, True: "yes", False: "no"}
        told = {f"helpful v{row.published}": (words[before], words[helpful])}
        writing.record(session, "vote", row.id, told)
        return reading.again(row.id)
