"""Kommunal- og regionalvalgloven (KRVL): a whole council election, from counted votes to candidates.

The modules come in the order of the statute: :mod:`.law` (the dated rules), :mod:`.election` (what was counted),
:mod:`.seats` (§§ 81-83), :mod:`.candidates` (§§ 85-86 and 91), :mod:`.result` (all of it together) and
:mod:`.vacancies` (§ 91 when somebody leaves).
"""
