"""The vocabulary: terms, and every name by which people mean them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tajsec.errors import UnknownName
from tajsec.model.kinds import TERM_KINDS, Place, TermKind
from tajsec.text.forms import fold
from tajsec.text.spelling import near_names


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A name of the vocabulary with every other name that people use for the same thing."""

    kind: TermKind
    id: str
    name: str
    aliases: tuple[str, ...]
    about: str | None
    part_of: str | None
    place: Place = field(compare=False)

    @property
    def names(self) -> tuple[str, ...]:
        """Every name: id, name, aliases."""
        return (self.id, self.name, *self.aliases)


class Vocabulary:
    """The terms by kind and id, in the order of the files."""

    def __init__(self, terms: Iterable[Term]) -> None:
        """Take the terms; of two with the same kind and id the first stays."""
        self._terms: dict[TermKind, dict[str, Term]] = {kind: {} for kind in TERM_KINDS}
        for term in terms:
            self._terms[term.kind].setdefault(term.id, term)

    def of(self, kind: TermKind) -> Mapping[str, Term]:
        """Give the terms of one kind by id."""
        return self._terms[kind]

    def name(self, kind: TermKind, term_id: str) -> str:
        """Give the name that is shown for an id."""
        return self._terms[kind][term_id].name

    def resolve(self, kind: TermKind, name: str) -> str:
        """Give the id that an id, name or alias stands for, whatever its case and accents.

        Raises UnknownName, with near names, if it stands for none.
        """
        terms = self._terms[kind]
        if name in terms:
            return name
        by_name: dict[str, str] = {}
        for term in terms.values():
            for each in term.names:
                by_name.setdefault(fold(each), term.id)
        found = by_name.get(fold(name))
        if found is None:
            near = dict.fromkeys(by_name[each] for each in near_names(name, by_name))
            raise UnknownName(kind, name, tuple(near), f"tajsec {kind}s")
        return found

    def within(self, kind: TermKind, term_id: str) -> frozenset[str]:
        """Give the id and those of all its parts, and of their parts."""
        found = {term_id}
        while True:
            parts = {term.id for term in self._terms[kind].values() if term.part_of in found} - found
            if not parts:
                return frozenset(found)
            found |= parts
