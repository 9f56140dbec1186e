"""Amounts of đồng in Vietnamese words, as written on lists and receipts."""

DIGITS = "không một hai ba bốn năm sáu bảy tám chín".split()
THOUSANDS = ("", "nghìn", "triệu")
BILLION = 10**9


def in_words(amount: int) -> str:
    """The number in words: ``1001`` → ``một nghìn không trăm linh một``; any integer, minus as ``âm``.

    After ``mươi`` 1 is ``mốt``, 4 is ``tư`` and 5 is ``lăm`` (24: ``hai mươi tư``); an empty tens place is ``linh``.
    """
    if amount == 0:
        return DIGITS[0]
    sign = "âm " if amount < 0 else ""
    return sign + " ".join(_words(abs(amount), follows=False))


def amount_in_words(amount: int) -> str:
    """The sentence under a sum: ``Một triệu hai trăm nghìn đồng``."""
    words = in_words(amount)
    return f"{words[0].upper()}{words[1:]} đồng"


def _words(number, *, follows):
    """Words of a positive number; ``follows`` when a higher group was said, so that empty hundreds are said too."""
    billions, rest = divmod(number, BILLION)
    if billions:
        yield from _words(billions, follows=follows)
        yield "tỷ"
    yield from _below_billion(rest, follows=follows or bool(billions))


def _below_billion(number, *, follows):
    for power in (2, 1, 0):
        group = number // 1000**power % 1000
        if not group:
            continue
        yield from _group(group, follows=follows)
        if THOUSANDS[power]:
            yield THOUSANDS[power]
        follows = True


def _group(group, *, follows):
    hundreds, tens, ones = group // 100, group // 10 % 10, group % 10
    if hundreds or follows:
        yield f"{DIGITS[hundreds]} trăm"
    if tens:
        yield "mười" if tens == 1 else f"{DIGITS[tens]} mươi"
    elif ones and (hundreds or follows):
        yield "linh"
    if ones:
        yield _last(tens, ones)


def _last(tens, ones):
    if ones == 5 and tens:
        return "lăm"
    if tens > 1:
        return {1: "mốt", 4: "tư"}.get(ones, DIGITS[ones])
    return DIGITS[ones]
