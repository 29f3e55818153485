"""The method: text in, statements and tags out. Pure Python: no Django, clock, network or files beyond its own data."""
