"""What sets an installation up and runs it; each module is also a command."""
