"""Tests of the office kit."""
