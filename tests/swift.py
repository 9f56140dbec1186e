"""An S3 server of our own for one test run: OpenStack Swift with its s3api, in a temporary directory, gone at the end."""
import os
import shutil
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from tests.ports import HOST, free_port

KEY, SECRET = "test:tester", "testing"
STARTED_WITHIN = 120
SERVERS = ("account", "container", "object")
COMMON = "[DEFAULT]\nbind_ip = {host}\nbind_port = {port}\nswift_dir = {folder}\nuser = {user}\nworkers = 0\nlog_udp_host =\nlog_level = ERROR\n"
STORAGE = COMMON + "devices = {folder}/devices\nmount_check = false\nfallocate_reserve = 0\ndisable_fallocate = true\n" + """
[pipeline:main]
pipeline = {name}-server
[app:{name}-server]
use = egg:swift#{name}
"""
PROXY = COMMON + """
[pipeline:main]
pipeline = catch_errors healthcheck cache listing_formats s3api tempauth copy slo proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:healthcheck]
use = egg:swift#healthcheck
[filter:cache]
use = egg:swift#memcache
memcache_servers = {memcached}
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:s3api]
use = egg:swift#s3api
s3_acl = false
check_bucket_owner = false
[filter:tempauth]
use = egg:swift#tempauth
user_test_tester = testing .admin
[filter:copy]
use = egg:swift#copy
[filter:slo]
use = egg:swift#slo
"""
CONSTANTS = "[swift-hash]\nswift_hash_path_suffix = tests\nswift_hash_path_prefix = tests\n[storage-policy:0]\nname = one\ndefault = yes\n"


@dataclass(frozen=True)
class Server:
    """A running server: its directory, its address, its processes."""

    directory: Path
    endpoint: str
    processes: list


def is_installed() -> bool:
    """Whether all parts are there, as Debian and Ubuntu install them."""
    return all(shutil.which(program) for program in ("swift-proxy-server", "swift-ring-builder", "memcached"))


def start() -> Server:
    """Start the four servers and their memory; as root they run as the user swift."""
    folder = Path(tempfile.mkdtemp(prefix="ansinh-swift-"))
    ports = {name: free_port() for name in (*SERVERS, "proxy", "memcached")}
    (folder / "devices" / "d1").mkdir(parents=True)
    (folder / "swift.conf").write_text(CONSTANTS)
    for name in SERVERS:
        _ring(folder, name, ports[name])
    if os.geteuid() == 0:
        subprocess.run(["chown", "-R", "swift:swift", folder], check=True)
    commands = [["memcached", "-l", HOST, "-p", str(ports["memcached"]), "-m", "16"]]
    for name in (*SERVERS, "proxy"):
        words = {"host": HOST, "port": ports[name], "folder": folder, "name": name, "user": _user(), "memcached": f"{HOST}:{ports['memcached']}"}
        conf = folder / f"{name}.conf"
        conf.write_text((PROXY if name == "proxy" else STORAGE).format(**words))
        commands.append([f"swift-{name}-server", str(conf)])
    server = Server(folder, f"http://{HOST}:{ports['proxy']}", [_run(command, folder) for command in commands])
    try:
        _wait(f"{server.endpoint}/healthcheck")
    except BaseException:
        stop(server)
        raise
    return server


def stop(server: Server):
    for process in server.processes:
        process.terminate()
    for process in server.processes:
        process.wait(20)
    shutil.rmtree(server.directory, ignore_errors=True)


def _ring(folder, name, port):
    builder = f"{folder}/{name}.builder"
    for words in (["create", "4", "1", "1"], ["add", f"r1z1-{HOST}:{port}/d1", "1"], ["rebalance"]):
        subprocess.run(["swift-ring-builder", builder, *words], check=True, capture_output=True)


def _run(command, folder):
    as_user = ["runuser", "-u", "swift", "--"] if os.geteuid() == 0 else []
    log = open(folder / "log", "a")  # noqa: SIM115  the processes keep it
    return subprocess.Popen([*as_user, *command], cwd="/", stdout=log, stderr=log, env={"PATH": os.environ["PATH"], "HOME": str(folder)})


def _user():
    return "swift" if os.geteuid() == 0 else os.environ.get("USER", "nobody")


def _wait(address):
    until = time.monotonic() + STARTED_WITHIN
    while True:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except (urllib.error.URLError, ConnectionError):
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
