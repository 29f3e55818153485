"""Who works here and what each may read. Rank is not access: only an explicit role opens anything."""
