from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("analysis", "0008_runs_record_what_they_read"),
    ]

    operations = [
        migrations.AddField(
            model_name="run",
            name="number",
            field=models.PositiveIntegerField(default=0, help_text="1 for the first; 0 for all before runs had one."),
        ),
    ]
