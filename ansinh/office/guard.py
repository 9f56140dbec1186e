"""Append-only tables: triggers in both databases refuse what the code must never do."""
from django.apps import apps
from django.db import connections

FUNCTION = """CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '%: append only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$"""


def guarded_models():
    """Every concrete append-only model of the installed modules."""
    return [model for model in apps.get_models() if getattr(model, "append_only", False)]


def renew_guards(using="default", **_):
    """Make the triggers of every append-only table anew; idempotent."""
    connection = connections[using]
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(FUNCTION, None)
        for model in guarded_models():
            if model._meta.db_table in present:
                for statement in statements(model, connection):
                    cursor.execute(statement, None)


def lift_guards(using="default", **_):
    """Before migrations on SQLite: guards name every column, and a column cannot go while a trigger names it."""
    connection = connections[using]
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for model in guarded_models():
            for name in _names(model):
                cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"', None)


def missing_guards(using="default") -> list[str]:
    """Tables whose triggers are not as they should be, for ``ansinh doctor``."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
            present = {name for (name,) in cursor.fetchall()}
            return [m._meta.db_table for m in guarded_models() if not _names(m) <= present]
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        present = dict(cursor.fetchall())
    wanted = {m: dict(_sqlite_triggers(m)) for m in guarded_models()}
    return [m._meta.db_table for m, made in wanted.items() if any(present.get(n) != s for n, s in made.items())]


def _names(model):
    return {f"{model._meta.db_table}_{verb}" for verb in ("update", "delete")}


def statements(model, connection):
    """The SQL that makes the triggers of one append-only table anew."""
    if connection.vendor == "postgresql":
        yield from _postgresql(model)
        return
    for name, statement in _sqlite_triggers(model):
        yield f'DROP TRIGGER IF EXISTS "{name}"'
        yield statement


def _once_columns(model):
    return [model._meta.get_field(name).column for name in model.once]


def _sqlite_triggers(model):
    table, once = model._meta.db_table, _once_columns(model)
    same = " AND ".join(
        f'OLD."{f.column}" IS NEW."{f.column}"' for f in model._meta.concrete_fields if f.column not in once
    )
    unset = " AND ".join(f'OLD."{column}" IS NULL' for column in once) or "0"
    refuse = f"SELECT RAISE(ABORT, '{table}: append only')"
    yield f"{table}_update", (
        f'CREATE TRIGGER "{table}_update" BEFORE UPDATE ON "{table}" '
        f"WHEN NOT ({unset} AND {same}) BEGIN {refuse}; END"
    )
    yield f"{table}_delete", f'CREATE TRIGGER "{table}_delete" BEFORE DELETE ON "{table}" BEGIN {refuse}; END'


def _postgresql(model):
    table, once = model._meta.db_table, _once_columns(model)
    dropped = "".join(f" - '{column}'" for column in once)
    unset = " AND ".join(f'OLD."{column}" IS NULL' for column in once) or "false"
    same = f"to_jsonb(OLD){dropped} = to_jsonb(NEW){dropped}"
    execute = "EXECUTE FUNCTION refuse_change()"
    for verb in ("update", "delete", "truncate"):
        yield f'DROP TRIGGER IF EXISTS "{table}_{verb}" ON "{table}"'
    yield f'CREATE TRIGGER "{table}_update" BEFORE UPDATE ON "{table}" FOR EACH ROW WHEN (NOT ({unset} AND {same})) {execute}'
    yield f'CREATE TRIGGER "{table}_delete" BEFORE DELETE ON "{table}" FOR EACH ROW {execute}'
    yield f'CREATE TRIGGER "{table}_truncate" BEFORE TRUNCATE ON "{table}" FOR EACH STATEMENT {execute}'
