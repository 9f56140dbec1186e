"""A Spark of this machine alone, for tests of the engine at a country's size."""
import pytest

SETTINGS = {
    "spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1", "spark.sql.shuffle.partitions": "1", "spark.driver.extraJavaOptions": "-Xss8m",
}


@pytest.fixture(scope="module")
def spark():
    """A session on two cores, reachable from this machine only, ended with its module."""
    builder = pytest.importorskip("pyspark.sql").SparkSession.builder.master("local[2]")
    for name, value in SETTINGS.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()
