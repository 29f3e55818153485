"""Finds reviewed passages by their words and by likeness, for a reason that is kept.

Nothing is counted here, and there is no index: a search reads the passages that may be read at that moment.
"""
