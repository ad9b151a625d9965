"""The words of mail, for people: how far it is, and what became of it."""

from boconsole.language import N_

STATES = {
    "queued": N_("waits"), "sending": N_("is being sent"), "sent": N_("sent"),
    "failed": N_("! failed"), "uncertain": N_("! perhaps sent"), "dropped": N_("given up"),
    "withdrawn": N_("taken back"),
}  # fmt: skip
OUTCOMES = {
    "ticket": N_("new ticket"), "reply": N_("reply"), "note": N_("note"), "aside": N_("set aside"),
    "not_understood": N_("! not understood"), "dropped": N_("given up"),
    "report": N_("delivery report"),
}  # fmt: skip
