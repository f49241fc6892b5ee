"""`tajsec new`: start a pack of one's own, and add documents and facts to it."""

from collections.abc import Callable, Iterable
from pathlib import Path

import click

from tajsec.cli.ask import Answers, Question, Unwritten, next_line
from tajsec.cli.complete import ids_of, packs
from tajsec.cli.groups import group_reply
from tajsec.cli.options import WholeNumber, bare_command, command_group, facts_option
from tajsec.cli.replies import stderr_line
from tajsec.cli.terminal import Environment, Reply
from tajsec.errors import DataError, UsageError
from tajsec.model.kinds import EXTENTS, STATUSES

_PATH = click.Path(path_type=Path)
_PACK = click.option("--pack", required=True, type=_PATH, metavar="DIR", shell_complete=packs,
                     help="The pack: its folder, or the id of a found one.")  # fmt: skip


@command_group("new")
@click.pass_context
def command(context: click.Context) -> Reply | None:
    """Start a pack of your own, and add documents and facts to it.

    On a terminal each asks for what is missing; else options give every value.
    """
    return group_reply(context)


def _key(name: str, about: str, *, metavar: str = "TEXT", many: bool = False, kind: str = "") -> click.Option:
    """Return an option for a key of a record; `kind` is that of the ids that complete it."""
    complete = ids_of(kind) if kind else None
    return click.Option([f"--{name}"], multiple=many, metavar=metavar, help=about, shell_complete=complete)


@bare_command(
    examples=(
        'tajsec new pack my-pack --maintainer "Ada Example"',
        "tajsec new pack theirs --facts own --licence CC-BY-4.0 --maintainer Ada",
    )
)
@click.argument("folder", metavar="DIR", type=_PATH)
@click.option("--id", metavar="ID", help="Its id; made of the folder's name unless given.")
@click.option("--title", metavar="TEXT", help="Its title.")
@click.option("--licence", metavar="SPDX", help="Its licence, such as CC-BY-4.0; proprietary unless given.")
@click.option("--maintainer", multiple=True, metavar="NAME", help="Who answers for it; repeatable.")
@click.option("--facts", type=click.Choice(("added", "own")), default="added", show_default=True,
              help="Read on top of the shipped facts, or with the shipped names alone.")  # fmt: skip
def pack(
    folder: Path, id: str | None, title: str | None, licence: str | None, maintainer: tuple[str, ...], facts: str
) -> Reply:
    """Make the folder of a pack.

    It has pack.toml, folders for facts and sources, an example of a vocabulary, and schemas for editors.
    """
    from tajsec.authoring.additions import by_option
    from tajsec.authoring.new_pack import check_key, make_pack, pack_id, refuse_used
    from tajsec.model.pack import PACK_FILE

    refuse_used(folder)
    answers = _answers()
    proposed = pack_id(folder)
    keys = {
        "id": answers.of(Question("--id", "id", id, proposed), lambda text: check_key("id", text)),
        "version": "0.1.0",
        "title": answers.of(Question("--title", "title", title, proposed.replace("-", " ").capitalize())),
        "licence": answers.of(
            Question("--licence", "licence (SPDX)", licence, "proprietary"), lambda text: check_key("licence", text)
        ),
        "maintainers": answers.several(Question("--maintainer", "who answers for it"), maintainer),
        "facts": facts,
    }
    answers.finish()
    try:
        make_pack(folder, keys)
    except DataError as error:
        options = {"id": "--id", "title": "--title", "licence": "--licence", "maintainers": "--maintainer"}
        raise by_option(error, options, str(folder / PACK_FILE)) from error
    made = f"made {folder}: pack {keys['id']}, licence {keys['licence']}"
    return _reply([made, next_line("new", "source", "FILE", "--pack", folder)])


@bare_command(
    examples=(
        "tajsec new source page.txt --pack my-pack --publisher P --doi 10.1000/182",
        "tajsec new source letter.txt --pack my-pack --publisher P --locator 'box 7'",
    ),
    keys=(
        _key("doi", "Its DOI."), _key("isbn", "Its ISBN."), _key("urn", "Its URN."),
        _key("type", "Its type in CSL: webpage, report, book."),
        _key("author", "An author; repeatable.", metavar="NAME", many=True),
        _key("language", "Its language, such as en."), _key("id", "The id of the record."),
        _key("rights", "public-domain, copyright or the SPDX id of a licence."),
        click.Option(["--extent"], type=click.Choice(EXTENTS), help="Whether all of it was read."),
        facts_option(),
    ),
)  # fmt: skip
@click.argument("file", type=_PATH)
@_PACK
@click.option("--url", metavar="URL", help="Its web address; or one of --doi, --isbn, --urn.")
@click.option("--locator", metavar="TEXT", help="Where it is kept if nobody can look it up: archive, box, page.")
@click.option("--publisher", metavar="NAME", help="Who published it.")
@click.option("--title", metavar="TEXT", help="Its title, if the file does not say it.")
@click.option("--issued", metavar="DATE", help="When it was published: 2024, 2024-03, 2024-03-05.")
def source(file: Path, pack: Path, facts: tuple[str, ...], **given: str | tuple[str, ...] | None) -> Reply:
    """Add the record of a document: a text, a web page, a PDF.

    The record seals each passage by a digest; the document itself stays with you.
    """
    from tajsec.cli.new_source import add_source

    return _reply(add_source(file, pack, facts, given, _answers(), _environment()))


