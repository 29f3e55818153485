"""Columns that Wagtail's tables lack."""

from typing import Any

from django.utils import timezone
from wagtail.admin.ui.tables import BaseColumn


class UrgencyColumn(BaseColumn):
    """How soon a person must look: a tag where triage saw something, and quiet where it did not."""

    cell_template_name = "feedback/staff/cells/urgency.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> Any:
        """The contribution, which the column's accessor finds in the row."""
        contribution = self.accessor(instance)
        return {**super().get_cell_context_data(instance, parent_context), "contribution": contribution}


class CheckedColumn(BaseColumn):
    """When a support service is to be checked again, with a warning where that day is past."""

    cell_template_name = "feedback/staff/cells/checked.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> Any:
        """The day, and whether it is past."""
        is_overdue = instance.review_by < timezone.localdate()
        return {
            **super().get_cell_context_data(instance, parent_context),
            "review_by": instance.review_by,
            "is_overdue": is_overdue,
        }
