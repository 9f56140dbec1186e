"""Pages that look the same, by the prints of 64 bits that looks.py makes."""

# Of generated papers 89 % of rescans are this near, and 0.2 % of different papers, most of these of one printed form.
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
