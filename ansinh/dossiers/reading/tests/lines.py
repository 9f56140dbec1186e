"""Pages typed out for tests: a line of text becomes words with boxes, as a reader would give them."""
from ansinh.dossiers.words import Box, Word

HEIGHT, LETTER, LINE = 30, 16, 50


def page(*lines: str, confidence: int = 92) -> list[Word]:
    """Words of lines below each other; two bars in a line leave a wide gap, as between columns."""
    words = []
    for number, line in enumerate(lines):
        left = 100
        for text in line.split():
            if text == "||":
                left = max(left + 200, 900)
                continue
            words.append(Word(text, Box(left, 100 + number * LINE, len(text) * LETTER, HEIGHT), confidence, number))
            left += (len(text) + 1) * LETTER
    return words
