"""Answers from a file: read as strictly as a form, reported by row and column, loaded all or nothing.

No message here ever quotes a cell: what people wrote stays in memory until it is sealed.
"""
