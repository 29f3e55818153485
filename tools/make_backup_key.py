"""Makes the pair of keys that backups are sealed with: the private half in a file, the public half on the screen.

Run it on a computer that is not the server, and keep the file off the server: a backup can be read only with it.

python -m tools.make_backup_key FILE
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "site"))

from config import environment, sealed_files  # noqa: E402 - needs the path above


def main(arguments: list[str]) -> int:
    """Write the private key to a new file and print what the server must be told; 1 if that cannot be."""
    if len(arguments) != 1:
        print("Name one file to write the private key to: python -m tools.make_backup_key /media/stick/heard.key")
        return 1
    path = Path(arguments[0])
    if path.exists():
        print(f"{path} is there already. A key that was written over opens no backup any more: name another file.")
        return 1
    public, private = sealed_files.new_pair()
    environment.write_private(path, private.encode() + b"\n")
    print(f"The private key is in {path}. Keep two copies in two safes, and none on the server.")
    print("Without it no backup can be read, by anyone, ever. Tell the server the public half:")
    print(f"HEARD_BACKUP_KEY={public}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
