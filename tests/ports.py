"""Free ports of this machine for servers that tests start."""
import socket

HOST = "127.0.0.1"


def free_port() -> int:
    """A port that nobody holds at this moment."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]
