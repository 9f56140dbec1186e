"""The port of the pages: free, or refused at once."""
import socket

from ansinh.web.refusal import Refusal

HOST = "127.0.0.1"


def refuse_taken(port: int):
    """Refuse a port that somebody listens on, at once and with the remedy."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((HOST, port))
        except OSError as fault:
            raise Refusal(f"Cổng {port} đã có chương trình khác dùng; chọn cổng khác, ví dụ PORT={port + 1}.") from fault
