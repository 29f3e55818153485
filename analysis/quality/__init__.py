"""How far people agree on themes, and how right the machine is."""
