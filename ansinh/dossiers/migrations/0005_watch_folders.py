"""Standing orders to watch folders, and which of them a batch came by."""
import ansinh.office.keys
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('dossiers', '0004_keep_former_arrangements'),
        ('office', '0004_job_due_at'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='WatchedFolder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('folder', models.CharField(max_length=300, verbose_name='thư mục')),
                ('area_path', ansinh.office.keys.KeyText(max_length=60, verbose_name='địa bàn')),
                ('field', models.CharField(max_length=40, verbose_name='lĩnh vực')),
                ('priority', models.IntegerField(default=0, verbose_name='ưu tiên')),
                ('state', models.CharField(choices=[('watched', 'đang theo dõi'), ('stopped', 'đã dừng'), ('ended', 'đã hết quyền')], default='watched', max_length=10, verbose_name='tình trạng')),
                ('ordered_at', models.DateTimeField(verbose_name='giao lúc')),
                ('looked_at', models.DateTimeField(null=True, verbose_name='xem lần cuối lúc')),
                ('known', models.IntegerField(default=0, verbose_name='tệp đã nhận từ trước')),
                ('growing', models.IntegerField(default=0, verbose_name='tệp đang được ghi')),
                ('fault', models.CharField(blank=True, max_length=500, verbose_name='trở ngại lần cuối')),
                ('ordered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người giao')),
                ('ordered_in', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.entry', verbose_name='ghi ở')),
            ],
            options={
                'verbose_name': 'thư mục theo dõi',
            },
        ),
        migrations.AddField(
            model_name='batch',
            name='watched',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='batches', to='dossiers.watchedfolder', verbose_name='thư mục theo dõi'),
        ),
        migrations.AddConstraint(
            model_name='watchedfolder',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'watched')), fields=('folder',), name='folder_watched_once'),
        ),
        migrations.AddConstraint(
            model_name='watchedfolder',
            constraint=models.CheckConstraint(condition=models.Q(('area_path__endswith', '.')), name='watched_path_ends_with_dot'),
        ),
    ]
