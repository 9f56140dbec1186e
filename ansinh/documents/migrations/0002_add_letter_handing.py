"""When a letter was handed over, so that one voided later is fetched back."""
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial"), ("office", "0001_initial")]

    operations = [
        migrations.AddField("letter", "handed_on", models.DateField(null=True, verbose_name="ngày trao")),
        migrations.AddField(
            "letter", "handed_in",
            models.ForeignKey(null=True, on_delete=models.deletion.PROTECT, related_name="+", to="office.entry", verbose_name="ghi trao ở"),
        ),
    ]
