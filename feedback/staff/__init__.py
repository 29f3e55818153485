"""The screens of those who read: the review queue, the safeguarding list and the directory, inside the Wagtail admin.

An opened text exists in one response and nowhere else: no screen here stores, logs or links to a word of it.
"""
