"""What can happen to dossiers; importing this makes all acts known."""
from .archiving import archive_later, archive_paper
from .arranging import join_page, join_papers, new_paper, put_pages, set_page_kind, split_page, turn_page
from .confirming import confirm
from .correcting import correct_dossier, find_dossier, record_loss, set_retention
from .dossiers import register_dossier
from .entering import confirm_kind, enter_field, finish_entering
from .extracting import make_extract
from .following import follow_persons
from .intake import add_scan, close_batch, discard_batch, receive_batch, take_files
from .leasing import leave, take, take_next
from .loans import lend_dossier, return_dossier
from .opening import note_opening, open_dossier
from .packaging import export_package, import_package
from .priorities import prioritise_batch
from .reading import keep_reading, read_again, read_pages
from .settling import settle
from .sorting import sort_batch, sort_scan
from .transferring import fetch_package, order_export, receive_package
from .uploads import begin_upload, drop_upload, finish, finish_upload, take_chunk
from .watching import stop_watching, watch_folder

__all__ = [
    "add_scan", "archive_later", "archive_paper", "begin_upload", "close_batch", "confirm", "confirm_kind", "correct_dossier",
    "discard_batch", "drop_upload", "enter_field", "export_package", "fetch_package", "find_dossier", "finish", "finish_entering",
    "finish_upload", "follow_persons", "import_package", "join_page", "join_papers", "keep_reading", "leave", "lend_dossier",
    "make_extract", "new_paper", "note_opening", "open_dossier", "order_export", "prioritise_batch", "put_pages", "read_again", "read_pages",
    "receive_batch", "receive_package", "record_loss", "register_dossier", "return_dossier", "set_page_kind", "set_retention", "settle",
    "sort_batch", "sort_scan", "split_page", "stop_watching", "take", "take_chunk", "take_files", "take_next", "turn_page", "watch_folder",
]
