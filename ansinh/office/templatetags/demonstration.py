"""The accounts of a demonstration, for its sign-in pages only."""
from django import template

from ..signin import demonstration_accounts

register = template.Library()
register.simple_tag(demonstration_accounts)
