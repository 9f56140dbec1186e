"""Why a file was refused or taken with a remark, and what to do about it, in plain words."""
from django.utils.translation import gettext_lazy as lazy

REASONS = {
    "empty": (lazy("Tệp rỗng, không có byte nào."), lazy("Quét lại hoặc chép lại tệp từ máy quét.")),
    "too_big": (lazy("Tệp lớn hơn %(most)s GB."), lazy("Chia tệp thành nhiều tệp nhỏ rồi gửi lại.")),
    "unknown_kind": (
        lazy("Đây không phải PDF, TIFF, JPEG, PNG hay ZIP (%(kind)s)."),
        lazy("Lưu bản quét thành PDF, TIFF, JPEG hoặc PNG rồi gửi lại."),
    ),
    "two_kinds": (
        lazy("Tệp này cùng lúc là hai loại tệp, có thể là tệp giả mạo; không được mở."),
        lazy("Quét lại từ giấy và gửi bản quét mới."),
    ),
    "damaged": (lazy("Tệp hỏng, không mở được."), lazy("Chép lại tệp từ máy quét, hoặc quét lại giấy.")),
    "cut_short": (lazy("Tệp bị cụt: phần cuối không có."), lazy("Chép lại tệp từ máy quét khi máy đã ghi xong, hoặc quét lại giấy.")),
    "locked": (lazy("Tệp có mật khẩu nên không mở được."), lazy("Lưu lại tệp không đặt mật khẩu rồi gửi lại.")),
    "page_damaged": (
        lazy("Ảnh trang %(number)d của tệp hỏng, không mở được."),
        lazy("Quét lại giấy của trang ấy, hoặc chép lại tệp từ máy quét."),
    ),
    "no_pages": (lazy("Tệp không có trang nào."), lazy("Quét lại giấy.")),
    "too_many_pages": (lazy("Tệp có %(pages)d trang, nhiều hơn %(most)d trang."), lazy("Chia tệp thành nhiều tệp nhỏ, mỗi hồ sơ một tệp.")),
    "too_large": (
        lazy("Ảnh %(width)d × %(height)d điểm ảnh là quá lớn (cạnh dài tối đa %(most)d)."),
        lazy("Quét lại ở 200 hoặc 300 dpi rồi gửi lại."),
    ),
    "too_costly": (
        lazy("Mở tệp này tốn quá nhiều bộ nhớ hoặc thời gian nên đã dừng."),
        lazy("Quét lại ở 200 hoặc 300 dpi, hoặc chia thành nhiều tệp nhỏ."),
    ),
    "stops_the_program": (
        lazy("Chương trình đã dừng %(count)d lần khi mở tệp này nên để riêng tệp ra."),
        lazy("Quét lại giấy và gửi tệp mới; báo người quản trị nếu còn bị."),
    ),
    "explodes": (
        lazy("Tệp nén bung ra quá lớn hoặc quá nhiều tệp, có thể là tệp phá hoại; không được mở."),
        lazy("Gửi các tệp quét riêng, hoặc nén thành nhiều tệp nhỏ."),
    ),
    "nested": (lazy("Tệp nén nằm trong tệp nén không được mở."), lazy("Giải nén trên máy mình rồi gửi các tệp quét.")),
    "leads_out": (lazy("Tên tệp trong tệp nén trỏ ra ngoài thư mục nên không được lấy."), lazy("Nén lại thư mục quét rồi gửi lại.")),
    "link": (lazy("Đây là đường dẫn tới tệp khác, không phải tệp."), lazy("Gửi chính tệp ấy.")),
}
REMARKS = {
    "named_otherwise": lazy("Tên tệp ghi một loại khác; nội dung là %(kind)s nên đã nhận theo nội dung."),
    "active": lazy("Tệp PDF có mã lệnh, liên kết hoặc tệp đính kèm: chỉ lấy ảnh trang, không chạy và không mở gì khác."),
    "mended": lazy("Tệp PDF hỏng nhẹ, đã đọc được; xem lại đủ trang chưa."),
    "protected": lazy("Tệp PDF có khóa chống sửa nhưng mở được."),
    "unknown_dossier": lazy("Tờ bìa ghi hồ sơ %(code)s không có trong sổ mà tài khoản này thấy; các trang sau để ở lô, chưa vào hồ sơ nào."),
    "other_dossier": lazy("Tờ bìa ghi hồ sơ %(code)s nên các trang sau vào hồ sơ ấy, không vào hồ sơ của lô."),
}


def reason_of(code: str, facts: dict) -> tuple[str, str]:
    """The reason and the remedy of a refusal, as sentences."""
    reason, remedy = REASONS[code]
    return str(reason) % facts, str(remedy)


def remarks_of(remarks: list[tuple[str, dict]]) -> str:
    """Remarks on a file that was taken, each once."""
    return " ".join(dict.fromkeys(str(REMARKS[code]) % facts for code, facts in remarks))
