"""The forms of the codebook screens. Their choices come from the draft they change."""

from typing import Any

from django import forms

from analysis.codebook.documents import Documents, Entry
from analysis.codebook.editing import KINDS, LONGEST_SLUG
from analysis.codebook.theme import Theme

LARGEST_FILE = 2 * 1024 * 1024  # bytes; the shipped codebook is about 250 KB
PARTS = 4
PATTERN_HELP = "One on each line, in the phrase language of the codebook."


class Lines(forms.CharField):
    """A list, one entry on each line; empty lines are left out."""

    def __init__(self, *, rows: int = 4, **options: Any) -> None:
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": rows}), **options)

    def clean(self, value: Any) -> list[str]:
        """The entries without the space around them."""
        return [line.strip() for line in str(super().clean(value) or "").splitlines() if line.strip()]


class DraftForm(forms.Form):
    """A form about the draft of a codebook."""

    def __init__(self, *args: Any, documents: Documents, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.book = documents.read()
        self.tiers = documents.head["tiers"]
        self.taxonomies = documents.taxonomies

    def themes(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Every theme, group by group, as choices."""
        groups = ((group, name) for group, name in self.book.groups.items())
        return [
            (name, [_choice(theme) for theme in self.book.themes if theme.parent == group]) for group, name in groups
        ]


class ThemeForm(DraftForm):
    """Everything a theme says."""

    slug = forms.CharField(
        label="Short name",
        max_length=LONGEST_SLUG,
        help_text="Small letters, digits and hyphens. It is permanent: a new meaning needs a new theme.",
    )
    name = forms.CharField(label="Name", max_length=120, help_text="Neutral as to good or bad.")
    parent = forms.ChoiceField(label="Group")
    tier = forms.ChoiceField(label="Kind of theme")
    definition = forms.CharField(label="Definition", widget=forms.Textarea(attrs={"rows": 3}))
    include = forms.CharField(label="What belongs to it", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    exclude = forms.CharField(label="What does not", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    rolls_up_to = forms.ChoiceField(label="Also counted under", required=False)
    cues = Lines(label="Cues", help_text="Short phrases people use for it, one on each line.")
    rights = forms.MultipleChoiceField(label="Rights", required=False, widget=forms.CheckboxSelectMultiple)
    pillars = forms.MultipleChoiceField(label="Pillars", required=False, widget=forms.CheckboxSelectMultiple)
    boards = forms.MultipleChoiceField(label="Boards", required=False, widget=forms.CheckboxSelectMultiple)
    problem = Lines(label="Patterns of problems", help_text=PATTERN_HELP)
    praise = Lines(label="Patterns of praise", help_text=PATTERN_HELP)
    suggestion = Lines(label="Patterns of suggestions", help_text=PATTERN_HELP)
    mention = Lines(label="Patterns that only name it", help_text=PATTERN_HELP)
    unless = Lines(label="Patterns that rule it out", help_text=f"Negative cues. {PATTERN_HELP}")

    def __init__(self, *args: Any, slug: str = "", **kwargs: Any) -> None:
        """With the choices of the draft; a theme that is there keeps its short name."""
        super().__init__(*args, **kwargs)
        if slug:
            self.fields["slug"].disabled = True
        others = [(name, [pair for pair in pairs if pair[0] != slug]) for name, pairs in self.themes()]
        choices: dict[str, Any] = {
            "parent": list(self.book.groups.items()),
            "tier": [(tier, said) for tier, said in self.tiers.items()],
            "rolls_up_to": [("", "Nothing else"), *others],
        }
        for kind in ("rights", "pillars", "boards"):
            choices[kind] = [(entry["code"], _taxon(entry)) for entry in self.taxonomies[kind]]
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(entry: Entry) -> dict[str, Any]:
        """A theme as the form shows it."""
        lists = {"cues": entry.get("cues", []), **entry["patterns"]}
        return {**entry, **{name: "\n".join(lines) for name, lines in lists.items()}}

    def entry(self) -> Entry:
        """What was typed, as `with_theme` takes it."""
        values = self.cleaned_data
        patterns = {kind: values[kind] for kind in KINDS}
        return {**{name: value for name, value in values.items() if name not in KINDS}, "patterns": patterns}


class MergeForm(DraftForm):
    """Which themes go into which."""

    themes_gone = forms.MultipleChoiceField(
        label="Themes that go",
        widget=forms.SelectMultiple(attrs={"size": 12}),
        help_text="Hold Ctrl or Command to choose several. Findings of the 2020 review stay, so they are not listed.",
    )
    into = forms.ChoiceField(label="Theme that stays")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        findings = {theme.slug for theme in self.book.core()}
        others = [(name, [pair for pair in pairs if pair[0] not in findings]) for name, pairs in self.themes()]
        self.fields["themes_gone"].choices = others  # type: ignore[attr-defined]
        self.fields["into"].choices = [("", "Choose a theme"), *self.themes()]  # type: ignore[attr-defined]


class SplitForm(DraftForm):
    """Which theme is divided, and the parts."""

    theme = forms.ChoiceField(label="Theme to split")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"].choices = [("", "Choose a theme"), *self.themes()]  # type: ignore[attr-defined]
        for number in range(1, PARTS + 1):
            need = number <= 2
            self.fields[f"slug_{number}"] = forms.CharField(
                label=f"Part {number}: short name", required=need, max_length=LONGEST_SLUG
            )
            self.fields[f"name_{number}"] = forms.CharField(label=f"Part {number}: name", required=need, max_length=120)
            self.fields[f"definition_{number}"] = forms.CharField(
                label=f"Part {number}: definition", required=need, widget=forms.Textarea(attrs={"rows": 2})
            )

    def clean(self) -> dict[str, Any]:
        """The values, or which part is half filled in."""
        cleaned: dict[str, Any] = super().clean() or {}
        for number in range(3, PARTS + 1):
            given = [bool(cleaned.get(f"{name}_{number}")) for name in ("slug", "name", "definition")]
            if any(given) and not all(given):
                self.add_error(f"slug_{number}", f"Fill in all of part {number}, or leave all of it empty.")
        return cleaned

    def parts(self) -> list[Entry]:
        """The parts that were filled in."""
        names = ("slug", "name", "definition")
        typed = [{name: self.cleaned_data[f"{name}_{number}"] for name in names} for number in range(1, PARTS + 1)]
        return [part for part in typed if part["slug"]]


class PublishForm(forms.Form):
    """The note that goes with a version."""

    step = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(
        label="What changed, and why",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Members read it beside reports that span the change.",
    )


class ImportForm(forms.Form):
    """A YAML file as the export writes it."""

    file = forms.FileField(label="YAML file")

    def clean_file(self) -> str:
        """Its text, or what is wrong with it as a file."""
        given = self.cleaned_data["file"]
        if given.size > LARGEST_FILE:
            raise forms.ValidationError("The file is larger than 2 MB, so it is not a codebook. Choose another file.")
        try:
            return str(given.read().decode("utf-8"))
        except UnicodeDecodeError:
            raise forms.ValidationError("The file is not UTF-8 text. Save it as UTF-8 and choose it again.") from None


def _taxon(entry: Entry) -> str:
    return f"{entry['code']} {entry.get('title') or entry.get('name')}"


def _choice(theme: Theme) -> tuple[str, str]:
    return theme.slug, f"{theme.number}. {theme.name}" if theme.number else theme.name