@bare_command(
    examples=(
        "tajsec new fact --pack my-pack --source paper --passage 2",
        "tajsec new fact --pack my-pack --from rows.csv",
    ),
    keys=(
        _key("actor", "Who acts: id, name, or a new ID=NAME; repeatable.", metavar="NAME", many=True, kind="actor"),
        _key("place", "Where; repeatable.", metavar="NAME", many=True, kind="place"),
        _key("person", "Who is named; repeatable.", metavar="NAME", many=True, kind="person"),
        _key("as-of", "When the statement held, if that is not --when.", metavar="DATE"),
        click.Option(["--status"], type=click.Choice(STATUSES), metavar="STATUS", help="How far it is."),
        _key("unit", "A new unit, as ID=NAME; repeatable.", many=True),
        _key("alias", "Another name of the thing; repeatable.", many=True),
        _key("inferred", "KEY=REASON for what the passage does not print; repeatable.", many=True),
        _key("derived", "FIGURE=REASON for what no quote holds; repeatable.", many=True),
        _key("notes", "What a reader should know."), _key("id", "The id of the fact."),
        _key("replace", "Write this fact of the pack anew.", metavar="ID", kind="fact"),
        facts_option(),
    ),
)  # fmt: skip
@_PACK
@click.option("--source", "source_id", metavar="ID", shell_complete=ids_of("source"), help="The source of the fact.")
@click.option("--passage", type=WholeNumber(), metavar="N", help="The number of the passage.")
@click.option(
    "--text", type=_PATH, metavar="FILE", help="Your copy, or a folder of copies, if not in the pack's texts/."
)
@click.option("--statement", metavar="TEXT", help="The fact as one sentence in your own words.")
@click.option("--quote", multiple=True, metavar="TEXT", help="Words of the passage, 12 at most; repeatable.")
@click.option("--topic", multiple=True, metavar="NAME", shell_complete=ids_of("topic"),
              help="What it is about; the first one names its file.")  # fmt: skip
@click.option("--when", metavar="DATE", help="When it happened: 2024, 2024-03-05, 2019/2022; - for none.")
@click.option("--quantity", multiple=True, metavar="TEXT", help="'1.2 million eur about: repairs'; repeatable.")
@click.option("--from", "imported", type=_PATH, metavar="FILE", help="Import facts of a CSV or JSON file as drafts.")
def fact(
    pack: Path, source_id: str | None, passage: int | None, text: Path | None, imported: Path | None,
    facts: tuple[str, ...], **given: str | tuple[str, ...] | None,
) -> Reply:  # fmt: skip
    """Add a fact from a passage, in which figures, dates and names are found."""
    if imported:
        from tajsec.cli.new_fact import import_facts

        of_one = {"source": source_id or "", "passage": str(passage or "")}
        return _written(lambda: import_facts(imported, pack, facts, text, {**of_one, **given}, _environment()))
    if (source_id is None or passage is None) and not _environment().asks:
        missing = " and ".join(name for name, value in (("--source", source_id), ("--passage", passage)) if not value)
        raise UsageError(f"{missing} missing; `tajsec sources --facts {pack}` lists the sources")
    from tajsec.cli.new_fact import add_fact

    return _written(lambda: add_fact(pack, facts, source_id, passage, text, given, _answers(), _environment()))


command.add_command(pack)
command.add_command(source)
command.add_command(fact)


def _environment() -> Environment:
    found: Environment = click.get_current_context().obj
    return found


def _answers() -> Answers:
    return Answers(asks=_environment().asks)


def _reply(lines: Iterable[str]) -> Reply:
    return Reply(text="".join(f"{line}\n" for line in lines))


def _written(write: Callable[[], Iterable[str]]) -> Reply:
    """Return what was done, or why nothing was written: what there is to correct or choose from, and the error."""
    try:
        return _reply(write())
    except Unwritten as error:
        return _reply(error.lines)._replace(stderr=stderr_line(f"error: {error}"), status=2)
