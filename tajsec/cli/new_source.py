"""The form of `tajsec new source`: what a document says of itself, what the options say, and what a person answers."""

from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tajsec.authoring.additions import Additions, by_option
from tajsec.check.aspects import figures_in_context
from tajsec.cli.ask import Answers, Question, next_line
from tajsec.cli.pack_data import pack_data
from tajsec.data.read import read_source
from tajsec.documents.proposals import Proposals, propose
from tajsec.documents.read import Document, read_document, text_document
from tajsec.documents.seal import Sealed, id_of, seal
from tajsec.errors import DataError, UsageError
from tajsec.model.records import WHEREABOUTS, Source
from tajsec.text.figures import TIME_UNITS
from tajsec.text.forms import counted, digest, refused
from tajsec.text.identifiers import is_doi, is_isbn, is_urn
from tajsec.text.urls import is_web_address

if TYPE_CHECKING:
    from tajsec.cli.terminal import Environment

Given = Mapping[str, str | tuple[str, ...] | None]

_LINE = 110
"""Columns of the list of passages where no terminal says how many it has."""
_LOOKED_THROUGH, _MOST_READ = 50, 2000
"""Claims with a digit, and characters of each, in which the first count is looked for: it is a suggestion."""
_MAX_PROPOSAL = 300
"""Characters of a proposal: a longer title is a paragraph."""
_TYPES = {"html": "webpage", "pdf": "report"}
"""The type that is proposed for a kind of file; `document` for any other."""


def add_source(
    file: Path, pack: Path, names: Sequence[str], given: Given, answers: Answers, environment: "Environment"
) -> list[str]:
    """Write the record of a document into a pack, and return what was done and what comes next.

    Raises UsageError for a document that cannot be read, for wrong or missing values and for a document that the pack
    has already, DataError if the data with the record do not read. Nothing is written then.
    """
    data = pack_data(pack, names, environment)
    pack = data.folder
    document = read_document(file)
    for source in data.checked.contents.sources.values():
        if source.file == document.name and source.text_sha256 == digest(document.text):
            raise UsageError(f"{file}: is sealed as {source.id} already; type tajsec show {source.id} --facts {pack}")
    proposals = propose(document)
    answers.show([proposals.title, *_view(seal(document), environment.width)])
    keys = _keys(document, proposals, given, answers)
    answers.finish()
    identity = str(keys.pop("id"))
    sealed = seal(document, id=identity, keys=keys)
    name = f"seeds/{identity}.toml"
    label = f"{pack}/{name}"
    _checked(sealed.record, label)
    if (pack / name).exists():
        raise UsageError(f"--id: {label} exists already; name another id")
    additions = Additions(pack)
    additions.put(name, sealed.record)
    checked = additions.read(data.sets, data.checked.files)
    additions.write()
    claims = [passage for passage in sealed.passages if passage.role == "claim"]
    listed = "them" if checked.problems[1:] else "it"
    to_dos = f"{counted(len(checked.problems), 'to-do')}; tajsec lint {pack} lists {listed}"
    return [
        *([] if answers.asks else _view(sealed)),
        f"wrote {label}: {counted(len(sealed.passages), 'passage')}, {counted(len(claims), 'claim')}",
        *(f"  {line}" for line in _taken(read_source(sealed.record, label))),
        f"lint: {to_dos if checked.problems else 'no problem'}",
        *_next(sealed, pack, identity, file, label),
    ]


def _view(sealed: Sealed, width: int = _LINE) -> list[str]:
    """Return a line for each passage: its number, role, and first words, as many as fit."""
    lines = (f"{row.n:4}  {row.role:9}  {text}" for row, text in zip(sealed.passages, sealed.lines, strict=True))
    return [line if len(line) <= width else f"{line[: width - 1]}…" for line in lines]


def _taken(source: Source) -> list[str]:
    """Return what the record says of the document, so that what the file told is read over."""
    issued = f"issued: {source.issued or 'not known'}"
    if source.issued and source.issued.is_uncertain:
        issued += " (unsure: the day on which the file says it was made; --issued gives the right one)"
    return [f"title: {source.title}", f"author: {'; '.join(source.author) or 'none'}", issued]


