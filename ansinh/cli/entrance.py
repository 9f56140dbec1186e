"""What must stand before a verb runs: Django, a database of today's shape, and an account that signed in."""
import os
from importlib import import_module

import django
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import OperationalError

from ansinh.web.refusal import Refusal

from .verbs import Needs


def enter(needs: Needs, args):
    """Make ready what a verb needs; ``args.by`` becomes the account."""
    set_up()
    if needs >= Needs.DATABASE:
        refuse_old_database()
    if needs >= Needs.ACCOUNT:
        args.by = import_module("ansinh.cli.who").sign_in(args.username_as)


def set_up():
    """Start Django; a wrong setting is refused with its name."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ansinh.config.settings")
    try:
        django.setup()
    except ImproperlyConfigured as fault:
        raise Refusal(f"Cấu hình sai: {fault}") from fault


def refuse_old_database():
    """Refuse to go on without a database, or with one of another shape than the code's."""
    try:
        waiting = waiting_migrations()
    except OperationalError as fault:
        raise Refusal(f"Không vào được cơ sở dữ liệu ({' '.join(str(fault).split())}); kiểm tra ANSINH_DATABASE_URL.") from fault
    if waiting:
        raise Refusal("Cơ sở dữ liệu chưa dựng hoặc chưa nâng cấp; chạy: ansinh migrate.")


def waiting_migrations() -> list[str]:
    """Migrations that this database has not had."""
    executor = MigrationExecutor(connection)
    return [str(migration) for migration, _backwards in executor.migration_plan(executor.loader.graph.leaf_nodes())]
