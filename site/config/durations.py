"""How long something took or lies back, in the words an operator uses."""

from datetime import timedelta

UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))


def in_words(length: timedelta) -> str:
    """The length in its two largest units, such as "3 hours 12 minutes"; less than a second is "0 seconds"."""
    left, said = max(int(length.total_seconds()), 0), []
    for name, seconds in UNITS:
        number, left = divmod(left, seconds)
        if number:
            said.append(f"{number} {name}{'' if number == 1 else 's'}")
    return " ".join(said[:2]) or "0 seconds"
