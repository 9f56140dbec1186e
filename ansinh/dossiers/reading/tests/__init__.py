"""Tests of reading scans."""
