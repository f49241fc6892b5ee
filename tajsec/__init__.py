"""Cited facts on Tajikistan's security cooperation, offline.

From Python: `store = tajsec.load()`, then `store.search("radios")[0].fact.statement` (`docs/python.md`).
"""

__version__ = "0.1.0"

TYPE_CHECKING = False  # True for type checkers; importing it from `typing` would slow down every start
if TYPE_CHECKING:
    from tajsec.api.load import Store, load
    from tajsec.api.values import (
        Difference,
        Differences,
        Fact,
        Facts,
        Hit,
        Hits,
        Receipt,
        Sources,
        Summary,
        Terms,
        Timeline,
    )
    from tajsec.errors import DataError, FailingEnvironment, TajsecError, UnknownName, UsageError

__all__ = (
    "DataError",
    "Difference",
    "Differences",
    "Fact",
    "Facts",
    "FailingEnvironment",
    "Hit",
    "Hits",
    "Receipt",
    "Sources",
    "Store",
    "Summary",
    "TajsecError",
    "Terms",
    "Timeline",
    "UnknownName",
    "UsageError",
    "__version__",
    "load",
)


def __getattr__(name: str) -> object:
    """Return a name of the Python API, which is imported at its first use (PEP 562)."""
    if name not in __all__:
        raise AttributeError(f"module 'tajsec' has no attribute {name!r}")
    from tajsec import errors
    from tajsec.api import load, values

    return next(getattr(home, name) for home in (load, values, errors) if hasattr(home, name))


def __dir__() -> list[str]:
    return sorted(__all__)
