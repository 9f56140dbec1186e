"""Screens of benefits: entitlements, their acts with consequences, money through time, reckoning again today."""
