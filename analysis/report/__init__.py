"""Theme reports: counted exactly, protected, audited, frozen, and shown from the frozen figures alone."""
