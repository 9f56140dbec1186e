"""What came in a package keeps in words who entered and who checked it there."""
from django.db import migrations, models

ORIGINS = [
    ("browser", "tải lên từ trình duyệt"), ("folder", "thư mục theo dõi"), ("command", "lệnh quét thư mục"), ("package", "gói hồ sơ"),
]


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
    ]
