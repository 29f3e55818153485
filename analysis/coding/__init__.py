"""People coding reviewed passages, statement by statement: what comes next, what they found, and what then counts."""
