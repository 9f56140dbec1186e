"""Vietnamese text: names, old encodings, amounts in words, numbers of papers, dates as people write them."""