def _next(sealed: Sealed, pack: Path, identity: str, file: Path, label: str) -> list[str]:
    """Return the lines that name the next commands."""
    first = _first_claim(sealed)
    if first is None:
        return [f'no passage makes a claim; write role = "claim" in {label} for those that do']
    left = next_line("coverage", "--todo", "--facts", pack, "--source", identity, "--text", file)
    return [
        next_line("new", "fact", "--pack", pack, "--source", identity, "--passage", first),
        f"{left.replace('next:', 'or:')}   (what is left to cite)",
    ]


def _first_claim(sealed: Sealed) -> int | None:
    """Return the number of the first claim that counts something, else of the first one; None without a claim."""
    claims = [passage.n for passage in sealed.passages if passage.role == "claim"]
    with_digits = (n for n in claims if any(map(str.isdigit, sealed.lines[n - 1])))
    counting = (n for n in islice(with_digits, _LOOKED_THROUGH) if _counts(sealed.lines[n - 1][:_MOST_READ]))
    return next(counting, next(iter(claims), None))


def _counts(text: str) -> bool:
    """True if a text has a figure besides dates."""
    found = figures_in_context(text)
    return any(each.role == "count" and each.figure.is_claim and each.figure.unit not in TIME_UNITS for each in found)


def _keys(document: Document, proposals: Proposals, given: Given, answers: Answers) -> dict[str, Any]:
    """Return the keys of the record, from the options, the document, and the answers."""
    whereabouts = {key: given.get(key) for key in WHEREABOUTS if given.get(key)}

    def text(key: str, label: str, proposal: str = "", *, is_required: bool = True) -> str:
        value = given.get(key)
        question = Question(f"--{key}", label, value if isinstance(value, str) else None, _clean(proposal), is_required)
        return answers.of(question, _check_of(key))

    keys: dict[str, Any] = {
        "title": text("title", "title", proposals.title),
        "publisher": text("publisher", "publisher", document.publisher or ""),
        **(whereabouts or _found_at(document, answers)),
        "issued": text("issued", "published (2024-03-05, 2024)", str(proposals.issued or ""), is_required=False),
        "type": text("type", "type (CSL)", _TYPES.get(document.kind, "document")),
        "author": answers.several(
            Question("--author", "author", None, _clean("; ".join(proposals.author)), is_required=False),
            _many(given.get("author")), mark=";",
        ),
        "language": text("language", "language", proposals.language),
        "id": text("id", "id of the record", id_of(document.name)),
        "rights": given.get("rights"),
        "extent": given.get("extent"),
    }  # fmt: skip
    return {key: value for key, value in keys.items() if value}


def _found_at(document: Document, answers: Answers) -> dict[str, str]:
    """Return where the document is found, by the key that the answer has the form of."""
    options = "--url, --doi, --isbn, --urn or --locator"
    label = "where it is found (address, DOI, ISBN, URN, or in words: archive, box, page)"
    answer = answers.of(Question(options, label, None, _clean(document.url or "")))
    kinds: tuple[tuple[str, Callable[[str], bool]], ...] = (
        ("url", is_web_address), ("doi", is_doi), ("isbn", is_isbn), ("urn", is_urn),
    )  # fmt: skip
    key = next((key for key, is_one in kinds if is_one(answer)), "locator")
    return {key: answer} if answer else {}


def _many(value: str | tuple[str, ...] | None) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _clean(proposal: str) -> str:
    """Return a proposal, or "" if a record may not contain it."""
    return "" if refused(proposal) or len(proposal) > _MAX_PROPOSAL else proposal


def _check_of(key: str) -> Callable[[str], None]:
    """Return the check of one key, by the reader: that of a record whose other keys are right."""

    def check(value: str) -> None:
        right = {"publisher": "P", "locator": "L", key: value}
        identity = str(right.pop("id", "a"))
        _checked(seal(text_document("A word.", "a.txt"), id=identity, keys=right).record, "")

    return check


def _checked(record: str, label: str) -> None:
    """Raise UsageError, which names the option, for a record that the reader refuses."""
    try:
        read_source(record, label)
    except DataError as error:
        keys = (*WHEREABOUTS, *"id type title author publisher issued language rights extent".split())
        raise by_option(error, {key: f"--{key}" for key in keys}, label) from error
