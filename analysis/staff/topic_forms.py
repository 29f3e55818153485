"""The forms that decide about a topic."""

from typing import Any

from django import forms

from analysis.codebook.documents import Documents
from analysis.codebook.editing import LONGEST_SLUG


class PromoteForm(forms.Form):
    """The least a theme needs; the rest is written in the draft."""

    name = forms.CharField(label="Name", max_length=120, help_text="Neutral as to good or bad.")
    slug = forms.SlugField(
        label="Short name",
        max_length=LONGEST_SLUG,
        help_text="Small letters, digits and hyphens. It is permanent: a new meaning needs a new theme.",
    )
    parent = forms.ChoiceField(label="Group")
    tier = forms.ChoiceField(label="Kind of theme")
    definition = forms.CharField(
        label="Definition",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="In your own words, so that nobody can be known by theirs.",
    )

    def __init__(self, *args: Any, documents: Documents, **kwargs: Any) -> None:
        """With the groups and kinds of the codebook; a new theme is no numbered finding."""
        super().__init__(*args, **kwargs)
        groups, tiers = documents.read().groups.items(), documents.head["tiers"].items()
        self.fields["parent"].choices = [("", "Choose a group"), *groups]  # type: ignore[attr-defined]
        kinds = [(tier, said) for tier, said in tiers if tier != "core"]
        self.fields["tier"].choices = kinds  # type: ignore[attr-defined]


class MergeTopicForm(forms.Form):
    """Which topic it goes into."""

    into = forms.ChoiceField(label="Topic that stays")

    def __init__(self, *args: Any, offered: list[tuple[str, str]], **kwargs: Any) -> None:
        """With the other topics."""
        super().__init__(*args, **kwargs)
        self.fields["into"].choices = [("", "Choose a topic"), *offered]  # type: ignore[attr-defined]
