"""Chỗ sai của một tệp luật, nói bằng tiếng Việt: place, cause and remedy for each code of the law's reader."""
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.engine.law import LawError

KINDS = {
    str: gettext_lazy("chữ; số và ngày thì đặt trong ngoặc kép"), int: gettext_lazy("số nguyên, không dấu chấm, không ngoặc kép"),
    date: gettext_lazy("ngày như 2023-07-01"), bool: gettext_lazy("yes hoặc no"),
}
# What each code means to whoever wrote the file: first what is wrong, then what to do.
SENTENCES = {
    "yaml": gettext_lazy("Chữ ở đây không đúng khuôn YAML. Thụt dòng bằng dấu cách; chữ có dấu hai chấm thì đặt trong ngoặc kép; đóng đủ ngoặc."),
    "control_character": gettext_lazy("Có một ký tự không nhìn thấy được, ký tự thứ %(at)s của tệp. Xóa nó."),
    "not_utf8": gettext_lazy("Tệp không phải chữ UTF-8. Lưu lại tệp dạng UTF-8."),
    "too_deep": gettext_lazy("Ngoặc lồng trong ngoặc quá nhiều lần. Viết thành từng dòng."),
    "no_text": gettext_lazy("Cả tệp phải là một bảng có title, instruments, schedules. Xem tệp mẫu trong sổ tay, mục Thử mức."),
    "no_date": gettext_lazy("%(value)s không phải ngày có thật. Ghi như 2023-07-01."),
    "no_number": gettext_lazy("%(value)s không phải số nguyên viết thường. Chỉ ghi các chữ số, như 61."),
    "has_hour": gettext_lazy("%(value)s có cả giờ. Chỉ ghi ngày, như 2023-07-01."),
    "no_word": gettext_lazy("Tên ô phải là một từ. Sửa lại chữ trước dấu hai chấm."),
    "said_twice": gettext_lazy("Ô này ghi hai lần, lần đầu ở dòng %(first)s. Giữ một."),
    "unknown_key": gettext_lazy("Không có ô nào tên như thế ở đây. Dùng một trong: %(allowed)s."),
    "not_a_list": gettext_lazy("Ô này phải là danh sách, mỗi mục một dòng bắt đầu bằng dấu gạch ngang. Viết lại thành danh sách."),
    "not_a_span": gettext_lazy("Ghi %(value)s, phải là hai số nguyên từ – đến. Ghi như [81, 100]."),
    "missing": gettext_lazy("Thiếu ô %(missing)s. Ghi thêm."),
    "wrong_kind": gettext_lazy("Ghi %(value)s, phải là %(kind)s. Sửa lại."),
    "instrument_twice": gettext_lazy("Văn bản %(number)s có hai lần. Giữ một."),
    "in_force_before_signed": gettext_lazy(
        "%(number)s ghi hiệu lực ngày %(in_force)s, trước ngày ký %(signed)s. Sửa một trong hai ngày."
    ),
    "annexes": gettext_lazy("annexes: missing phải đi cùng touches, since và replaces. Ghi đủ bốn ô, hoặc bỏ cả bốn."),
    "instrument_loaded": gettext_lazy("%(number)s đã có trong chương trình và đã đối chiếu. Bỏ mục này, chỉ dẫn số của nó ở basis."),
    "unknown_instrument": gettext_lazy("Không có văn bản số %(number)s. Thêm nó vào instruments, hoặc sửa lại số."),
    "no_amounts": gettext_lazy("Tệp không có mức nào. Thêm schedules với lines."),
    "no_lines": gettext_lazy("Bảng này không có dòng nào. Thêm lines hoặc grades."),
    "two_amounts": gettext_lazy("Dòng %(line)s có hai mức cùng từ %(since)s theo %(number)s; mức kia ở %(also)s. Giữ một."),
    "gap": gettext_lazy("Dòng %(line)s không có mức từ %(since)s, các dòng khác của bảng thì có. Thêm mức ấy, hoặc ghi one_table: no."),
    "no_factor": gettext_lazy("Hệ số ghi %(value)s, phải là số thập phân trong ngoặc kép. Ghi như '2.5'."),
    "no_grades": gettext_lazy("Ô này phải có line, title và columns. Viết lại như các bảng trong law/."),
    "no_amounts_by_grade": gettext_lazy("Ô này phải ghi từng tỷ lệ với số tiền. Ghi như 61: 4016000."),
    "grade_no_number": gettext_lazy("Tỷ lệ ghi %(value)s, phải là số nguyên. Sửa lại."),
    "grade_gap": gettext_lazy("Không có mức của tỷ lệ %(grade)s. Thêm mức ấy."),
    "not_first_of_month": gettext_lazy("Ghi %(since)s, không phải ngày 1. Mức tính theo cả tháng: ghi ngày 1 của tháng."),
    "negative": gettext_lazy("Số tiền %(amount)s âm. Ghi số từ 0 trở lên."),
    "no_whole_dong": gettext_lazy("Dòng %(line)s: %(factor)s × %(level)s không tròn đồng. Ghi round_to cho bảng, hoặc sửa hệ số."),
    "line_nobody_draws": gettext_lazy("Không có dòng mức nào tên %(line)s và không quy tắc nào rút nó. Sửa tên, hoặc thêm quy tắc ở rules."),
    "not_of_province": gettext_lazy("Tỉnh không quyết định %(line)s, chỉ quyết định %(allowed)s. Bỏ ô province."),
    "rule_of_loaded_line": gettext_lazy("%(line)s đã được trả từ trước nên quy tắc mới không có ngày bắt đầu. Đặt một dòng mức mới trong tệp này."),
    "standing_twice": gettext_lazy("Diện %(standing)s đã có. Đặt mã khác."),
    "no_first_month": gettext_lazy("Diện %(standing)s chưa có tháng bắt đầu hưởng. Thêm nó vào start_stop."),
    "no_facts": gettext_lazy("Ô này phải là danh sách, chỉ gồm: %(allowed)s. Sửa lại."),
    "unknown_standing": gettext_lazy("Không có diện %(standing)s. Sửa tên, hoặc thêm diện ở standings."),
    "not_one_of": gettext_lazy("Ghi %(value)s, phải là một trong: %(allowed)s. Sửa lại."),
    "grade_without_rule": gettext_lazy("Diện %(standing)s chưa có quy tắc cho tỷ lệ %(grade)s. Thêm quy tắc."),
    "by_grade": gettext_lazy("Quy tắc theo tỷ lệ phải ghi các tỷ lệ. Ghi như grade: [21, 100]."),
    "unknown_line": gettext_lazy("Quy tắc rút dòng %(line)s mà tệp không có mức nào của dòng ấy. Sửa tên, hoặc thêm mức."),
    "drawn_twice": gettext_lazy(
        "%(line)s và %(other)s có thể cùng được trả cho diện %(standing)s. Tách tuổi, tỷ lệ hay điều kiện, hoặc ghi part khác."
    ),
    "unknown_birth_twice": gettext_lazy("Diện %(standing)s có hai quy tắc cho người chưa biết ngày sinh. Giữ or_unknown ở một."),
}


def sentence_of(error: LawError) -> str:
    """A fault as an officer reads it: file, line and field, what is wrong, what to do.

    What is wrong with the programme's own files or their rights is for the operator, in the reader's words.
    """
    if error.code not in SENTENCES:
        return str(error)
    said = {name: _shown(value) for name, value in error.said.items()}
    return f"{_place(error)}: {SENTENCES[error.code] % said}"


def _place(error):
    file, _colon, line = error.where.rpartition(":")
    words = _("Tệp %(file)s, dòng %(line)s, ô %(key)s") if error.key else _("Tệp %(file)s, dòng %(line)s")
    return words % {"file": file, "line": line, "key": error.key}


def _shown(value):
    if isinstance(value, type):
        return KINDS[value]
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:%Y-%m-%d}" if isinstance(value, date) else value
