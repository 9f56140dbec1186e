"""What came in a package keeps in words who entered and who checked it there."""
from django.db import migrations, models

ORIGINS = [
    ("browser", "tải lên từ trình duyệt"), ("folder", "thư mục theo dõi"), ("command", "lệnh quét thư mục"), ("package", "gói hồ sơ"),
]


def lift_guards(_apps, schema_editor):
    """Guards name every column: on SQLite one of them cannot go while they stand. They are made anew after every migration."""
    for table in ("dossiers_entering", "dossiers_evidence") if schema_editor.connection.vendor == "sqlite" else ():
        schema_editor.execute(f'DROP TRIGGER IF EXISTS "{table}_update"')


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0002_index_words")]
    operations = [
        migrations.AddField(
            "entering", "entered_elsewhere_by", models.CharField(blank=True, max_length=300, verbose_name="người nhập ở nơi gửi gói")
        ),
        migrations.AddField(
            "evidence", "checked_elsewhere_by", models.CharField(blank=True, max_length=300, verbose_name="người đối chiếu ở nơi gửi gói")
        ),
        migrations.AlterField("batch", "origin", models.CharField(choices=ORIGINS, max_length=10, verbose_name="đến từ")),
        migrations.RunPython(migrations.RunPython.noop, lift_guards),
    ]
