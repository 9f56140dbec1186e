"""Screens of payments: a month's lists, one list, decisions, why an amount, what is owed back, what was not collected."""
