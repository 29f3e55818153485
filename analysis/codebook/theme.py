"""The shapes of a codebook: themes, what people asked for, and the rules compiled from them."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Patterns:
    """How people say a theme, in the phrase language of `analysis.pipeline.phrases`, by the valence the words carry.

    `mention` names the theme without saying how it was; `unless` withdraws every other match in the same statement.
    """

    problem: tuple[str, ...] = ()
    praise: tuple[str, ...] = ()
    suggestion: tuple[str, ...] = ()
    mention: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


@dataclass(frozen=True)
class Theme:
    """One code: a kind of experience, neutral as to good or bad.

    `number` is the finding of the 2020 review it continues, `rolls_up_to` the core theme it may be reported under.
    """

    slug: str
    name: str
    tier: str
    parent: str
    definition: str
    include: str = ""
    exclude: str = ""
    cues: tuple[str, ...] = ()
    rights: tuple[str, ...] = ()
    pillars: tuple[str, ...] = ()
    boards: tuple[str, ...] = ()
    number: int | None = None
    rolls_up_to: str | None = None
    patterns: Patterns = field(default=Patterns(), repr=False)


@dataclass(frozen=True)
class Voice:
    """Something victims asked for, or agencies pointed out, in the 2020 review, with the themes it belongs to."""

    id: str
    text: str
    themes: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Codebook:
    """One version of the codebook. Equal content has an equal `sha256`; compare that, not the objects."""

    version: str
    sha256: str
    themes: tuple[Theme, ...]
    valences: tuple[str, ...]
    groups: Mapping[str, str]
    synonyms: Mapping[str, tuple[str, ...]] = field(repr=False)
    words: Mapping[str, tuple[str, ...]] = field(repr=False)
    asks: tuple[Voice, ...] = field(repr=False)
    agency_points: tuple[Voice, ...] = field(repr=False)
    taxonomies: Mapping[str, tuple[object, ...]] = field(repr=False)
    moves: Mapping[str, str] = field(default_factory=dict, repr=False)

    def theme(self, slug: str) -> Theme:
        """The theme with this slug. Raises KeyError if there is none."""
        return {theme.slug: theme for theme in self.themes}[slug]

    def now(self, slug: str) -> str:
        """The slug under which a theme of this or an earlier version is counted now; an unknown one stays as it is."""
        return self.moves.get(slug, slug)

    def core(self) -> tuple[Theme, ...]:
        """The themes that continue the numbered findings of the 2020 review, in their order there."""
        numbered = [theme for theme in self.themes if theme.number is not None]
        return tuple(sorted(numbered, key=lambda theme: theme.number or 0))
