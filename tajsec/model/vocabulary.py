"""The vocabulary: terms, and every name that people use for them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tajsec.errors import UnknownName
from tajsec.model.kinds import TERM_KINDS, TermKind
from tajsec.model.place import COMPILED, Place
from tajsec.text.forms import fold
from tajsec.text.spelling import near_names


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """An actor, person, topic, place, unit, or word with synonyms (kind `term`), with every name people use for it."""

    kind: TermKind
    id: str
    name: str
    aliases: tuple[str, ...] = ()
    about: str | None = None
    part_of: str | None = None
    """The id of the term of the same kind that this one is part of."""
    extends: str | None = None
    """The id of the pack with the term that gets these aliases; `tajsec.data.read` joins the two to one."""
    place: Place = field(default=COMPILED, compare=False)

    @property
    def names(self) -> tuple[str, ...]:
        """Every name: id, name, aliases."""
        return (self.id, self.name, *self.aliases)


class Vocabulary:
    """The terms by kind and id, in the order of the files."""

    def __init__(self, terms: Iterable[Term]) -> None:
        """Keep the first of several terms with the same kind and id."""
        self._terms: dict[TermKind, dict[str, Term]] = {kind: {} for kind in TERM_KINDS}
        for term in terms:
            self._terms[term.kind].setdefault(term.id, term)

    def of(self, kind: TermKind) -> Mapping[str, Term]:
        """Return the terms of one kind by id."""
        return self._terms[kind]

    def name(self, kind: TermKind, term_id: str) -> str:
        """Return the main name of an id."""
        return self._terms[kind][term_id].name

    def resolve(self, kind: TermKind, name: str) -> str:
        """Return the id of the term with this id, name or alias; case and accents are ignored.

        Raises UnknownName, with similar names, if there is none.
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
        """Return the ids of a term, of its parts, and of their parts."""
        found = {term_id}
        while True:
            parts = {term.id for term in self._terms[kind].values() if term.part_of in found} - found
            if not parts:
                return frozenset(found)
            found |= parts
