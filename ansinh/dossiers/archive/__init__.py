"""The archival copy of a paper: PDF/A-2b, the original images with the words that were read, invisible, over them."""
