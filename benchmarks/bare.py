"""The yardstick: d'Hondt on bare lists, as short and fast as plain Python allows.

Nothing is checked, ties go to whoever stands first, and nothing is explained: what a library adds to that, in time,
is the price of its checks, its lots and its result.
"""


def dhondt(votes: list[int], seats: int) -> list[int]:
    """Return the seats of each, given positive votes.

    Everybody has its share rounded down, seats * votes / total, for certain; and nobody comes over the same with
    one more seat for each name. So only the quotients between the two are sorted, at most two for each name.
    """
    total, size = sum(votes), len(votes)
    won = [count * seats // total for count in votes]
    most = [count * (seats + size) // total for count in votes]
    scale = (max(most) + 1) ** 2
    keys = [
        (-(count * scale // divisor), at)
        for at, (count, low, high) in enumerate(zip(votes, won, most, strict=True))
        for divisor in range(low + 1, high + 1)
    ]
    keys.sort()
    for _, at in keys[: seats - sum(won)]:
        won[at] += 1
    return won
