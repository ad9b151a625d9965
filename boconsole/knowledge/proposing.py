"""Which articles may answer what somebody writes: rare words first, at a bounded cost."""

from math import log

from boconsole.knowledge import reading
from boconsole.knowledge.reading import Article, ArticleRow
from boconsole.session import Session
from db import search
from db.knowledge import words

MOST = 5
READ = 4_000
"""Characters of a text that are looked at."""
LONGEST = 20_000
"""Characters of an article in which the words are looked for again."""
ASKED = 8
"""Words that are looked for at most."""
MATCHES = 4_000
"""Articles that the words looked for stand in, together, at most."""
SHORTEST = 3
COMMON_TEXT = """
    about above after again all also and any are because been before but can cannot could did does
    doing down each every few for from get got had has have having hello help her here him his how
    into its just know let like more most need needs new not now off once one only other our out
    over own please same see should since some still such than thank thanks that the their them
    then there these they this those too try two under until use used using very was way were what
    when where which while who why will with work works would you your
    ada adalah agar akan aku anda apa atau bagaimana bagi bahwa baru belum bila bisa bukan dan
    dapat dari dengan di dia dua halo harus hanya hari ini itu jadi jika juga kalau kami karena ke
    kepada kita lagi lalu lebih maka mohon masih mereka mau minta oleh pada para perlu saat saja
    sama sampai saya sebagai sebuah sedang sekali selamat semua seperti serta setelah siang sore
    sudah supaya tapi telah tentang terima kasih tetapi tidak tolong untuk yang
"""
COMMON = frozenset(COMMON_TEXT.split())
"""Words that say nothing of what a text is about, in English and Indonesian."""


def propose(session: Session, title: str, body: str = "", limit: int = MOST) -> list[ArticleRow]:
    """Return the published articles that fit a subject and a text best, at most `limit`.

    A word of the subject counts twice. What it costs depends on neither the number of articles
    nor the length of the text.
    """
    session.require("knowledge.read")
    chosen = _chosen(title, body)
    if not chosen:
        return []
    known = words.frequencies(list(chosen))
    total = max(known.values(), default=0) + 1
    worth = {word: chosen[word] * (1 + log(total / count)) for word, count in known.items()}
    asked: list[tuple[str, float]] = []
    room = MATCHES
    for word in sorted(known, key=lambda word: (known[word] / chosen[word], word)):
        if len(asked) < ASKED and known[word] <= room:
            asked.append((word, worth[word]))
            room -= known[word]
    wanted = {word for word, _worth in asked}
    found = [reading.again(article_id) for article_id in words.best(asked, limit)]
    return [each.row for each in found if _fits(each, wanted)]


def _fits(article: Article, wanted: set[str]) -> bool:
    """Return whether title or tags have one of the words, or the text two: one is chance."""
    row, text = article
    if wanted & set(search.tokens(f"{text.title} {row.tags}")):
        return True
    return len(wanted & set(search.tokens(text.body[:LONGEST]))) >= min(2, len(wanted))


def for_ticket(session: Session, ticket_id: int, limit: int = MOST) -> list[ArticleRow]:
    """Return the articles that fit a ticket best, without those that are linked to it."""
    from boconsole.tickets import reading as tickets

    if not session.may("knowledge.read"):
        return []
    ticket = tickets.find(session, ticket_id)
    first = next(
        (each.text for each in tickets.timeline(session, ticket_id) if each.kind == "request"), ""
    )
    linked = {use.article_id for use in reading.of_ticket(session, ticket_id)}
    found = propose(session, ticket.subject, first, limit + len(linked))
    return [row for row in found if row.id not in linked][:limit]


def _chosen(title: str, body: str) -> dict[str, int]:
    """Return the words of a text that say something, each with its weight."""
    chosen: dict[str, int] = {}
    for text, weight in ((title, 2), (body, 1)):
        for word in search.tokens(text[:READ]):
            if len(word) >= SHORTEST and word not in COMMON and not word.isdecimal():
                chosen[word] = max(chosen.get(word, 0), weight)
    return chosen
