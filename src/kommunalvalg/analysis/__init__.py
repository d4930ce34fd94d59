"""What a result rests on: how firm it is, what would have been with other votes or rules, and who has a majority.

One module per kind of question: :mod:`.margins` (lists) and :mod:`.candidates` (candidates) say how many votes a
result hangs on; :mod:`.what_if` and :mod:`.partitions` change alliances, lists, size and method;
:mod:`.majorities` says who can decide. Every function takes an election or a result (:mod:`.cases`) and answers
with a frozen value.
"""
