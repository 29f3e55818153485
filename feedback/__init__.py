"""The one house of testimony: words come in by `intake`, are sealed in `vault`, leave by `release`.

Nothing unreviewed is ever stored readable here, and every derived word hangs on the row it came from.
"""
