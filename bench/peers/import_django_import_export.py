"""Import the register with django-import-export in its fastest documented setting. Arguments: CSV file; PEER_DATABASE names the database."""
import json
import os
import sys
import time
from urllib.parse import urlsplit

import django
from django.conf import settings

url = urlsplit(os.environ["PEER_DATABASE"])
settings.configure(
    INSTALLED_APPS=["import_export"],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql", "NAME": url.path.lstrip("/"), "USER": url.username,
            "HOST": url.hostname, "PORT": url.port,
        }
    },
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
)
django.setup()

import tablib  # noqa: E402
from django.core.validators import RegexValidator  # noqa: E402
from django.db import connection, models  # noqa: E402
from import_export import resources  # noqa: E402
from import_export.results import RowResult  # noqa: E402


class Person(models.Model):
    citizen_id = models.CharField(max_length=12, unique=True, validators=[RegexValidator(r"^\d{12}$")])
    full_name = models.CharField(max_length=120, db_index=True)
    birth_date = models.DateField()
    sex = models.CharField(max_length=1, choices=[("M", "M"), ("F", "F")])
    commune = models.CharField(max_length=5, db_index=True, validators=[RegexValidator(r"^\d{5}$")])
    household = models.CharField(max_length=20, db_index=True)
    address = models.CharField(max_length=120)
    phone = models.CharField(max_length=10, validators=[RegexValidator(r"^\d{10}$")])
    poverty = models.CharField(max_length=1, choices=[("0", "0"), ("1", "1"), ("2", "2")])

    class Meta:
        app_label = "import_export"
        db_table = "peer_person"


class PersonResource(resources.ModelResource):
    class Meta:
        model = Person
        import_id_fields = ["citizen_id"]
        exclude = ["id"]
        clean_model_instances = True
        use_transactions = True
        use_bulk = True
        batch_size = 1000
        skip_diff = True
        force_init_instance = True


def main(path):
    with connection.schema_editor() as editor:
        editor.create_model(Person)
    started = time.process_time()
    with open(path, encoding="utf-8") as handle:
        data = tablib.Dataset().load(handle, format="csv")
    result = PersonResource().import_data(data, raise_errors=True)
    assert result.totals[RowResult.IMPORT_TYPE_NEW] == len(data)
    print(json.dumps({"rows": Person.objects.count(), "cpu_of_import": time.process_time() - started}))


if __name__ == "__main__":
    main(sys.argv[1])
