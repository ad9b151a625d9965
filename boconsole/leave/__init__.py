"""Leave and attendance: rules, ledgers, requests, working time."""
