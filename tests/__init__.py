"""Tests of the whole: the plan of the house, its doors, names, words and pages."""
