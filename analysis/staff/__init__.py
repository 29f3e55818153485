"""The screens of analysis inside the Wagtail admin."""
