"""The public site: home, consultation, guidance and report pages, written by editors in Wagtail."""
