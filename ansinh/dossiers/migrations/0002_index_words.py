"""The index of words on pages: FTS5 on SQLite, tsvector with GIN on PostgreSQL. Filled by acts, made anew by ``ansinh index``."""
from django.db import migrations

SQLITE = ("CREATE VIRTUAL TABLE dossiers_page_words USING fts5(tokens, detail=none, tokenize=\"ascii tokenchars '_'\")",)
# Without a list of pending entries a search costs the same after every scan; a page's few hundred tokens cost milliseconds to put in.
POSTGRESQL = (
    "CREATE TABLE dossiers_page_words (page_id bigint PRIMARY KEY, tokens tsvector NOT NULL)",
    "CREATE INDEX dossiers_page_words_tokens ON dossiers_page_words USING gin (tokens) WITH (fastupdate = off)",
)


def create(_apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def drop(_apps, schema_editor):
    schema_editor.execute("DROP TABLE dossiers_page_words")


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
