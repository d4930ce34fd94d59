"""Regionsloven: the elections that a regional council holds among its own members."""
