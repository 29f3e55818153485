"""What one posted form writes: two rows."""

from django.db import models


class Sent(models.Model):
    """One posted form."""

    session = models.CharField(max_length=40)

    class Meta:
        app_label = "bare_form"

    def __str__(self) -> str:
        return f"Sent {self.pk}"


class Line(models.Model):
    """Its answer."""

    sent = models.ForeignKey(Sent, on_delete=models.CASCADE)
    answer = models.CharField(max_length=64)

    class Meta:
        app_label = "bare_form"

    def __str__(self) -> str:
        return f"Line {self.pk}"
