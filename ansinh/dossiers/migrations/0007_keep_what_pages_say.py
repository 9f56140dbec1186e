"""Words of pages without their boxes, beside the index: what phrases are looked for in. Filled from the words that there are."""
from itertools import islice

from django.db import migrations

CREATE = "CREATE TABLE dossiers_page_said (page_id bigint PRIMARY KEY, said text NOT NULL)"
CHUNK = 500


def fill(apps, schema_editor):
    texts = apps.get_model("dossiers", "PageText").objects.using(schema_editor.connection.alias).values_list("pk", "words").iterator(CHUNK)
    with schema_editor.connection.cursor() as cursor:
        while part := [(pk, " ".join(word[0] for word in words)) for pk, words in islice(texts, CHUNK)]:
            cursor.executemany("INSERT INTO dossiers_page_said (page_id, said) VALUES (%s, %s)", part)


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0006_pass_packages")]
    operations = [
        migrations.RunSQL(CREATE, "DROP TABLE dossiers_page_said"),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
