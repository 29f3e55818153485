"""Settings, addresses and the process entry points; nothing imports from here."""
