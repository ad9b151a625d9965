"""The articles of the demo: published, in review and drafts, three of them due for a review.

They are written by agents and published by others, at the times that `articles.toml` tells.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from importlib.resources import files
from typing import Any

from boconsole.knowledge import reviewing, using, writing
from boconsole.knowledge.reading import Article
from boconsole.knowledge.writing import NewArticle
from boconsole.roles import permissions_of
from boconsole.session import Session
from boconsole.tickets import reading as tickets
from db import connection, users
from db.rows import UserRow

ROLES = ("agent", "editor")
USES = (4, 7, 5, 0, 2, 3, 1, 2, 1, 1)
"""Tickets that the first articles were used for."""
HELPED = (True, True, True, False)
HALF = 180
"""Days after which a text was written anew."""


def keep(session: Session) -> int:
    """Write the articles; returns how many."""
    told = tomllib.loads(files("boconsole.demo").joinpath("articles.toml").read_text("utf-8"))
    people = [user for user in users.select_all() if user.id != session.user.id]
    if len(people) < 2:
        return 0
    with connection.transaction():
        written = [
            _write(session, each, people[place % len(people)], people[(place + 1) % len(people)])
            for place, each in enumerate(told["article"])
        ]
        for place, (article, each) in enumerate(zip(written, told["article"], strict=True)):
            if each["words"]:
                _use(session, article, each["words"], USES[place], people)
    return len(written)


def _at(session: Session, user: UserRow, days: int) -> Session:
    then = session.now() - timedelta(days=days)
    return replace(session, user=user, permissions=permissions_of(ROLES), clock=lambda: then)


def _write(
    session: Session, each: Mapping[str, Any], author: UserRow, other: UserRow
) -> Article:  # Any: as TOML has it
    days = int(each["age"])
    writer, reviewer = _at(session, author, days), _at(session, other, days)
    article = writing.create(
        writer,
        NewArticle(each["title"], each["body"].strip(), each["audience"], each["category"],
                   tuple(each["tags"])),
    )  # fmt: skip
    if each.get("state") == "draft":
        return article
    article = reviewing.submit(writer, [article.row])[0]
    if each.get("state") == "review":
        return article
    article = reviewing.publish(reviewer, [article.row])[0]
    if "again" in each:
        later = max(days - HALF, 1)
        first, _line, rest = article.text.body.partition("\n")
        text = f"{first} Three in four are gone after these steps.\n{rest}"
        draft = writing.edit(_at(session, author, later), article.row, {"body": text},
                             each["again"])  # fmt: skip
        sent = reviewing.submit(_at(session, author, later), [draft.row])[0]
        article = reviewing.publish(_at(session, other, later), [sent.row])[0]
    return article


def _use(
    session: Session, article: Article, words: str, count: int, people: Sequence[UserRow]
) -> None:
    """Link an article to tickets that are about it, and say whether it helped."""
    found = tickets.list_page(session, f"(state:resolved or state:closed) {words}")
    agent = _at(session, people[0], 0)
    for line in found.rows[:count]:
        using.link(agent, article.row.id, line.id)
    for person, helped in zip(people, HELPED[: count // 2 + 1], strict=False):
        using.vote(_at(session, person, 0), article.row.id, helped)
