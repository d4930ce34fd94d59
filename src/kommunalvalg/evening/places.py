"""Where a rule stands that a meeting or its term follows, to the stk."""

from kommunalvalg import law

__all__ = ["stands_at"]


def stands_at(rule: str, when: law.When, stk: str = "") -> str:
    """Give the place where a rule stands on a day: the first, or the one of a stk.

    Args:
        rule: the rule's name in the law map.
        when: the election year or the day whose law it is.
        stk: how the place ends, where the rule stands at several: "stk. 3".

    >>> stands_at("KSL-17-1", "2026-01-05"), stands_at("KSL-17-1", "2026-01-05", "stk. 3")
    ('KSL § 17, stk. 1', 'KSL § 17, stk. 3')
    """
    day = law.day_of_law(when)
    places = [each.text for each in law.rule(rule).provisions if each.holds_on(day) and each.text.endswith(stk)]
    return places[0] if places else law.provision(rule, when)
