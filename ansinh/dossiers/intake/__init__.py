"""From files to page images: what a file is, what is wrong with it, and what its pages look like. Knows no database."""
