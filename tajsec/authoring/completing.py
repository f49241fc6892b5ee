"""Complete imported facts: names as ids, and the status and dates that are proposed for a fact that is typed."""

from collections.abc import Iterator, Mapping
from typing import Any

from tajsec.authoring import drafting
from tajsec.model.kinds import TermKind
from tajsec.model.records import Contents
from tajsec.model.vocabulary import Vocabulary
from tajsec.text.forms import fold

_KINDS: Mapping[str, TermKind] = {"actors": "actor", "topics": "topic", "places": "place", "people": "person"}
"""The keys of a fact with ids of terms."""
_READ = 400
"""Characters of a statement that are read, as one of thirty words has some 200: 10,000 rows of nothing but dates take
10 s of processor time, where whole statements of 1,700 characters took 60."""


class Completion:
    """Completes the keys of facts that are not checked yet: what is of a wrong type stays for the reader to report."""

    def __init__(self, contents: Contents) -> None:
        """`contents` are the records beside which the facts are to be."""
        self._sources = contents.sources
        self._ids = {kind: _ids_by_name(contents.vocabulary, kind) for kind in (*_KINDS.values(), "unit")}

    def __call__(self, keys: dict[str, Any]) -> dict[str, Any]:
        """Return the keys with ids for names and aliases, and with `status`, `when` and `as_of` if they are missing.

        As in `tajsec new fact`, the date of an event is the first one of the statement, and what is not completed
        held when the source says so.
        """
        done = {key: self._resolved(_KINDS[key], value) if key in _KINDS else value for key, value in keys.items()}
        if isinstance(quantities := done.get("quantities"), list):
            done["quantities"] = list(map(self._with_unit, quantities))
        statement = done.get("statement")
        if not isinstance(statement, str):
            return done
        statement = statement[:_READ]
        if "status" not in done:
            quotes = (quote for cite in _tables(done.get("cites")) if isinstance(quote := cite.get("quote"), str))
            done["status"] = drafting.status(statement, quotes)
        if not done.keys() & {"when", "as_of"} and (dates := drafting.dates(statement)):
            done["when"] = dates[0]
        if "as_of" not in done and ("when" not in done or done["status"] != "completed"):
            said = self._said(done)
            done |= {"as_of": said} if said else {}
        return done

    def _resolved(self, kind: TermKind, names: object) -> object:
        return [self._id(kind, name) for name in names] if isinstance(names, list) else names

    def _id(self, kind: TermKind, name: object) -> object:
        return self._ids[kind].get(fold(name), name) if isinstance(name, str) else name

    def _with_unit(self, quantity: object) -> object:
        if not isinstance(quantity, dict) or "unit" not in quantity:
            return quantity
        return {**quantity, "unit": self._id("unit", quantity["unit"])}

    def _said(self, keys: Mapping[str, Any]) -> str:
        """Return the date at which the first cited passage says so, or "" if it is not known."""
        for cite in _tables(keys.get("cites")):
            source, n = self._sources.get(str(cite.get("source"))), cite.get("passage")
            if source and isinstance(n, int) and 1 <= n <= len(source.passages):
                return str(source.passages[n - 1].as_of or source.as_of or source.updated or source.issued or "")
        return ""


def _ids_by_name(vocabulary: Vocabulary, kind: TermKind) -> dict[str, str]:
    """Return the id for each id, name and alias of a kind, folded; ids come first, as `Vocabulary.resolve` has it."""
    terms = vocabulary.of(kind).values()
    found = {fold(term.id): term.id for term in terms}
    for term in terms:
        for name in term.names:
            found.setdefault(fold(name), term.id)
    return found


def _tables(value: object) -> Iterator[Mapping[str, object]]:
    return (each for each in (value if isinstance(value, list) else ()) if isinstance(each, dict))
