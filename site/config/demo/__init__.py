"""The demonstration: a fictional office, fictional people and fictional statements, loaded through the real doors.

Nothing here runs in a real installation: every entry point asks `settings.HEARD_DEMO` first.
"""
