"""The way of an article: draft, in review, published, archived, and looked at again in time.

Who wrote anything of what is to be published does not publish it.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from boconsole import audit
from boconsole.errors import InvalidChangeError, StaleRecordError
from boconsole.knowledge import reading
from boconsole.knowledge.errors import ArticleStateError, OwnArticleError
from boconsole.knowledge.reading import Article
from boconsole.knowledge.words import ARCHIVED, DRAFT, PUBLISHED, REVIEW, number
from boconsole.knowledge.writing import index, indexed, record
from boconsole.language import _
from boconsole.moments import add_months
from boconsole.session import Session
from boconsole.text import LINE_LIMIT, required_line
from boconsole.tickets.rows import Versioned
from db.fields import number_of
from db.knowledge import articles
from db.knowledge.rows import ArticleRow
from db.tickets import names

MONTHS = 12
"""Between two reviews, where neither the category nor one above it says otherwise."""
MOST_MONTHS = 120


def submit(session: Session, seen: Sequence[Versioned]) -> list[Article]:
    """Hand drafts over to a review.

    Raises:
        ArticleStateError: One is not a draft.
    """
    session.require("knowledge.edit")

    def one(row: ArticleRow) -> Mapping[str, object]:
        if row.state != DRAFT:
            raise ArticleStateError(row.id, row.state, _("only a draft goes to a review"))
        return {"state": REVIEW}

    return _each(session, seen, "submit", one)


def send_back(session: Session, seen: Sequence[Versioned], reason: str) -> list[Article]:
    """Give articles back to their authors, with a reason.

    Raises:
        ArticleStateError: One is not in review.
    """
    session.require("knowledge.publish")
    reason = required_line(reason, field="reason", limit=LINE_LIMIT)

    def one(row: ArticleRow) -> Mapping[str, object]:
        if row.state != REVIEW:
            raise ArticleStateError(row.id, row.state, _("only what is in review goes back"))
        return {"state": DRAFT}

    return _each(session, seen, "return", one, reason)


def publish(session: Session, seen: Sequence[Versioned]) -> list[Article]:
    """Let readers have the last version of articles, and set when it is looked at again.

    Raises:
        ArticleStateError: One is not in review.
        OwnArticleError: Who acts wrote a version since the one that is published.
    """
    session.require("knowledge.publish")
    now = int(session.now().timestamp())

    def one(row: ArticleRow) -> Mapping[str, object]:
        if row.state != REVIEW:
            raise ArticleStateError(row.id, row.state, _("it is published once it is in review"))
        if session.user.id in articles.select_authors(row.id, row.published):
            raise OwnArticleError(row.id, session.user.login)
        last = reading.version_of(row, row.latest)
        articles.set_published(row.id, row.latest, session.user.id or None, now)
        return {
            "state": PUBLISHED, "published": row.latest, "published_at": now,
            "title": last.title, "audience": last.audience,
            "review_on": number_of(next_review(session, row)),
        }  # fmt: skip

    return _each(session, seen, "publish", one)


def archive(session: Session, seen: Sequence[Versioned]) -> list[Article]:
    """Take articles out of use; every version stays, and an edit brings one back as a draft.

    Raises:
        ArticleStateError: One is archived already.
    """
    session.require("knowledge.publish")

    def one(row: ArticleRow) -> Mapping[str, object]:
        if row.state == ARCHIVED:
            raise ArticleStateError(row.id, row.state, _("an edit brings it back"))
        return {"state": ARCHIVED, "published": 0, "review_on": None}

    return _each(session, seen, "archive", one)


def confirm(
    session: Session, seen: Sequence[Versioned], until: date | None = None
) -> list[Article]:
    """Say that published articles still hold; sets when they are looked at again.

    Args:
        session: Who looked.
        seen: The articles.
        until: The day of the next review; by default after the interval of the category.

    Raises:
        ArticleStateError: One is not published.
        InvalidChangeError: The day is over.
    """
    session.require("knowledge.publish")
    if until is not None and until <= reading.today(session):
        raise InvalidChangeError("review", _("lies in the past; take a later day"))

    def one(row: ArticleRow) -> Mapping[str, object]:
        if not row.published:
            raise ArticleStateError(row.id, row.state, _("only what is published is reviewed"))
        return {"review_on": number_of(until or next_review(session, row))}

    return _each(session, seen, "review", one)


def next_review(session: Session, row: ArticleRow) -> date:
    """Return when an article that is looked at today is to be looked at again."""
    known = dict(articles.select_intervals())
    path = row.category
    while path and path not in known:
        path = path.rpartition(" / ")[0]
    return add_months(reading.today(session), known.get(path, MONTHS))


def intervals(session: Session) -> list[tuple[str, int]]:
    """Return the categories with an interval of their own, and its months."""
    session.require("knowledge.read")
    return articles.select_intervals()


def put_interval(session: Session, category: str, months: int | None) -> None:
    """Set after how many months articles of a category are looked at again; None forgets it.

    Raises:
        InvalidChangeError: There is no such category, or the months cannot be.
    """
    session.require("knowledge.publish")
    if months is not None and not 1 <= months <= MOST_MONTHS:
        raise InvalidChangeError("months", _("lie between 1 and {most}").format(most=MOST_MONTHS))
    with audit.writing():
        category_id = names.category_id(category)
        if category_id is None:
            raise InvalidChangeError(
                "category", _("there is no {category!r}").format(category=category[:60])
            )
        before = dict(articles.select_intervals()).get(category)
        articles.put_interval(category_id, months)
        line = audit.Line(category_id, {"months": (before, months)})
        audit.record(session, "review_interval.put", "category", [line])


def _each(
    session: Session,
    seen: Sequence[Versioned],
    verb: str,
    change: Callable[[ArticleRow], Mapping[str, object]],
    reason: str = "",
) -> list[Article]:
    """Change articles in one transaction: all of them, or none."""
    done = []
    with audit.writing():
        for ref in seen:
            article = reading.again(ref.id)
            row = article.row
            if ref.version and row.version != ref.version:
                raise StaleRecordError(number(row.id), row.id, row.version)
            columns = dict(change(row))
            before = indexed(row.id)
            if not articles.update(row.id, row.version, columns):
                raise StaleRecordError(number(row.id), row.id)
            after = reading.again(row.id)
            index(row.id, before)
            record(session, verb, row.id, _told(article, after, reason), after.row.version)
            done.append(after)
    return done


def _told(before: Article, after: Article, reason: str) -> dict[str, tuple[object, object]]:
    told: dict[str, tuple[object, object]] = {}
    for name in ("state", "published", "title", "audience", "review_on"):
        old, new = getattr(before.row, name), getattr(after.row, name)
        if old != new:
            told[name] = (_plain(old), _plain(new))
    if reason:
        told["reason"] = (None, reason)
    return told


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
