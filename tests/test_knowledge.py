"""Articles: their versions, the four eyes of a review, search, proposals, use at tickets."""

from dataclasses import replace
from datetime import date

import pytest

from boconsole import audit
from boconsole.errors import (
    InvalidChangeError,
    NotAllowedError,
    NotFoundError,
    StaleRecordError,
    UndoError,
)
from boconsole.knowledge import proposing, reading, reviewing, undoing, using, writing
from boconsole.knowledge.errors import (
    ArticleStateError,
    InternalArticleError,
    OwnArticleError,
)
from boconsole.knowledge.reading import Article
from boconsole.knowledge.writing import NewArticle
from boconsole.session import Session
from boconsole.tickets import creating, replying, setting_up
from boconsole.tickets import reading as tickets
from boconsole.tickets.rows import NewTicket, Ref
from db.moving import words as moved
from tests.people import StandingClock, add_agent

VPN = NewArticle("VPN drops every hour", "Set the *timeout* to 8 hours.", "public", "", "vpn")


@pytest.fixture
def ann(session: Session) -> Session:
    """An agent, who writes."""
    return add_agent(session, "ann")


def published(author: Session, publisher: Session, new: NewArticle = VPN) -> Article:
    made = writing.create(author, new)
    sent = reviewing.submit(author, [made.row])[0]
    return reviewing.publish(publisher, [sent.row])[0]


def titles(session: Session, query: str) -> list[str]:
    return [row.title for row in reading.list_page(session, query).rows]


def test_a_draft_becomes_readable_by_two_pairs_of_eyes(session: Session, ann: Session) -> None:
    article = published(ann, session)

    assert (article.row.state, article.row.published) == ("published", 1)
    assert article.row.review_on == date(2027, 5, 4)
    assert [entry.action for entry in audit.history(session, "knowledge", article.row.id)] == [
        "article.create", "article.submit", "article.publish",
    ]  # fmt: skip
    assert audit.verify().broken == 0


def test_where_articles_went_is_taken_back_step_by_step(session: Session, ann: Session) -> None:
    first = published(ann, session)
    again = writing.edit(ann, first.row, {"title": "VPN drops", "body": "Set it to 9 hours."})
    sent = reviewing.submit(ann, [again.row])[0]
    second = reviewing.publish(session, [sent.row])[0]
    reviewing.archive(session, [second.row])

    numbers = undoing.undo_last(session)
    shown = reading.again(first.row.id).row
    undoing.undo_last(session)
    older = reading.again(first.row.id).row
    with pytest.raises(NotAllowedError):
        undoing.undo_last(replace(ann, permissions=frozenset(("knowledge.read",))))
    undoing.undo_last(ann)
    draft = reading.again(first.row.id).row
    with pytest.raises(UndoError, match="was changed since"):
        undoing.undo_last(session)

    assert numbers == [first.number]
    assert (shown.state, shown.published, shown.review_on) == ("published", 2, second.row.review_on)
    assert (older.state, older.published, older.title) == ("review", 1, VPN.title)
    assert older.published_at == first.row.published_at
    assert reading.version_of(older, 2).published_at is None
    assert (draft.state, titles(session, "is:published")) == ("draft", [VPN.title])


def test_who_wrote_any_of_it_does_not_publish_it(session: Session, ann: Session) -> None:
    article = published(ann, session)
    own = writing.edit(session, article.row, {"body": "Set the timeout to 9 hours."})
    by_ann = writing.edit(ann, own.row, {"title": "VPN drops"})
    sent = reviewing.submit(ann, [by_ann.row])[0]

    with pytest.raises(OwnArticleError):
        reviewing.publish(session, [sent.row])
    with pytest.raises(NotAllowedError):
        reviewing.publish(ann, [sent.row])
    other = add_agent(session, "eve", ("editor",))
    assert reviewing.publish(other, [sent.row])[0].text.body == "Set the timeout to 9 hours."


