"""Writes `docs/roles.md` from the tables that the site enforces."""

from collections.abc import Iterable

from accounts.models import Role
from accounts.roles import MAY, Capability
from config.access import Level, Row, Table, opens

YES, NO = "yes", "–"
# Who asks, beside the roles: the column's heading, whether they are signed in.
WITHOUT_ROLE = (
    ("Signed out", False),
    ("With return words", False),
    ("Signed in, no role", True),
    ("Superuser, no role", True),
)
INTRODUCTION = """# Who may do what

Written by `python manage.py write_roles` from `site/accounts/roles.py` (what each role may do) and
`site/config/addresses.py` (what each address needs). Do not edit it: change the table and write it again.

The site enforces these tables: every request is checked against them before its page is made, and every action checks
its capability again. An address without a row is refused to everybody and fails the build. `make attack-access` asks
every address as everybody and prints what differs from this page.

- **Rank is not access.** A superuser without a role opens nothing here. Roles are granted one by one, and each says
  who gave it.
- **With return words** somebody sees what became of their own answer, changes its uses or takes it back; they never
  see its text.
- **A board member** reads released figures, without quotes. Findings, recommendations and replies belong to boards, and
  boards are not built yet: when they are, their addresses get rows, and a member opens those of their own boards.
- **An administrator** gives people their roles, which opens no words and no report to them.
- Nobody who is refused learns whether the thing they asked for exists.
"""


def roles_page(table: Table) -> str:
    """The whole page as Markdown."""
    capabilities = [[capability.value, *(_tick(capability in MAY[role]) for role in Role)] for capability in Capability]
    parts = [
        INTRODUCTION,
        "## What each role may do\n",
        *_grid(["", *(role.label for role in Role)], capabilities),
        "\n## Which addresses are open to whom\n",
        "An address that ends in `*` stands for everything Wagtail puts under it.",
    ]
    heads = ["Address", "Open to", *(head for head, _ in WITHOUT_ROLE), *(role.label for role in Role)]
    for heading, rows in table.sections.items():
        parts += [f"\n### {heading}\n", *_grid(heads, [_line(row) for row in rows])]
    return "\n".join(parts) + "\n"


def _line(row: Row) -> list[str]:
    address = row.address.replace("|", r"\|")
    needs = row.needs.value if isinstance(row.needs, Level) else "; or: ".join(row.capabilities)
    without = [_tick(opens(row, frozenset(), is_signed_in=is_signed_in)) for _, is_signed_in in WITHOUT_ROLE]
    roles = [_tick(opens(row, frozenset({role}), is_signed_in=True)) for role in Role]
    return [f"`/{address}`", f"{needs}. {row.note}." if row.note else needs, *without, *roles]


def _grid(heads: list[str], lines: Iterable[list[str]]) -> list[str]:
    return [f"| {' | '.join(cells)} |" for cells in (heads, ["---"] * len(heads), *lines)]


def _tick(is_open: bool) -> str:
    return YES if is_open else NO
