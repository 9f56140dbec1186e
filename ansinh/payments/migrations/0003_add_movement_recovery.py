import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('payments', '0002_add_recovery_cases'),
    ]

    operations = [
        migrations.AlterField(
            model_name='movement',
            name='credit',
            field=models.CharField(choices=[('cost', 'chi phí của ngân sách'), ('owed', 'còn nợ người hưởng'), ('provider', 'tiền ở tổ chức chi trả'), ('fund', 'kho bạc'), ('claim', 'người hưởng phải trả lại'), ('waived', 'đã miễn thu hồi'), ('kept', 'giữ lại để trừ thu hồi')], max_length=10, verbose_name='có'),
        ),
        migrations.AlterField(
            model_name='movement',
            name='debit',
            field=models.CharField(choices=[('cost', 'chi phí của ngân sách'), ('owed', 'còn nợ người hưởng'), ('provider', 'tiền ở tổ chức chi trả'), ('fund', 'kho bạc'), ('claim', 'người hưởng phải trả lại'), ('waived', 'đã miễn thu hồi'), ('kept', 'giữ lại để trừ thu hồi')], max_length=10, verbose_name='nợ'),
        ),
        migrations.AddField(
            model_name='movement',
            name='recovery',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='movements', to='payments.recoverycase', verbose_name='vụ việc thu hồi'),
        ),
    ]

