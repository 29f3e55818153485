"""Looks in every file that would be committed for what must never be: keys, passwords and addresses of registries.

Prints file, line and what it is, never the secret. A line that only looks like one ends in `not a secret`, with a word
why. Exit status 1 after a find.

python -m tools.find_secrets
"""

import math
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EXCUSE = "not a secret"
# Bits a letter: English words have about three and a half in so short a piece, random letters and digits above four.
LEAST_ENTROPY, LEAST_ENTROPY_OF_HEXADECIMAL = 3.7, 3.0
LONGEST_LINE = 2000  # longer ones are data
ASSIGNED = re.compile(
    r"""(?ix) \b\w*(?:secret|token|passw(?:or)?d|passphrase|api_?key|private_?key|pepper)\w* ["']?
    \s*(?:=|:)\s* ["']? (?P<value>[A-Za-z0-9+/_\-=.~]{20,}) ["']? \s*[,;)}\]]* \s*$"""
)
PLAIN = {
    "a private key": re.compile(r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----"),
    "a password in an address": re.compile(
        r"\b[a-z][a-z0-9+.\-]*://[^\s/:@\"'{}<>$]+:(?=[^@]*\d)[^\s/@\"'{}<>$*.]{8,}@[\w\[]"
    ),
    "the address of a package registry": re.compile(
        r"(?i)(?:--(?:extra-)?index-url|--find-links|_INDEX_URL|\bregistry)[ =:]+[\"']?https?://"
    ),
}


def entropy(value: str) -> float:
    """Bits a letter, from how often each letter stands in the value."""
    counts = Counter(value)
    return -sum(count / len(value) * math.log2(count / len(value)) for count in counts.values())


def found_in(text: str) -> Iterator[tuple[int, str]]:
    """Each line's number with what stands there that should not."""
    for number, line in enumerate(text.splitlines(), start=1):
        if line.rstrip().endswith(EXCUSE) or len(line) > LONGEST_LINE:
            continue
        yield from ((number, kind) for kind, pattern in PLAIN.items() if pattern.search(line))
        assigned = ASSIGNED.search(line)
        if assigned and _looks_random(assigned["value"]):
            yield number, "a secret given to a name"


def _looks_random(value: str) -> bool:
    has_all = any(sign.isdigit() for sign in value) and any(sign.isalpha() for sign in value)
    least = LEAST_ENTROPY if re.search("[g-zG-Z]", value) else LEAST_ENTROPY_OF_HEXADECIMAL
    return has_all and entropy(value) >= least


def committed(root: Path = ROOT) -> list[Path]:
    """Every file that git keeps or would keep."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True).stdout
    return [root / name for name in listed.split("\0") if name and (root / name).is_file()]


def main(root: Path = ROOT) -> int:
    """Print every find; 1 if there is one."""
    files = committed(root)
    finds = 0
    for path in files:
        for number, kind in found_in(path.read_text(errors="replace")):
            print(f"{path.relative_to(root)}:{number}: {kind}")
            finds += 1
    print(f"{len(files)} files read, {finds} finds.")
    return 1 if finds else 0


if __name__ == "__main__":
    sys.exit(main())
