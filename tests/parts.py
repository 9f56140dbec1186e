"""Parts of the system that some tests need, where Debian and Ubuntu put them."""
from pathlib import Path

CHROMIUM = Path("/usr/bin/chromium")
NO_POSTGRESQL = "PostgreSQL is missing: apt install postgresql"
NO_SWIFT = "OpenStack Swift is missing: apt install swift-proxy swift-account swift-container swift-object memcached"
NO_CHROMIUM = "Chromium is missing: apt install chromium"
