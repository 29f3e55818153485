"""Property tests here look for a counter-example, never for speed: a busy machine must not fail them."""

from hypothesis import settings

settings.register_profile("unhurried", deadline=None, max_examples=50)
settings.load_profile("unhurried")
