"""What other packages make of a contribution for a use, and how each removes it when that use ends.

`analysis` and `surveys` stand above this package, so they say at start-up what they have to forget; nothing here knows
their tables.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping

from feedback.models import Contribution, Use

Forget = Callable[[Contribution], object]
# Tells how many rows of each table went.
Remove = Callable[[Contribution], Mapping[str, int]]
_removers: list[Remove] = []
_forgetters: dict[Use, list[Forget]] = defaultdict(list)


def when_ended(use: Use, forget: Forget) -> None:
    """Have this called whenever a use of a contribution ends, in the transaction that ends it."""
    if forget not in _forgetters[use]:
        _forgetters[use].append(forget)


def when_removed(remove: Remove) -> None:
    """Have this called in the transaction that empties a contribution after its last day of use."""
    if remove not in _removers:
        _removers.append(remove)


def remove(contribution: Contribution) -> Counter[str]:
    """Remove everything that was made of a contribution or came with it; joins the caller's transaction.

    Returns:
        How many rows of each table went.
    """
    removed: Counter[str] = Counter()
    for one in _removers:
        removed.update(one(contribution))
    return removed


def forget(contribution: Contribution, use: Use) -> None:
    """Remove everything that was made of a contribution for this use; joins the caller's transaction."""
    for forget_one in _forgetters[use]:
        forget_one(contribution)
