from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from feedback.drawing import is_drawn


def draw(apps: Apps, _: BaseDatabaseSchemaEditor) -> None:
    """Draw from the texts that came in before a lot was kept with each."""
    texts = apps.get_model("feedback", "SealedText")._default_manager
    drawn = [pk for pk in texts.values_list("pk", flat=True) if is_drawn(pk)]
    for start in range(0, len(drawn), 500):
        texts.filter(pk__in=drawn[start : start + 500]).update(is_audited=True)


class Migration(migrations.Migration):
    dependencies = [("feedback", "0003_last_day_of_use")]

    operations = [
        migrations.AddField(
            model_name="sealedtext",
            name="is_audited",
            field=models.BooleanField(default=False, help_text="Drawn by lot when it came in: reviewed first."),
        ),
        migrations.RunPython(draw, migrations.RunPython.noop),
    ]
