"""Packages that come and go, with their receipts."""
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import ansinh.office.keys


class Migration(migrations.Migration):

    dependencies = [
        ('dossiers', '0005_watch_folders'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PackageTransfer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('direction', models.CharField(choices=[('out', 'xuất đi'), ('in', 'nhận về')], max_length=3, verbose_name='chiều')),
                ('area_path', ansinh.office.keys.KeyText(max_length=60, verbose_name='địa bàn')),
                ('field', models.CharField(blank=True, max_length=40, verbose_name='lĩnh vực')),
                ('chosen', models.JSONField(default=list, verbose_name='hồ sơ được chọn')),
                ('digest', models.CharField(blank=True, max_length=64, verbose_name='mã gói')),
                ('state', models.CharField(choices=[('waiting', 'đang làm'), ('done', 'xong'), ('refused', 'không nhận được')], default='waiting', max_length=10, verbose_name='tình trạng')),
                ('receipt', models.JSONField(default=list, verbose_name='biên nhận')),
                ('refusal', models.CharField(blank=True, max_length=600, verbose_name='vì sao không được')),
                ('ordered_at', models.DateTimeField(verbose_name='giao lúc')),
                ('done_at', models.DateTimeField(null=True, verbose_name='xong lúc')),
                ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.storedfile', verbose_name='tệp gói')),
                ('ordered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người giao')),
            ],
            options={
                'verbose_name': 'lượt chuyển gói hồ sơ',
                'indexes': [models.Index(condition=models.Q(('digest', ''), _negated=True), fields=['digest'], name='transfer_digest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('area_path__endswith', '.')), name='transfer_path_ends_with_dot')],
            },
        ),
    ]
