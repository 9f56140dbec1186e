"""Sự kiện trong đời: a fact of a person's life with everything it leads to, seen before it is done, done and undone in one act."""
