"""What the demo's organisation has set up: views, macros, templates, rules and triggers."""

"""Name and query, shared by all."""

MACROS: tuple[tuple[str, str, bool, dict[str, object]], ...] = (
    (
        "First answer (en)",
        "Hello {requester.first},\n\nthank you for your message. I have taken {number} and look "
        "into it now.\n\n{agent.name}, {queue}",
        False,
        {"state": "open", "assignee": "me"},
    ),
    (
        "Jawaban pertama (id)",
        "Halo {requester.first},\n\nterima kasih atas laporannya. {number} sudah saya ambil dan "
        "sedang saya periksa.\n\n{agent.name}, {queue}",
        False,
        {"state": "open", "assignee": "me"},
    ),
    (
        "Need more details (en)",
        "Hello {requester.first},\n\nto go on with {number} I need a little more: what exactly "
        "does the screen say, since when, and on which device?\n\n{agent.name}",
        False,
        {"state": "pending", "wake": "+3d"},
    ),
    (
        "Perlu keterangan (id)",
        "Halo {requester.first},\n\nuntuk melanjutkan {number} saya perlu keterangan: apa tulisan "
        "di layar, sejak kapan, dan di perangkat apa?\n\n{agent.name}",
        False,
        {"state": "pending", "wake": "+3d"},
    ),
    (
        "Solved, please confirm (en)",
        "Hello {requester.first},\n\n\"{subject}\" should be solved. If it comes back, just answer "
        "to this message and {number} opens again.\n\n{agent.name}, {queue}",
        False,
        {"state": "resolved", "resolution": "fixed"},
    ),
    (
        "Selesai, mohon dicek (id)",
        "Halo {requester.first},\n\n\"{subject}\" seharusnya sudah selesai. Bila muncul lagi, "
        "cukup balas pesan ini dan {number} terbuka kembali.\n\n{agent.name}, {queue}",
        False,
        {"state": "resolved", "resolution": "fixed"},
    ),
    (
        "Phishing reported (en)",
        "Dear {requester.name},\n\nthis was phishing; thank you for reporting it. The sender is "
        "blocked and the mail is removed. If you typed a password, tell us at once.\n\n"
        "{agent.name}",
        False,
        {"state": "resolved", "resolution": "advised", "tags": "+phishing,+security"},
    ),
    (
        "Pengelabuan (id)",
        "Yth. {requester.name},\n\nini pengelabuan; terima kasih sudah melapor. Pengirimnya "
        "diblokir dan surelnya dihapus. Bila terlanjur mengetik kata sandi, segera kabari kami."
        "\n\n{agent.name}",
        False,
        {"state": "resolved", "resolution": "advised", "tags": "+phishing,+security"},
    ),
    (
        "Waiting for the supplier",
        "Ordered from the supplier by {agent.login} on {today}. / Sudah dipesan ke pemasok.",
        True,
        {"state": "on_hold"},
    ),
    ("Escalate", "Escalated by {agent.login}: please look at this today.", True,
     {"urgency": "high", "tags": "+escalated"}),
)  # fmt: skip
"""Name, reply, whether it is internal, and changes."""

TEMPLATES: tuple[tuple[str, dict[str, object]], ...] = (
    ("New colleague", {
        "subject": "New colleague: ", "kind": "request", "queue": "Service Desk",
        "category": "People / Joiners", "impact": "low", "urgency": "medium",
        "tags": "onboarding", "body": "Name:\nDepartment:\nOffice:\nFirst day:\nLaptop: yes / no",
    }),
    ("Printer out of order", {
        "subject": "Printer does not print: ", "kind": "incident", "queue": "Field Support",
        "category": "Hardware / Printers", "tags": "printer", "body": "Printer:\nMessage:\n",
    }),
    ("Change request", {
        "subject": "Change: ", "kind": "change", "queue": "Network",
        "category": "Servers / Maintenance", "impact": "medium", "urgency": "low",
        "body": "Purpose:\nWindow:\nRisk:\nWay back:\nTest:",
    }),
    ("Monthly backup test", {
        "subject": "Restore test of the month", "kind": "request", "queue": "Applications",
        "category": "Servers / Backup", "impact": "low", "urgency": "low", "tags": "backup",
        "body": "Restore one folder of each server and note how long it took.",
    }),
)  # fmt: skip
"""Name and fields."""

RECURRENCE = ("Monthly backup test", "Monthly backup test", "1mo")
"""Name, template, and how often."""

RULES = (("Service Desk", "round_robin"), ("Field Support", "least_loaded"))
"""Queue, and who gets its new tickets."""

TRIGGERS: tuple[tuple[str, str, str, dict[str, object], str], ...] = (
    ("Critical: tell the team", "create", "priority:critical", {"tags": "+escalated"}, "queue"),
    ("Important requester", "create", "is:vip", {"tags": "+vip"}, ""),
    ("Phishing goes to the desk", "create", "subject:phishing",
     {"queue": "Service Desk", "tags": "+security"}, ""),
    ("Complaint: tell who has it", "update", "kind:complaint", {}, "assignee"),
)  # fmt: skip
"""Name, event, query, changes, and who hears of it."""

FIELDS = (
    ("asset", "Asset", "reference", ()),
    ("cost_centre", "Cost centre", "text", ()),
    ("office", "Office", "choice",
     ("Jakarta", "Bandung", "Surabaya", "Medan", "Makassar", "Denpasar")),
)  # fmt: skip
"""Custom fields: name, label, type, choices; `asset` is the first, see `writing.ASSET_FIELD`."""
