"""Stories of the house in a real browser."""
