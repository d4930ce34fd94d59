"""Lov om kommunernes styrelse: the elections that a council holds among its own members.

:mod:`~kommunalvalg.constitution.groups` counts the groups that vote together,
:mod:`~kommunalvalg.constitution.order` says in which order they choose,
:mod:`~kommunalvalg.constitution.posts` elects the mayor and the deputies,
:mod:`~kommunalvalg.constitution.chairs` the chairs of committees where they are chosen first,
:mod:`~kommunalvalg.constitution.bodies` distributes the seats of one committee,
:mod:`~kommunalvalg.constitution.committees` those of all committees,
:mod:`~kommunalvalg.constitution.claims` enumerates and carries out what a group may claim of them,
:mod:`~kommunalvalg.constitution.outside` elects the other bodies,
:mod:`~kommunalvalg.constitution.vacant` fills a post or a place that falls vacant, and
:mod:`~kommunalvalg.constitution.slates` checks the people who are proposed for a body.
"""
