"""Orders to approve or export many lists, with what was in them when they were given."""
import ansinh.office.keys
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('office', '0005_add_job_begun_at'),
        ('payments', '0005_add_sweep'),
    ]

    operations = [
        migrations.CreateModel(
            name='ListRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('approval', 'duyệt'), ('export', 'xuất')], max_length=10, verbose_name='loại')),
                ('field', models.CharField(max_length=40, verbose_name='lĩnh vực')),
                ('month', models.DateField(verbose_name='tháng')),
                ('area_path', ansinh.office.keys.KeyText(max_length=60, verbose_name='địa bàn')),
                ('contents', models.JSONField(verbose_name='nội dung từng danh sách')),
                ('people', models.IntegerField(verbose_name='số người')),
                ('amount', models.BigIntegerField(verbose_name='số tiền (đồng)')),
                ('number', models.CharField(blank=True, max_length=80, verbose_name='số quyết định chi')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='lý do')),
                ('findings', models.CharField(blank=True, max_length=64, verbose_name='mục soát còn mở')),
                ('done_in', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.entry', verbose_name='làm ở')),
                ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.storedfile', verbose_name='tệp lưu')),
                ('ordered_in', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.entry', verbose_name='giao ở')),
            ],
            options={
                'verbose_name': 'lượt duyệt, xuất',
                'indexes': [models.Index(fields=['month'], name='list_run_month')],
            },
        ),
    ]
