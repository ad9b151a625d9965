"""The registry of the demo: papers with real small files, contracts, one under a legal hold."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from boconsole import audit
from boconsole.filing import File
from boconsole.moments import add_months
from boconsole.registry import (
    adding,
    classes,
    contracts,
    destroying,
    links,
    obligations,
    reading,
    retaining,
    reviewing,
    scheme,
    writing,
)
from boconsole.session import Session
from boconsole.tickets.rows import Ref
from db import connection, users
from db.registry import versions
from db.registry import words as index


class Paper(NamedTuple):
    """A document: title, file, class, days since its date, days until its end (0 for none)."""

    title: str
    file: str
    code: str
    age: int
    ends: int = 0
    level: str = "internal"
    tags: str = ""
    value: str = ""
    contract: int = 0
    text: str = ""


PAPERS = (
    Paper("Deed of incorporation", "deed-2010.pdf", "1.1", 5_900, tags="notary",
          text="Deed of incorporation. The company trades in office equipment and services."),
    Paper("Business identification number", "nib.pdf", "1.1", 1_900, tags="permit",
          text="Business identification number, issued for trade and repair of computers."),
    Paper("Fire safety permit, Jakarta", "fire-permit.md", "1.1", 340, 25, tags="permit, jakarta",
          text="Valid for the office in Jakarta. Extinguishers are checked every year."),
    Paper("Minutes of the shareholders, 2025", "minutes-2025.docx", "1.2", 300,
          level="confidential", tags="board",
          text="The meeting approves the accounts of 2025 and keeps the profit."),
    Paper("Minutes of the board, first quarter", "minutes-q1.md", "1.2", 40,
          level="confidential", tags="board",
          text="The board agrees to move the Surabaya office and to renew the cleaning."),
    Paper("Purchase of the Bandung warehouse", "bandung-offer.md", "1.2", 15, level="secret",
          tags="bandung", value="4200000000 IDR",
          text="Offer for the warehouse in Bandung; nobody is to hear of it before June."),
    Paper("Information security policy", "security-policy.md", "1.3", 200, tags="iso",
          text="Passwords are kept in the vault. Lost devices are told within an hour."),
    Paper("Travel policy", "travel-policy.md", "1.3", 700, tags="travel",
          text="Flights are booked two weeks ahead. Trains are taken below 400 km."),
    Paper("Data retention policy", "retention-policy.md", "1.3", 120, tags="iso",
          text="Books are kept ten years. Letters are kept two years and destroyed."),
    Paper("Lease of the Jakarta office", "lease-jakarta.md", "2.3", 1_050, 45, tags="jakarta, rent",
          value="960000000 IDR", contract=1,
          text="The lease runs three years. Notice is given by registered letter."),
    Paper("Lease of the Surabaya office", "lease-surabaya.md", "2.3", 60, 1_035,
          tags="surabaya, rent", value="540000000 IDR", contract=2,
          text="The landlord paints the rooms before the first of the month."),
    Paper("Cleaning agreement", "cleaning.md", "2.1", 320, 75, contract=3,
          text="Offices are cleaned on working days after six in the evening."),
    Paper("Internet line, terms", "internet-terms.md", "2.1", 420, 310, contract=4,
          text="The line is available 99.5 per cent of each month."),
    Paper("Insurance policy of the stock", "insurance.md", "2.1", 180, 185, contract=5,
          text="Fire, water and theft are insured up to the value of the stock."),
    Paper("Framework agreement, hospital", "hospital.md", "2.2", 500, 595, contract=6,
          text="Printers are repaired within eight working hours."),
    Paper("Non-disclosure agreement", "nda.md", "2.2", 230, 865, level="confidential",
          text="Both sides keep what they learn for three years after the end."),
    Paper("Audit report 2025", "audit-2025.md", "3.1", 90, level="confidential", tags="audit",
          text="The accounts give a true and fair view. Two findings are minor."),
    Paper("Audit report 2014", "audit-2014.md", "3.1", 4_200, tags="audit",
          text="The accounts of 2014 give a true and fair view."),
    Paper("Tax assessment 2013", "tax-2013.md", "3.2", 4_500, tags="tax",
          text="The assessment of 2013 is paid; nothing is left open."),
    Paper("VAT registration", "vat.md", "3.2", 3_000, tags="tax, permit",
          text="The company is registered for value added tax."),
    Paper("Company regulation", "company-regulation.md", "4.1", 280, 450, tags="staff",
          text="Working time is forty hours. Overtime needs a request."),
    Paper("Network plan", "network.txt", "5", 1_300, tags="network",
          text="core-1 and core-2 in the server room, access switches on each floor"),
    Paper("Complaint of a customer, 2022", "complaint-2022.txt", "6", 1_600, tags="complaint",
          text="The delivery was late by nine days and we ask for a discount."),
    Paper("Letter to the landlord, 2023", "landlord-2023.txt", "6", 1_100, tags="rent",
          text="Please mend the roof before the rain begins."),
    Paper("Letter of the bank, 2023", "bank-2023.txt", "6", 1_000, tags="bank",
          text="The limit of the account is raised from the first of April."),
)  # fmt: skip


class Agreed(NamedTuple):
    """A contract: what it says, days since its start, days until its end (0 for none)."""

    title: str
    kind: str
    age: int
    ends: int
    notice: str
    renewal: str
    next: str
    value: str
    every: str
    duty: str = ""


AGREED = (
    Agreed("Lease Jakarta office", "lease", 1_050, 45, "1m", "decision", "3y", "80000000 IDR",
           "month", "Hand the meter readings over"),
    Agreed("Lease Surabaya office", "lease", 60, 1_035, "6m", "decision", "3y", "45000000 IDR",
           "month"),
    Agreed("Cleaning", "service", 290, 75, "60d", "automatic", "1y", "18500000 IDR", "month",
           "Review the quality with the cleaners"),
    Agreed("Internet line", "service", 420, 310, "90d", "automatic", "1y", "9500000 IDR", "month"),
    Agreed("Insurance of the stock", "insurance", 180, 185, "1m", "automatic", "1y",
           "64000000 IDR", "year", "Report the value of the stock"),
    Agreed("Printer care, hospital", "sale", 500, 595, "3m", "decision", "2y", "22000000 IDR",
           "month", "Send the report of repairs"),
    Agreed("Legal advice", "service", 700, 0, "1m", "none", "", "12000000 IDR", "month"),
    Agreed("Coffee machines", "lease", 800, 20, "1m", "none", "", "2400000 IDR", "month"),
)  # fmt: skip


def keep(session: Session) -> int:
    """Add classes, contracts and papers; returns how many papers."""
    with audit.writing():
        classes.load(session, scheme.lines())
        agreed = list(_contracts(session))
        ids = [_paper(session, paper, agreed) for paper in PAPERS]
        _states(session, ids)
    return len(ids)


def _contracts(session: Session) -> Iterator[int]:
    sides = [row[0] for row in connection.fetch(
        "SELECT name FROM organisation WHERE kind <> 'own' ORDER BY id LIMIT 8")]  # fmt: skip
    today = reading.today(session)
    for place, one in enumerate(AGREED):
        start = today - timedelta(one.age)
        given = {
            "title": one.title, "kind": one.kind, "start_on": start, "notice": one.notice,
            "end_on": today + timedelta(one.ends) if one.ends else None,
            "renewal": one.renewal, "renewal_term": one.next, "value": one.value,
            "every": one.every, "counterpart": sides[place % len(sides)] if sides else "",
        }  # fmt: skip
        made = contracts.create(_then(session, start), given)
        if one.duty:
            due = add_months(today, 1)
            obligations.add(session, made.id, {"title": one.duty, "due_on": due, "every": "3m"})
        yield made.id
    if connection.fetch("SELECT 1 FROM project WHERE id = 3"):
        links.link(session, "contract", 2, "PRJ-0003")


def _then(session: Session, day: date) -> Session:
    then = session.now() - timedelta((reading.today(session) - day).days)
    return replace(session, clock=lambda: then)


def _paper(session: Session, paper: Paper, agreed: list[int]) -> int:
    today = reading.today(session)
    day = today - timedelta(paper.age)
    content = content_of(paper.file, paper.title, paper.text)
    given = {
        "title": paper.title, "class": paper.code, "level": paper.level, "dated_on": day,
        "expires_on": today + timedelta(paper.ends) if paper.ends else None,
        "tags": paper.tags, "value": paper.value,
        "contract": f"CTR-{agreed[paper.contract - 1]}" if paper.contract else "",
    }  # fmt: skip
    at = _then(session, max(day, today - timedelta(720)))
    made = writing.create(at, given, File(paper.file, content), read=False)
    first = versions.select(made.id)[0]
    versions.set_text(first.id, f"{paper.title}\n\n{paper.text}", "read", "")
    index.refresh(made.id, made.id)
    return made.id


def content_of(name: str, title: str, text: str) -> bytes:
    """Return a small file that is what its name says."""
    if name.endswith(".pdf"):
        return _pdf(title, text)
    if name.endswith(".docx"):
        return _docx(title, text)
    head = f"# {title}" if name.endswith(".md") else title
    return f"{head}\n\n{text}\n".encode()


def _pdf(title: str, text: str) -> bytes:
    page = f"BT /F1 14 Tf 72 770 Td ({title}) Tj 0 -24 Td /F1 11 Tf ({text}) Tj ET".encode()
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(page), page),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    found, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(found))
        found += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return found + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\n"
        b"startxref\n%d\n%%%%EOF\n" % (len(parts) + 1, table, len(parts) + 1, len(found))
    )


KINDS = (
    '<?xml version="1.0" encoding="UTF-8"?><Types '
    'xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?><Relationships '
    'xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)
BODY = (
    '<?xml version="1.0" encoding="UTF-8"?><w:document '
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    "{paragraphs}<w:sectPr/></w:body></w:document>"
)


def _docx(title: str, text: str) -> bytes:
    found = io.BytesIO()
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in (title, text))
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as parts:
        for name, content in (
            ("[Content_Types].xml", KINDS), ("_rels/.rels", RELATIONS),
            ("word/document.xml", BODY.format(paragraphs=paragraphs)),
        ):  # fmt: skip
            parts.writestr(zipfile.ZipInfo(name), content)
    return found.getvalue()


def _states(session: Session, ids: list[int]) -> None:
    """Approve what is in force, hold one, leave one in review, propose one to be destroyed."""
    ref = {paper.title: Ref(each) for paper, each in zip(PAPERS, ids, strict=True)}
    others = [user for user in users.select_all() if user.id != session.user.id]
    if others:
        second = replace(session, user=others[0])
        approved = [ref[one.title] for one in PAPERS
                    if one.code[0] in "123" and one.level == "internal"]  # fmt: skip
        reviewing.submit(session, approved, others[0].login)
        reviewing.approve(second, approved)
        reviewing.submit(second, [ref["Company regulation"]], others[1].login
                         if len(others) > 1 else others[0].login)  # fmt: skip
    newer = content_of("travel-policy.md", "Travel policy", "Flights need an approval.")
    adding.add(session, ref["Travel policy"], File("travel-policy.md", newer), "flights")
    retaining.hold(session, [ref["Complaint of a customer, 2022"]], "Customer claim 2026-14",
                   "The customer asks for damages.")  # fmt: skip
    destroying.propose(session, [ref["Letter to the landlord, 2023"]], "Kept long enough.")
