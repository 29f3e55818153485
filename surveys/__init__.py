"""Asking: what a survey is, how a version is frozen, which route an answer opens, and the answering journey.

Closed answers are tallied raw here; only `analysis` publishes a figure.
"""
