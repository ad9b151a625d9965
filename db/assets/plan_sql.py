"""Which assets a plan of service is for, in SQL; loads nothing, as each command looks at it."""

OF_KIND = "a.state = 'deployed' AND (p.model_id = a.model_id OR p.category_id = a.category_id)"
IS_FOR = f"((p.asset_id = a.id AND a.active) OR ({OF_KIND}))"
"""A plan `p` of one asset is for it while it is in use, one of a kind for all that are deployed."""
UNSPREAD = (
    "p.active AND p.asset_id IS NULL AND EXISTS (SELECT 1 FROM asset a "
    f"WHERE a.updated_at >= p.spread_at AND {OF_KIND} AND NOT EXISTS (SELECT 1 FROM service_due d "
    "WHERE d.plan_id = p.id AND d.asset_id = a.id))"
)
"""A plan `p` of a kind that an asset came under since its assets were looked for."""
TO_LOOK = (
    "SELECT 1 FROM service_plan p WHERE p.active AND p.asset_id IS NULL "
    "AND p.spread_at <= (SELECT max(updated_at) FROM asset)"
)
"""Whether any asset changed since; costs nothing however many there are."""
TO_OPEN = (
    "FROM service_due d JOIN service_plan p ON p.id = d.plan_id JOIN asset a ON a.id = d.asset_id "
    f"WHERE d.notice_on <= ? AND d.ticket_id IS NULL AND p.active AND {IS_FOR}"
)
