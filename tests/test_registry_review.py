"""What a records manager would try: counts that tell, readers who declassify, late versions."""

from pathlib import Path

import pytest

from boconsole import filing
from boconsole.errors import InvalidChangeError
from boconsole.filing import AttachmentLostError, File
from boconsole.registry import (
    adding,
    classes,
    destroying,
    extracting,
    reading,
    retaining,
    reviewing,
    writing,
)
from boconsole.registry.errors import DocumentStateError, HeldError, KeeperError
from boconsole.session import Session
from boconsole.tickets.rows import Ref
from db import connection
from tests.people import StandingClock, add_agent
from tests.test_writers import in_thread


@pytest.fixture
def ann(session: Session) -> Session:
    """An accountant, who writes documents."""
    return add_agent(session, "ann", ("accountant",))


@pytest.fixture
def carl(session: Session) -> Session:
    """Another accountant."""
    return add_agent(session, "carl", ("accountant",))


def test_the_tree_counts_what_may_be_read_alone(
    session: Session, ann: Session, carl: Session
) -> None:
    classes.load(session, [("1", "Company", "", "forever")])
    for level in ("internal", "secret", "secret"):
        writing.create(ann, {"title": level, "class": "1", "level": level})

    counted = [classes.list_classes(who)[0].row.documents for who in (ann, carl)]

    assert counted == [3, 1]


def test_a_named_reader_changes_nothing_of_who_reads_a_secret(ann: Session, carl: Session) -> None:
    made = writing.create(ann, {"title": "Offer", "level": "secret", "readers": "carl"})

    for given in ({"level": "public"}, {"readers": "carl, bob"}, {"owner": "carl"}):
        with pytest.raises(KeeperError):
            writing.edit(carl, Ref(made.id), given)
    assert writing.edit(carl, Ref(made.id), {"title": "Better"}).row.title == "Better"
    assert writing.edit(ann, Ref(made.id), {"level": "internal"}).row.level == "internal"


def test_what_stands_behind_an_old_document_is_not_told_to_everybody(
    ann: Session, carl: Session
) -> None:
    old = writing.create(ann, {"title": "Old"}, File("a.md", b"a"))
    new = writing.create(ann, {"title": "New", "level": "secret"})
    reviewing.submit(ann, [Ref(old.id)], "carl")
    reviewing.approve(carl, [Ref(old.id)])
    reviewing.supersede(ann, Ref(old.id), new.id)

    told = [reading.card(who, old.id).row.successor_id for who in (ann, carl)]
    listed = [reading.list_page(who, "any old").rows[0].successor_id for who in (ann, carl)]

    assert (told, listed) == ([new.id, None], [new.id, None])


def test_what_is_in_review_stays_as_its_reviewers_see_it(ann: Session, carl: Session) -> None:
    made = writing.create(ann, {"title": "Lease", "value": "1 USD"}, File("a.md", b"a"))
    reviewing.submit(ann, [Ref(made.id)], "carl")

    with pytest.raises(DocumentStateError):
        writing.edit(carl, Ref(made.id), {"value": "9000 USD"})
    assert writing.edit(ann, Ref(made.id), {"tags": "rent"}).row.tags == "rent"


def test_a_version_that_came_after_the_proposal_is_not_destroyed(
    session: Session, clock: StandingClock
) -> None:
    classes.load(session, [("6", "Letters", "", "2y", "dated", "destroy")])
    given = {"title": "Letter", "class": "6", "dated_on": "2020-01-31"}
    made = writing.create(session, given, File("a.md", b"a"))
    eve = add_agent(session, "eve", ("approver",))
    order = destroying.propose(session, [Ref(made.id)], "old")
    clock.advance(hours=1)
    adding.add(session, Ref(made.id), File("b.md", b"newer"))

    with pytest.raises(InvalidChangeError, match="DOC-0001"):
        destroying.confirm(eve, order.row.id)
    assert adding.content(session, made.id)[1] == b"newer"


def test_papers_that_may_not_be_read_push_none_out_of_a_card(ann: Session, carl: Session) -> None:
    from boconsole.contacts import changing

    changing.add(ann, "organisation", {"name": "Acme"})
    writing.create(ann, {"title": "Lease", "counterpart": "Acme"})
    for number in range(3):
        given = {"title": f"Secret {number}", "level": "secret", "counterpart": "Acme"}
        writing.create(ann, given)

    assert [row.title for row in reading.naming(carl, "organisation", 1, 2)] == ["Lease"]


def test_a_long_text_that_is_cut_within_a_letter_stays_readable() -> None:
    content = "Pröfung ".encode() * 200_000

    text = extracting.text_of("long.md", b"xxxxx" + content).text

    assert "Pröfung" in text
    assert "Ã" not in text


def test_a_file_changed_on_the_disk_is_told_and_never_given(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filing, "folder", lambda: tmp_path)
    name = "a\x1b[31m\u202etxt.md"
    made = writing.create(session, {}, File(name, b"as it came"))
    row = reading.card(session, made.id).versions[0]
    path = tmp_path / row.sha256[:2] / row.sha256
    path.chmod(0o600)
    path.write_bytes(b"something else")

    with pytest.raises(AttachmentLostError):
        adding.content(session, made.id)
    path.unlink()
    with pytest.raises(AttachmentLostError):
        adding.content(session, made.id)
    assert not set("\x1b\u202e") & set(row.name + made.row.title)


def test_of_a_hold_and_a_confirmation_at_once_the_later_one_is_refused(session: Session) -> None:
    classes.load(session, [("6", "Letters", "", "2y", "dated", "destroy")])
    given = {"title": "Letter", "class": "6", "dated_on": "2020-01-31"}
    first, second = (writing.create(session, given, File("a.md", b"a")) for _turn in range(2))
    eve = add_agent(session, "eve", ("approver",))
    orders = [destroying.propose(session, [Ref(one.id)], "old") for one in (first, second)]

    with connection.transaction():
        retaining.hold(session, [Ref(first.id)], "Acme", "claim")
        confirming, confirmed = in_thread(lambda: destroying.confirm(eve, orders[0].row.id))
        confirming.join(0.3)
    confirming.join()
    with connection.transaction():
        destroying.confirm(eve, orders[1].row.id)
        holding, held = in_thread(
            lambda: retaining.hold(session, [Ref(second.id)], "Acme", "claim")
        )
        holding.join(0.3)
    holding.join()

    assert isinstance(confirmed[0], HeldError), confirmed
    assert isinstance(held[0], DocumentStateError), held
