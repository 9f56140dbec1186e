"""A job may be due later: the work of a standing order comes back."""
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("office", "0003_stored_file_outcome")]
    operations = [migrations.AddField("job", "due_at", models.DateTimeField(null=True, verbose_name="chạy từ lúc"))]