def test_a_published_text_stays_readable_while_a_new_one_is_written(
    session: Session, ann: Session
) -> None:
    article = published(ann, session)
    draft = writing.edit(ann, article.row, {"title": "VPN falls over", "body": "New"}, "shorter")

    assert (draft.row.state, draft.text.title, draft.pending) == (
        "draft", "VPN drops every hour", True,
    )  # fmt: skip
    assert titles(session, "drops") == ["VPN drops every hour"]
    assert titles(session, "falls") == []
    moved.rebuild()
    assert (titles(session, "falls"), titles(session, "drops")) == ([], ["VPN drops every hour"])
    sent = reviewing.submit(ann, [draft.row])[0]
    done = reviewing.publish(session, [sent.row])[0]
    assert titles(session, "falls") == ["VPN falls over"]
    assert titles(session, "timeout") == []
    assert [each.number for each in reading.versions(session, done.row.id)] == [2, 1]


def test_an_earlier_version_comes_back_as_a_new_one(session: Session, ann: Session) -> None:
    first = writing.create(ann, VPN)
    second = writing.edit(ann, first.row, {"body": "Wrong"})
    back = writing.restore(ann, second.row, 1)

    assert (back.text.number, back.text.body) == (3, VPN.body)
    with pytest.raises(InvalidChangeError):
        writing.restore(ann, back.row, 1)
    with pytest.raises(NotFoundError):
        writing.restore(ann, back.row, 9)


def test_two_writers_see_each_other(session: Session, ann: Session) -> None:
    first = writing.create(ann, VPN)
    writing.edit(ann, first.row, {"body": "Hers"})

    with pytest.raises(StaleRecordError) as refused:
        writing.edit(session, first.row, {"body": "His"})

    assert (refused.value.theirs, refused.value.yours) == ({"body": "Hers"}, {"body": "His"})
    assert len(reading.versions(session, first.row.id)) == 2


def test_tags_and_category_change_without_a_new_version(session: Session, ann: Session) -> None:
    setting_up.add_category(session, "Network / VPN")
    article = published(ann, session)

    sorted_in = writing.edit(ann, article.row, {"category": "network / vpn", "tags": "vpn,home"})

    row = sorted_in.row
    assert (row.category, row.tags, row.state, row.latest) == (
        "Network / VPN", "home,vpn", "published", 1,
    )  # fmt: skip
    assert titles(session, "category:network tag:home") == ["VPN drops every hour"]


def test_review_days_follow_the_category_above(
    session: Session, ann: Session, clock: StandingClock
) -> None:
    setting_up.add_category(session, "Network / VPN")
    reviewing.put_interval(session, "Network", 3)
    article = published(ann, session, VPN._replace(category="Network / VPN"))

    assert article.row.review_on == date(2026, 8, 4)
    assert titles(session, "is:due") == []
    clock.advance(days=93)
    assert titles(session, "is:due") == ["VPN drops every hour"]
    again = reviewing.confirm(session, [article.row])[0]
    assert again.row.review_on == date(2026, 11, 5)
    with pytest.raises(InvalidChangeError):
        reviewing.confirm(session, [again.row], date(2026, 8, 5))


def test_archived_articles_are_out_of_lists_and_come_back_as_drafts(
    session: Session, ann: Session
) -> None:
    article = reviewing.archive(session, [published(ann, session).row])[0]

    assert titles(session, "vpn") == []
    assert titles(session, "is:archived vpn") == ["VPN drops every hour"]
    assert proposing.propose(session, "vpn drops") == []
    with pytest.raises(ArticleStateError):
        reviewing.submit(ann, [article.row])
    assert writing.edit(ann, article.row, {"body": "Anew"}).row.state == "draft"


def test_titles_weigh_more_and_what_is_published_comes_first(
    session: Session, ann: Session
) -> None:
    published(ann, session, NewArticle("Home office", "Printer, scanner and VPN", "public"))
    published(ann, session, NewArticle("Printer jam", "Open the tray", "public"))
    writing.create(ann, NewArticle("Printer, printer", "printer printer"))

    assert titles(session, "printer") == ["Printer jam", "Home office", "Printer, printer"]
    assert titles(session, "printer is:public sort:title") == ["Home office", "Printer jam"]
    page = reading.list_page(session, "printer", limit=2)
    rest = reading.list_page(session, "printer", page.cursors[-1], 2)
    assert [row.title for row in rest.rows] == ["Printer, printer"]


def test_proposals_go_by_rare_words_and_published_articles(session: Session, ann: Session) -> None:
    for name in ("tray", "toner", "driver", "scanner"):
        published(ann, session, NewArticle(f"Printer {name}", f"About the {name}."))
    writing.create(ann, NewArticle("Toner of the printer", "A draft"))

    found = proposing.propose(ann, "Please help: the printer is out of toner!", "Floor 3")

    assert found[0].title == "Printer toner"
    assert len(found) == 4
    assert proposing.propose(ann, "the and with you") == []


