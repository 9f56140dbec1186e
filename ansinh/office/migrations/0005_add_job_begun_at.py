"""When a job was begun last, so that a page can say how long it still takes."""
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("office", "0004_job_due_at")]
    operations = [migrations.AddField("job", "begun_at", models.DateTimeField(null=True, verbose_name="bắt đầu lúc"))]
