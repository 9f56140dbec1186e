"""Parts of the system that some tests need, where Debian and Ubuntu put them."""
import shutil
from importlib.util import find_spec
from pathlib import Path

CHROMIUM = Path("/usr/bin/chromium")
NO_POSTGRESQL = "PostgreSQL is missing: apt install postgresql"
NO_SWIFT = "OpenStack Swift is missing: apt install swift-proxy swift-account swift-container swift-object memcached"
NO_SPARK = "Spark is missing: make spark"
NO_CHROMIUM = "Chromium is missing: apt install chromium"


def spark_is_installed() -> bool:
    """Whether there is a Java and PySpark."""
    return bool(shutil.which("java") and find_spec("pyspark"))