def test_a_used_article_is_counted_once_for_each_ticket(session: Session, ann: Session) -> None:
    article = published(ann, session)
    ticket = creating.create(ann, NewTicket("VPN drops", "every hour"))

    using.link(ann, article.row.id, ticket.id)

    with pytest.raises(InvalidChangeError):
        using.link(ann, article.row.id, ticket.id)
    assert [use.article_id for use in reading.of_ticket(ann, ticket.id)] == [article.row.id]
    assert reading.get(ann, "KB-1").row.used == 1
    assert proposing.for_ticket(ann, ticket.id) == []
    changes = [change for entry in tickets.timeline(ann, ticket.id) for change in entry.changes]
    assert [(change.field, change.after) for change in changes] == [("article", "KB-1")]
    using.unlink(ann, article.row.id, ticket.id)
    assert reading.get(ann, 1).row.used == 0
    assert [row.id for row in proposing.for_ticket(ann, ticket.id)] == [article.row.id]


def test_internal_articles_reach_no_requester(session: Session, ann: Session) -> None:
    internal = published(ann, session, VPN._replace(audience="internal"))
    ticket = creating.create(ann, NewTicket("VPN"))
    text = using.quotation(ann, internal.row.id, internal=True)

    with pytest.raises(InternalArticleError):
        using.quotation(ann, internal.row.id, internal=False)
    with pytest.raises(InternalArticleError):
        using.reply(ann, ticket, text, quoted=[internal.row.id])
    assert tickets.timeline(ann, ticket.id) == []
    using.reply(ann, ticket, text, quoted=[internal.row.id], internal=True)
    assert [use.quoted for use in reading.of_ticket(ann, ticket.id)] == [True]


def test_who_may_not_read_articles_sees_none_at_any_door(session: Session, ann: Session) -> None:
    article = published(ann, session)
    ticket = creating.create(ann, NewTicket("VPN"))
    using.link(ann, article.row.id, ticket.id)
    boss = add_agent(session, "boss", ("executive",))

    for look in (
        lambda: reading.get(boss, 1), lambda: reading.list_page(boss, ""),
        lambda: reading.versions(boss, 1), lambda: proposing.propose(boss, "vpn"),
        lambda: using.vote(boss, 1, True), lambda: audit.history(boss, "knowledge", 1),
    ):  # fmt: skip
        with pytest.raises(NotAllowedError):
            look()
    assert reading.of_ticket(boss, ticket.id) == []


def test_an_answer_becomes_an_article_with_its_ticket(session: Session, ann: Session) -> None:
    ticket = creating.create(ann, NewTicket("Toner", "Empty", {"tags": "printer"}))
    with pytest.raises(InvalidChangeError):
        using.from_ticket(ann, ticket.id)
    replying.reply(ann, Ref(ticket.id), "Toner is in cupboard 4.", state="resolved")

    article = using.from_ticket(ann, ticket.id)

    assert (article.row.title, article.text.body, article.row.tags, article.row.state) == (
        "Toner", "Toner is in cupboard 4.", "printer", "draft",
    )  # fmt: skip
    assert [use.kind for use in reading.tickets_of(ann, article.row.id)] == ["source"]


def test_one_voice_for_each_person_and_version(session: Session, ann: Session) -> None:
    article = published(ann, session)
    using.vote(ann, 1, helpful=True)
    with pytest.raises(InvalidChangeError):
        using.vote(ann, 1, helpful=True)
    using.vote(session, 1, helpful=False)

    turned = using.vote(ann, 1, helpful=False)

    assert (turned.row.helpful, turned.row.unhelpful) == (0, 2)
    new = writing.edit(ann, article.row._replace(version=0), {"body": "Better"})
    reviewing.publish(session, reviewing_rows(ann, new))
    assert using.vote(ann, 1, helpful=True).row.helpful == 1
    assert reading.whole(ann, 1).votes == (1, 0, True)


def reviewing_rows(author: Session, article: Article) -> list[reading.ArticleRow]:
    return [sent.row for sent in reviewing.submit(author, [article.row])]
