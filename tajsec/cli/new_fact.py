"""The form of `tajsec new fact`: proposals from the passage, what the options say, and what a person answers."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from tajsec.authoring import drafting
from tajsec.authoring.additions import Additions, by_option, own_copy
from tajsec.authoring.completing import Completion
from tajsec.authoring.importing import drafts_from, id_of
from tajsec.authoring.new_pack import VOCABULARY_FILE
from tajsec.authoring.toml_edit import with_records, without_record
from tajsec.check.quoted_share import is_limited
from tajsec.check.quotes import flaw
from tajsec.cli.ask import Answers, Question, Unwritten, next_line
from tajsec.cli.choose import chosen_passage, chosen_source
from tajsec.cli.fact_checks import Said, refuse_unmatched, said_of
from tajsec.cli.pack_data import PackData, pack_data
from tajsec.data.table import is_id
from tajsec.errors import DataError, UnknownName, UsageError
from tajsec.model.kinds import STATUSES, TERM_KINDS, TermKind
from tajsec.model.records import Fact, Source
from tajsec.model.vocabulary import Term, Vocabulary
from tajsec.text import dates
from tajsec.text.figures import date_keys
from tajsec.text.forms import counted

if TYPE_CHECKING:
    from tajsec.cli.terminal import Environment

LIST = "?"
"""What a person answers to see the ids of the vocabulary."""

Given = Mapping[str, str | tuple[str, ...] | None]

_OPTIONS = {
    "id": "--id", "statement": "--statement", "actors": "--actor", "topics": "--topic", "when": "--when",
    "as_of": "--as-of", "status": "--status", "quantities": "--quantity", "places": "--place", "people": "--person",
    "aliases": "--alias", "cites": "--quote", "inferred": "--inferred", "derived": "--derived", "notes": "--notes",
    "name": "ID=NAME",
}  # fmt: skip
"""The option for each key of a fact."""
_VALUES = {"--actor": "ID=NAME", "--topic": "ID", "--as-of": "DATE"}
"""What stands for the value of a missing option in the line to type."""


def add_fact(
    pack: Path, names: Sequence[str], source_id: str | None, passage: int | None, text: Path | None, given: Given,
    answers: Answers, environment: "Environment",
) -> list[str]:  # fmt: skip
    """Write a fact into a pack, and return what was done, what lint and verify say of it, and what comes next.

    A person is asked for the source and the passage if they are None; `given` has the fact to replace as `replace`.
    Raises UsageError for wrong or missing values, DataError if the data with the fact do not read: then nothing is
    written.
    """
    data = pack_data(pack, names, environment)
    pack = data.folder
    replaced = _replaced(data, given, pack)
    source = _source(data, source_id or chosen_source(data, pack, answers), pack)
    path, copy = own_copy(source, pack, text)
    passage = passage or chosen_passage(data, source, copy, answers, environment.width)
    if passage > len(copy.lines):
        raise UsageError(f"--passage {passage}: {source.id} has passages 1 to {len(copy.lines)}; name one of them")
    words = copy.lines[passage - 1].text
    shown = [f"{source.id}, passage {passage}:", f"  {words}"]
    answers.show(shown)
    form = _Form(data.checked.contents.vocabulary, given, answers)
    keys = form.keys(source, passage, words, _taken(data, replaced))
    typed = ["--pack", pack, "--source", source.id, "--passage", passage, *(["--text", text] if text else [])]
    typed += [word for name in names for word in ("--facts", name)]
    answers.finish(
        lambda: [*shown, *_found_lines(answers), next_line("new", "fact", *typed, *_options(given, answers))]
    )
    file = f"facts/{keys['topics'][0]}.toml"
    additions = _additions(pack, file, keys, form.terms, replaced)
    said = _checked(data, additions, file, keys, path, source, answers)
    additions.write()
    review = pack / "facts" / "reviews" / f"{source.id}.toml"
    return [
        f"wrote {additions.label(file)}: fact {keys['id']}",
        *(f"  {line}" for line in _summary(keys)),
        *_term_lines(additions, form.terms),
        *([] if answers.asks else said.lines),
        next_line("verify", "--facts", pack, "--source", source.id, "--text", path, "--record", review),
    ]


def _checked(
    data: PackData, additions: Additions, file: str, keys: Mapping[str, Any], path: Path, source: Source,
    answers: Answers,
) -> Said:  # fmt: skip
    """Return what lint and verify say of a fact that is to be written.

    Raises DataError if the data with it do not read, and UsageError if a figure has no evidence or a person stops.
    """
    try:
        checked = additions.read(data.sets, data.checked.files)
    except DataError as error:
        raise by_option(error, _OPTIONS, additions.label(file)) from error
    said = said_of(checked, keys["id"], path, source)
    answers.show(said.lines)
    if not answers.asks:
        refuse_unmatched(said, keys["statement"], checked.contents)
    if not answers.confirm(f"write {keys['id']} to {additions.label(file)}?", proposal=not said.unmatched):
        raise UsageError("stopped; nothing is written")
    return said


def _additions(
    pack: Path, file: str, keys: Mapping[str, Any], terms: Iterable[Term], replaced: Fact | None
) -> Additions:  # fmt: skip
    """Return the files of a pack with a fact and its new names, and without the fact that it replaces."""
    additions = Additions(pack)
    _put_terms(additions, terms)
    if replaced:
        _take_out(additions, replaced)
    additions.put(file, with_records(additions.text(file), additions.label(file), "fact", [keys]))
    return additions


def _found_lines(answers: Answers) -> list[str]:
    """Return what is proposed, each as the option that would say it."""
    from shlex import join

    options = [f"  {join(pair)}" for pair in answers.proposed]
    return ["found in it; what the statement says comes first:", *options] if options else []


def _options(given: Given, answers: Answers) -> list[str]:
    """Return the options that were given, and behind them the missing ones, each with a word for its value."""
    words = list[str]()
    for key, value in given.items():
        for each in value if isinstance(value, tuple) else filter(None, [value]):
            words += [f"--{key.replace('_', '-')}", each]
    return words + [word for option in answers.missing for word in (option, _VALUES.get(option, "TEXT"))]


def import_facts(
    file: Path, pack: Path, names: Sequence[str], text: Path | None, given: Given, environment: "Environment"
) -> list[str]:  # fmt: skip
    """Write the facts of a CSV or JSON file into a pack as drafts, all or none, and return what was done.

    A cite without a quote gets those that are proposed from the copy of its source, which is in the file or folder
    `text` or with the pack. Of the options new names count, such as `--unit ID=NAME`; UsageError is raised for others,
    as the rows say the rest, and for a copy that is not there. Raises Unwritten with a line for each mistake of the
    file, DataError for a single one.
    """
    data = pack_data(pack, names, environment)
    pack = data.folder
    mine = next(each for each in data.sets if each.facts_label == f"{pack}/facts")
    terms = _new_terms(data.checked.contents.vocabulary, given)
    vocabulary = drafting.with_terms(data.checked.contents.vocabulary, terms)
    known = replace(data.checked.contents, vocabulary=vocabulary)
    copy_of = cache(lambda source_id: own_copy(known.sources[source_id], pack, text)[1])
    completion = Completion(known, lambda source, n: copy_of(source.id).lines[n - 1].text)
    imported = drafts_from(file, known, mine, completion)
    if len(imported.problems) > 1:
        what = f"{file}: {len(imported.problems)} problems; mend the rows, nothing is written"
        raise Unwritten(what, (f"{each}  [{each.code}]" if each.code else str(each) for each in imported.problems))
    if imported.problems:
        raise DataError(imported.problems)
    additions = Additions(pack)
    _put_terms(additions, terms)
    topics = dict.fromkeys(str(fact["topics"][0]) for fact in imported.facts)
    for topic in topics:
        name = f"facts/{topic}.toml"
        records = [fact for fact in imported.facts if fact["topics"][0] == topic]
        additions.put(name, with_records(additions.text(name), additions.label(name), "fact", records))
    additions.read(data.sets, data.checked.files)
    additions.write()
    files = ", ".join(f"{pack}/facts/{topic}.toml" for topic in topics)
    return [
        f"wrote {counted(len(imported.facts), 'draft')} to {files}",
        *_term_lines(additions, terms),
        next_line("lint", pack),
    ]


def _new_terms(vocabulary: Vocabulary, given: Given) -> list[Term]:
    """Return the names that options make with `--from`. Raises UsageError for options that are of a single fact."""
    form = _Form(vocabulary, {}, Answers(asks=False))
    for key, value in given.items():
        option = f"--{key.replace('_', '-')}"
        if value and key not in TERM_KINDS:
            raise UsageError(f"{option}: is of one fact, and with --from the rows say it; leave it out")
        for text in value or ():
            if "=" not in text:
                raise UsageError(
                    f"{option}: {text!r} is no ID=NAME; with --from it makes a new name, which rows may use"
                )
            form.add_term(cast("TermKind", key), text, option)
    return form.terms


def _replaced(data: PackData, given: Given, pack: Path) -> Fact | None:
    """Return the fact of the pack that is to be replaced, or None. Raises UsageError if the pack does not have it."""
    wanted = given.get("replace")
    facts = {fact.id: fact for fact in data.checked.contents.facts if fact.place.file.startswith(f"{pack}/")}
    if not isinstance(wanted, str):
        return None
    if wanted not in facts:
        from tajsec.text.spelling import near_names

        raise UnknownName("fact", wanted, near_names(wanted, facts), f"tajsec list --facts {pack}")
    return facts[wanted]


def _taken(data: PackData, replaced: Fact | None) -> dict[str, str]:
    """Return where each fact stands, by its id, but for the one that is to be replaced."""
    facts = data.checked.contents.facts
    return {fact.id: f"{fact.place.file}:{fact.place.line}" for fact in facts if fact is not replaced}


def _take_out(additions: Additions, fact: Fact) -> None:
    name = fact.place.file.removeprefix(f"{additions.pack}/")
    text = without_record(additions.text(name), additions.label(name), ("fact", fact.place.index))
    additions.put(name, text)


def _source(data: PackData, source_id: str, pack: Path) -> Source:
    sources = data.checked.contents.sources
    if source_id not in sources:
        from tajsec.text.spelling import near_names

        raise UnknownName("source", source_id, near_names(source_id, sources), f"tajsec sources --facts {pack}")
    return sources[source_id]


class _Form:
    """Makes the keys of a fact; `terms` are the names among them that the vocabulary does not have."""

    def __init__(self, vocabulary: Vocabulary, given: Given, answers: Answers) -> None:
        self._vocabulary, self._given, self._answers = vocabulary, given, answers
        self.terms = list[Term]()
        for text in self._many("unit"):
            self.add_term("unit", text, "--unit")

    def _many(self, name: str) -> tuple[str, ...]:
        value = self._given.get(name)
        return value if isinstance(value, tuple) else ()

    def _one(self, key: str, label: str, proposal: str = "", *, check: Callable[[str], object] = str,
             is_required: bool = False) -> str:  # fmt: skip
        value = self._given.get(key)
        option = f"--{key.replace('_', '-')}"
        question = Question(option, label, value if isinstance(value, str) else None, proposal, is_required)
        return self._answers.of(question, check)

    def keys(self, source: Source, passage: int, words: str, taken: Mapping[str, str]) -> dict[str, Any]:
        """Return the keys of the fact, without those that have no value; `taken` says where the ids of others stand."""
        statement = self._one("statement", "the fact in your own words, as one sentence", is_required=True)
        spoken = source.passages[passage - 1].as_of or source.as_of or source.updated or source.issued
        known = date_keys([source.issued, source.updated, source.as_of, source.passages[passage - 1].as_of])
        quotes = self._quotes(statement, words, known, is_whole=not is_limited(source))
        actors = self._names("actor", "actors", (statement, words), is_required=True)
        topics = self._names("topic", "topics", (statement, words), is_required=True)
        when = self._one("when", "when it happened (EDTF, - for none)", self._when(statement, words), check=_date)
        status = self._one("status", "status", drafting.status(statement, quotes), check=_status)
        needs_as_of = status != "completed" or not when
        as_of = self._one(
            "as_of", "when the statement held", str(spoken or "") if needs_as_of else "",
            check=_date, is_required=needs_as_of,
        )  # fmt: skip
        quantities = self._quantities(statement or drafting.opening(words))
        keys: dict[str, Any] = {
            "id": self._id(statement, taken),
            "statement": statement,
            "actors": actors,
            "topics": topics,
            "when": when,
            "as_of": as_of,
            "status": status,
            "quantities": quantities,
            "places": self._names("place", "places", (statement, words)),
            "people": self._names("person", "people", (statement, words)),
            "aliases": list(self._many("alias")),
            "cites": [{"source": source.id, "passage": passage, "quote": quote} for quote in quotes],
            "inferred": _pairs("--inferred", self._many("inferred")),
            "derived": _pairs("--derived", self._many("derived")),
            "notes": self._given.get("notes"),
        }
        return {key: value for key, value in keys.items() if value}

    def _id(self, statement: str, taken: Mapping[str, str]) -> str:
        def check(text: str) -> None:
            if text in taken:
                advice = f"name another, or write that fact anew: --replace {text}"
                raise UsageError(f"--id: {text!r} is in {taken[text]} already; {advice}")

        replaced = self._given.get("replace")
        if isinstance(replaced, str):
            return replaced
        proposal = id_of(statement, taken) if statement else ""
        return self._one("id", "id", proposal, check=check, is_required=bool(statement))

    def _quotes(self, statement: str, words: str, known: Iterable[Any], *, is_whole: bool) -> list[str]:
        proposed = drafting.quotes(statement or drafting.opening(words), words, proven=set(known), whole=is_whole)

        def check(quote: str) -> None:
            if quote not in proposed and (problem := flaw(quote, words)):  # proposals have none
                what = "is not in the passage" if problem[0] == "absent" else f"is cut out of “{problem[1]}”"
                raise UsageError(f"--quote: “{quote}” {what}; take the words as they stand there")

        question = Question("--quote", "quotes, with | between two", None, " | ".join(proposed), bool(statement))
        return self._answers.several(question, self._many("quote"), check, mark="|")

    def _when(self, statement: str, words: str) -> str:
        return next(iter(drafting.dates(statement) or drafting.dates(words)), "")

    def _names(self, kind: TermKind, label: str, texts: Sequence[str], *, is_required: bool = False) -> list[str]:
        """Return ids of a kind; a name that is written as ID=NAME becomes a term."""
        proposed = drafting.named(kind, texts, self._vocabulary)
        label += f" (id, name, or a new ID=NAME; {LIST} lists them)"
        question = Question(f"--{kind}", label, None, ", ".join(proposed), is_required)
        option = f"--{kind}"
        answers = self._answers.several(question, self._many(kind), lambda text: self._resolved(kind, text, option))
        return list(dict.fromkeys(self.add_term(kind, each, option) for each in answers))

    def _resolved(self, kind: TermKind, text: str, option: str) -> str:
        """Return the id that a name means. Raises UsageError for an unknown name, or an id that is taken."""
        if text == LIST:
            raise UsageError(f"{option}: {', '.join([*self._vocabulary.of(kind), *self._new(kind)])}")
        identity, equals, name = (part.strip() for part in text.partition("="))
        if not equals:
            known = drafting.with_terms(self._vocabulary, self.terms)
            try:
                return known.resolve(kind, text)
            except UnknownName as error:
                near = f"did you mean {' or '.join(error.near)}? " if error.near else ""
                new = f"{text}=ITS NAME" if is_id(text) else f"{id_of(text)}={text}"
                raise UsageError(f"{option}: unknown {kind} {text!r}; {near}a new one is written '{new}'") from error
        if not (is_id(identity) and name):
            raise UsageError(f"{option}: {text!r} is no ID=NAME; write both, as in 'road-ministry=Ministry of Roads'")
        if identity in self._vocabulary.of(kind):
            known_name = self._vocabulary.name(kind, identity)
            raise UsageError(f"{option}: {identity!r} is {known_name} already; write {identity}, or another id")
        return identity

    def _new(self, kind: TermKind) -> list[str]:
        return [term.id for term in self.terms if term.kind == kind]

    def add_term(self, kind: TermKind, text: str, option: str) -> str:
        """Return the id that a name means; a new one becomes one of `terms`."""
        identity = self._resolved(kind, text, option)
        if "=" in text and (kind, identity) not in {(term.kind, term.id) for term in self.terms}:
            self.terms.append(Term(kind=kind, id=identity, name=text.partition("=")[2].strip()))
        return identity

    def _quantities(self, statement: str) -> list[dict[str, Any]]:
        known = drafting.with_terms(self._vocabulary, self.terms)
        proposed = drafting.quantities(statement, known)
        shown = "; ".join(map(drafting.typed, proposed.tables))
        question = Question("--quantity", "figures, as in '1.2 million eur about: repairs; ...'", None, shown, False)
        asked = self._answers.several(
            question, self._many("quantity"), lambda text: drafting.quantity(text, known), mark=";"
        )
        found = [drafting.quantity(each, known) for each in asked]
        for each in found:
            for unit, name in each.new_units.items():
                if all((term.kind, term.id) != ("unit", unit) for term in self.terms):
                    self.terms.append(Term(kind="unit", id=unit, name=name))
        return [table for each in found for table in each.tables]


def _date(text: str) -> None:
    try:
        dates.parse(text)
    except ValueError as error:
        raise UsageError(f"{text!r}: {error}") from error


def _status(text: str) -> None:
    if text not in STATUSES:
        raise UsageError(f"{text!r} is none of {', '.join(STATUSES)}")


def _pairs(option: str, texts: Iterable[str]) -> dict[str, str]:
    """Return `KEY=REASON` texts as a table."""
    found = {}
    for text in texts:
        key, _, value = (part.strip() for part in text.partition("="))
        if not (key and value):
            raise UsageError(f"{option}: {text!r} has no reason; write KEY=REASON")
        found[key] = value
    return found


def _term_lines(additions: Additions, terms: Iterable[Term]) -> list[str]:
    return [f"  new {term.kind} {term.id} ({term.name}) in {additions.label(VOCABULARY_FILE)}" for term in terms]


def _put_terms(additions: Additions, terms: Iterable[Term]) -> None:
    for term in terms:
        record: dict[str, Any] = {"id": term.id, "name": term.name}
        if drafting.is_acronym(term.id, term.name):
            record["aliases"] = [term.id.upper()]
        text = with_records(additions.text(VOCABULARY_FILE), additions.label(VOCABULARY_FILE), term.kind, [record])
        additions.put(VOCABULARY_FILE, text)


def _summary(keys: Mapping[str, Any]) -> list[str]:
    """Return the statement, the quotes, and the values that were proposed or given, each on a line."""
    lines = [str(keys["statement"]), *(f"“{cite['quote']}”" for cite in keys["cites"])]
    lines += [f"{key}: {', '.join(keys[key])}" for key in ("actors", "topics", "places", "people") if key in keys]
    lines += [f"{key}: {keys[key]}" for key in ("when", "as_of", "status") if key in keys]
    return lines + [f"figure: {drafting.typed(each)}" for each in keys.get("quantities", ())]
