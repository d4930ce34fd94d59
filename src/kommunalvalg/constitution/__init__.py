"""Lov om kommunernes styrelse: the elections that a council holds among its own members.

:mod:`~kommunalvalg.constitution.posts` elects the mayor, the deputies and the chairs,
:mod:`~kommunalvalg.constitution.committees` distributes the seats of the committees,
:mod:`~kommunalvalg.constitution.claims` carries out what a group may claim of them, and
:mod:`~kommunalvalg.constitution.slates` checks the people who are proposed for a body.
"""
