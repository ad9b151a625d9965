"""The indexes of `ticket`: one for each list that must cost a page and not a table.

Lists leave out what is not active, so most indexes hold active tickets only; each ends in
the id, which makes positions unique on PostgreSQL as on SQLite.
"""

INDEXES = (
    "CREATE INDEX ticket_active ON ticket (id) WHERE active",
    "CREATE INDEX ticket_active_priority ON ticket (priority, id) WHERE active",
    "CREATE INDEX ticket_active_assignee ON ticket (assignee_id, priority, id) WHERE active",
    "CREATE INDEX ticket_active_mine ON ticket (assignee_id) WHERE active",
    "CREATE INDEX ticket_active_queue ON ticket (queue_id, priority, id) WHERE active",
    "CREATE INDEX ticket_active_queue_newest ON ticket (queue_id, id) WHERE active",
    "CREATE INDEX ticket_active_updated ON ticket (updated_at, id) WHERE active",
    "CREATE INDEX ticket_active_due ON ticket (due_at, id) WHERE active",
    "CREATE INDEX ticket_active_sla ON ticket (sla_due_at, id) WHERE active",
    "CREATE INDEX ticket_warned ON ticket (sla_warn_at) WHERE sla_warn_at IS NOT NULL",
    "CREATE INDEX ticket_wake ON ticket (wake_at) WHERE wake_at IS NOT NULL",
    "CREATE INDEX ticket_updated ON ticket (updated_at, id)",
    "CREATE INDEX ticket_created ON ticket (created_at, id)",
    "CREATE INDEX ticket_state ON ticket (state, id)",
    "CREATE INDEX ticket_state_updated ON ticket (state, updated_at, id)",
    "CREATE INDEX ticket_resolved ON ticket (resolved_at, id) WHERE resolved_at IS NOT NULL",
    "CREATE INDEX ticket_closed ON ticket (closed_at, id) WHERE closed_at IS NOT NULL",
    "CREATE INDEX ticket_queue ON ticket (queue_id, state, priority, id)",
    "CREATE INDEX ticket_assignee ON ticket (assignee_id, id)",
    "CREATE INDEX ticket_requester ON ticket (requester_id, id)",
    "CREATE INDEX ticket_organisation ON ticket (organisation_id, id)",
    "CREATE INDEX ticket_category ON ticket (category_id, id)",
    "CREATE INDEX ticket_merged ON ticket (merged_into_id) WHERE merged_into_id IS NOT NULL",
    "CREATE UNIQUE INDEX ticket_external ON ticket (external_key) WHERE external_key IS NOT NULL",
)
