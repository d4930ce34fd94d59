"""A mapping that stays as it was built, so that a result that holds it is a value."""

from typing import Any, NoReturn, TypeVar

__all__ = ["FrozenDict"]

K = TypeVar("K")
V = TypeVar("V")


class FrozenDict(dict[K, V]):
    """A dict that cannot be changed and can be hashed, copied and pickled.

    It is a real dict, equal to any other with the same contents, so that ``json`` and data frames take it.

    >>> seats = FrozenDict({"A": 5, "B": 4})
    >>> seats == {"B": 4, "A": 5}
    True
    >>> seats["A"] = 6
    Traceback (most recent call last):
    ...
    TypeError: a FrozenDict cannot be changed; dict(...) of it makes a copy that can
    """

    __slots__ = ()

    def __hash__(self) -> int:  # type: ignore[override]  # dict says it has none
        return hash(frozenset(self.items()))

    def __reduce__(self) -> tuple[type["FrozenDict[K, V]"], tuple[dict[K, V]]]:
        return type(self), (dict(self),)

    def __copy__(self) -> "FrozenDict[K, V]":
        return self

    def __repr__(self) -> str:
        return dict.__repr__(self)

    def _refuse(self, *_args: Any, **_kwargs: Any) -> NoReturn:  # noqa: ANN401 - stands for seven signatures
        raise TypeError("a FrozenDict cannot be changed; dict(...) of it makes a copy that can")

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse
