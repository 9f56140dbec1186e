"""No query looks for a page by its print: those of one dossier or batch are compared with each other."""
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0007_keep_what_pages_say")]
    operations = [migrations.RemoveIndex(model_name="page", name="page_look")]
