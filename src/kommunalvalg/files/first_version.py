"""Files of the first version (0.1), read as cases of today."""

from collections.abc import Callable, Mapping
from typing import Any

__all__ = ["value_of"]


def value_of(
    document: Mapping[str, Any], kind: type[Any], settled: Callable[[Mapping[str, Any], type[Any]], Any]
) -> Any:  # noqa: ANN401 - what the kind says
    """Settle the case of a document of the first version, and hold it against the seats that it states."""
    raise NotImplementedError
