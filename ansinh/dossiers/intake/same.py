"""Pages that look the same, by the prints of 64 bits that looks.py makes."""

# Measured on generated papers: two scans of one sheet differ in 0 to 8 bits, two sheets of one printed form in 8 or more.
SAME_WITHIN = 4


def alike(looks: list[str], known: list[str]) -> dict[int, int]:
    """Places in ``looks`` → the first place of ``known`` followed by ``looks`` that looks the same and stands before it."""
    every = [int(look, 16) for look in [*known, *looks]]
    found = {}
    for place in range(len(looks)):
        here = len(known) + place
        mine = every[here]
        near = next((other for other in range(here) if (every[other] ^ mine).bit_count() <= SAME_WITHIN), None)
        if near is not None:
            found[place] = near
    return found
