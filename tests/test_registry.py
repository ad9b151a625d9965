"""Documents: versions, search, who reads what, four eyes of a review: on both engines."""

import io
import zipfile

import pytest

from boconsole import audit
from boconsole.errors import InvalidChangeError, NotAllowedError, NotFoundError, StaleRecordError
from boconsole.filing import File
from boconsole.registry import adding, classes, extracting, reading, reviewing, writing
from boconsole.registry.errors import DocumentStateError, NotAskedError, OwnDocumentError
from boconsole.registry.extraction import TooLargeError, read
from boconsole.session import Session
from boconsole.tickets.rows import Ref
from db import connection
from db.moving import words as moved
from tests.people import add_agent

LEASE = File("lease.md", b"# Lease\nThe warehouse in Bandung, cancelled by registered letter.\n")


@pytest.fixture
def ann(session: Session) -> Session:
    """An accountant, who writes documents."""
    return add_agent(session, "ann", ("accountant",))


@pytest.fixture
def bob(session: Session) -> Session:
    """An agent, who only reads."""
    return add_agent(session, "bob")


def add(session: Session, title: str = "Lease of the warehouse", **given: object) -> Ref:
    made = writing.create(session, {"title": title, **given}, LEASE)
    return Ref(made.id, made.row.version)


def titles(session: Session, query: str = "") -> list[str]:
    return [row.title for row in reading.list_page(session, query).rows]


def test_a_document_is_found_by_the_words_of_its_last_file(session: Session, ann: Session) -> None:
    classes.load(session, [("2.1", "Leases", "", "10y", "dated")])
    first = add(ann, **{"class": "2.1", "tags": "Bandung, rent", "dated_on": "2020-01-31",
                        "value": "1,200 USD"})  # fmt: skip
    add(ann, "Minutes of the board")

    assert len(titles(ann, "registered letter")) == 2
    adding.add(ann, Ref(first.id), File("lease.txt", b"Everything is new: a garage."), "moved")
    assert titles(ann, "registered lett") == ["Minutes of the board"]
    assert titles(ann, "garage class:2.1 tag:rent") == ["Lease of the warehouse"]
    row = reading.get(ann, first.id).row
    assert (row.latest, row.tags, str(row.due_on)) == (2, "bandung, rent", "2030-01-31")
    moved.rebuild()
    assert titles(ann, "garage") == ["Lease of the warehouse"]
    assert adding.content(ann, first.id, 1)[1] == LEASE.content
    with pytest.raises(InvalidChangeError):
        adding.add(ann, Ref(first.id), File("same.txt", b"Everything is new: a garage."))
    with pytest.raises(Exception, match="never changed"), connection.transaction():
        connection.execute("UPDATE document_version SET sha256 = 'x' WHERE number = 1")
    assert audit.verify().broken == 0


def test_each_level_is_read_by_those_it_is_for(
    session: Session, ann: Session, bob: Session
) -> None:
    for level in ("public", "internal", "confidential", "secret"):
        add(ann, level, level=level)

    assert titles(bob, "sort:number") == ["public", "internal"]
    boss = add_agent(session, "boss", ("executive",))
    assert titles(boss, "sort:number") == ["public", "internal", "confidential"]
    assert reading.count(bob, "").number == 2
    secret = Ref(reading.list_page(ann, "level:secret").rows[0].id)
    with pytest.raises(NotFoundError):
        reading.card(session, secret.id)
    with pytest.raises(NotFoundError):
        adding.content(bob, secret.id)
    with pytest.raises(NotFoundError):
        reading.history(boss, secret.id)
    writing.edit(ann, secret, {"readers": "bob"})
    assert reading.card(bob, secret.id).row.title == "secret"
    told = [each.after for entry in reading.history(ann, secret.id) for each in entry.changes]
    assert "secret" in told  # the level
    assert "bob" not in told
    assert "lease.md" not in told
    with pytest.raises(NotAllowedError):
        writing.edit(bob, secret, {"title": "mine"})


def test_no_author_approves_and_reviewers_take_turns(session: Session, ann: Session) -> None:
    boss = add_agent(session, "boss", ("executive",))
    chief = add_agent(session, "chief", ("approver",))
    made = add(ann)
    with pytest.raises(OwnDocumentError):
        reviewing.submit(ann, [made], "boss, ann")
    reviewing.submit(ann, [made], "boss, chief", in_order=True)
    with pytest.raises(NotAskedError):
        reviewing.approve(chief, [Ref(made.id)])
    assert titles(boss, "is:waiting") == ["Lease of the warehouse"]
    reviewing.approve(boss, [Ref(made.id)])
    reviewing.refuse(chief, [Ref(made.id)], "The rent is wrong.")
    assert reading.get(ann, made.id).row.state == "draft"
    again = reviewing.submit(ann, [Ref(made.id)], "chief boss")[0]
    with pytest.raises(DocumentStateError):
        adding.add(ann, Ref(made.id), File("b.txt", b"b"))
    reviewing.approve(chief, [Ref(made.id)])
    with pytest.raises(StaleRecordError):
        reviewing.approve(boss, [Ref(made.id, again.row.version)])
    done = reviewing.approve(boss, [Ref(made.id)], "fine")[0].row
    assert (done.state, done.approved_version) == ("approved", 1)
    newer = add(ann, "Lease 2027")
    assert reviewing.supersede(ann, Ref(made.id), newer.id).row.successor_id == newer.id
    assert titles(ann) == ["Lease 2027"]


def test_hostile_files_are_kept_and_say_why_they_cannot_be_read() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("word/document.xml", b"\0" * (65 * 2**20))

    with pytest.raises(TooLargeError):
        read("docx", bomb.getvalue(), 100)
    assert extracting.text_of("a.pdf", b"%PDF-1.7 nonsense").state == "failed"
    assert extracting.text_of("photo.jpg", b"\xff").state == "unknown"
    assert extracting.text_of("note.txt", b"  \n").state == "empty"
    assert extracting.text_of("a.txt", "Größe \x1b[31m".encode("utf-16")).text == "Größe [31m"
    assert extracting.text_of("long.md", b"word " * 50_000).state == "cut"


def test_text_of_a_pdf_is_read_in_a_process_with_limits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    paper = pytest.importorskip("reportlab.pdfgen.canvas")
    page = io.BytesIO()
    canvas = paper.Canvas(page)
    canvas.drawString(72, 720, "Rent of the warehouse")
    canvas.save()

    found = extracting.text_of("lease.pdf", page.getvalue())
    monkeypatch.setattr(extracting, "SECONDS", 0)
    ended = extracting.text_of("lease.pdf", page.getvalue())

    assert (found.state, found.text) == ("read", "Rent of the warehouse")
    assert ended.state == "failed"
