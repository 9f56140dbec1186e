"""How sure a suggestion is: what speaks against it makes it less sure, by a table fitted on development papers."""
from ansinh.dossiers.reading import lexicon
from ansinh.dossiers.reading.fields import fields_of, found_with_signs
from ansinh.dossiers.reading.sure import confidence, weights
from ansinh.dossiers.words import Box

from .lines import page

LEXICON = lexicon.load()


def signs_of(kind, *lines, changed=frozenset(), **options):
    (_best, signs), = found_with_signs(kind, page(*lines, **options), LEXICON, changed)
    return signs


def test_nothing_said_is_no_surer_than_even():
    assert confidence({}, {}) == 50


def test_confidence_stays_between_1_and_99():
    assert (confidence({"always": 1.0}, {"always": 20.0}), confidence({"always": 1.0}, {"always": -20.0})) == (99, 1)


def test_doubt_never_makes_surer():
    doubts = ("weakest word", "shape unlike", "contradicted", "other accents", "another home", "cut off", "says what was wrong", "impossible days", "weak page")
    assert not [sign for sign in doubts if weights().get(sign, 0) > 0]


def test_every_sign_of_the_table_is_one_that_is_measured():
    """A sign that nobody measures any more would weigh nothing and look as if it did."""
    source = (lexicon.HERE / "sure.py").read_text("utf-8")
    assert not [sign for sign in weights() if not sign.startswith(("field ", "way ")) and f'"{sign}"' not in source]


def test_a_page_whose_days_cannot_be_makes_every_figure_doubtful():
    sound = signs_of("curriculum_vitae", "Sinh năm: 1948", "Vào viện 12/03/1970, ra viện 30/04/1970")
    strange = signs_of("curriculum_vitae", "Sinh năm: 1948", "Vào viện 12/93/1970, ra viện 30/04/2979")
    assert (sound["impossible days"], strange["impossible days"]) == (0.0, 1.0)


def test_figures_read_into_words_make_figures_doubtful_but_not_names():
    figures = signs_of("curriculum_vitae", "Sinh năm: 1948", "câó6 bậc thư0ng sĩ b1nh")
    name = signs_of("curriculum_vitae", "Họ và tên: Hoàng Văn Thu", "câó6 bậc thư0ng sĩ b1nh")
    assert (figures["mixed figures"], name["mixed figures"]) == (1.0, 0.0)


def test_a_word_that_correction_changed_is_remembered():
    box = Box(260, 100, 64, 30)
    assert signs_of("curriculum_vitae", "Sinh năm: 1948", changed=frozenset({box}))["mended"] == 1.0


def test_a_home_without_its_province_and_a_name_without_its_end_are_cut_off():
    assert signs_of("curriculum_vitae", "Quê quán: xã Phú Đô, huyện Phú Lương")["cut off"] == 1.0
    assert signs_of("curriculum_vitae", "Quê quán: xã Phú Đô, huyện Phú Lương, tỉnh Thái Nguyên")["cut off"] == 0.0
    assert signs_of("curriculum_vitae", "Họ và tên: Ngô Hữu")["cut off"] == 1.0


def test_a_name_whose_mark_may_have_been_lost_is_known_as_such():
    assert signs_of("curriculum_vitae", "Họ và tên: Hoàng Văn Lê")["mark lost"] == 1.0
    assert signs_of("curriculum_vitae", "Họ và tên: Hoàng Văn Lễ")["mark lost"] == 0.0


def test_two_homes_on_a_page_are_never_beyond_doubt():
    lines = "Quê quán: xã Phú Đô, huyện Phú Lương, tỉnh Thái Nguyên", "Trú quán: xã Tân Cương, thành phố Thái Nguyên, tỉnh Thái Nguyên"
    assert signs_of("curriculum_vitae", *lines)["another home"] == 1.0


def test_a_correction_says_what_was_wrong_too():
    said = {best.field: signs["says what was wrong"] for best, signs in found_with_signs("correction_decision", page("Năm sinh: 1948"), LEXICON, frozenset())}
    assert said == {"birth": 1.0}


def test_on_a_paper_of_unknown_kind_nothing_is_beyond_doubt():
    said = list(found_with_signs("", page("Số căn cước: 019050001234"), LEXICON, frozenset()))
    assert [(best.field, signs["kind unknown"]) for best, signs in said] == [("citizen_number", 1.0)]
    assert weights()["kind unknown"] <= -3


def test_a_kind_that_is_not_sure_is_as_good_as_unknown():
    sure, unsure = (fields_of("death_notice", page("Hy sinh ngày: 12/4/1972"), LEXICON, kind_sure=n)[0] for n in (50, 49))
    assert unsure.confidence < 98 <= sure.confidence


def test_a_figure_before_a_month_or_a_year_is_a_lost_day():
    (whole, broken) = (signs_of("curriculum_vitae", f"Sinh ngày: {text}") for text in ("02-1958", "2O 02-1958"))
    assert (whole["shape unlike"], broken["shape unlike"]) == (0.0, 0.7)


def test_the_same_said_at_two_places_is_surer():
    lines = "Họ và tên: Hoàng Văn Thu", "Nay xác nhận Hoàng Văn Thu khai đúng"
    assert ("said again" in signs_of("curriculum_vitae", lines[0]), signs_of("curriculum_vitae", *lines)["said again"]) == (False, 1.0)
    assert weights()["said again"] > 0
