"""A whole meeting as one value: a council's first meeting, the term after it, a KKR's and a region's meeting.

:mod:`~kommunalvalg.evening.given` is what is given, :mod:`~kommunalvalg.evening.council` the meeting of a council,
:mod:`~kommunalvalg.evening.course` holds it, :mod:`~kommunalvalg.evening.files` reads it from a file.
"""
