"""A few assessments of the demo: two of a supplier, one of a control, and a draft."""

from datetime import timedelta

from boconsole.assessments import keeping, reading, writing
from boconsole.session import Session


def keep(session: Session) -> None:
    """Keep the ready questionnaires and answer some."""
    keeping.load_ready(session)
    today = reading.today_of(session)
    done = (
        ("supplier", "Mitra Jaringan", 370, {"on-time": "no", "plan": "partly"}),
        ("supplier", "Mitra Jaringan", 12, {"plan": "mostly", "bills-right": "partly"}),
        ("internal-control", "Petty cash", 30, {"counted": "meant", "four-eyes": "written"}),
    )
    for name, subject, days, answers in done:
        made = writing.begin(session, name, _number(session, subject), today - timedelta(days=days))
        usual = {one.id: one.options[-2].word if len(one.options) > 2 else one.options[-1].word
                 for one in made.asks.questions}  # fmt: skip
        kept = writing.answer(session, made.row.id, made.row.version, usual | answers)
        writing.submit(session, kept.row.id, kept.row.version)
    draft = writing.begin(session, "information-security", "Data centre")
    writing.answer(session, draft.row.id, draft.row.version, {"second-factor": "set"})


def _number(session: Session, name: str) -> str:
    """Return the number of an organisation that the demo has, or else its name."""
    from boconsole.contacts import reading as contacts

    found = contacts.organisation_named(session, name)
    return f"ORG-{found}" if found else name
