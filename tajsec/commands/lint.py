"""`tajsec lint`: check the data against every rule."""

from pathlib import Path

import click

from tajsec.cli.options import LISTING, command
from tajsec.cli.replies import json_reply, reply_with, reply_with_fields, talk_line
from tajsec.cli.request import Ask
from tajsec.cli.terminal import Reply
from tajsec.text.forms import counted


@command(
    "lint",
    formats=LISTING[1:],
    filters=False,
    examples=("tajsec lint ./my-facts", "tajsec lint --codes"),
)
@click.argument("pack", required=False, type=click.Path(path_type=Path))
@click.option("--codes", is_flag=True, help="List the codes of problems and what each asks for; check nothing.")
def lint(ask: Ask, pack: Path | None, codes: bool) -> Reply:
    """Check the data against every rule.

    Lists every problem at once; a PACK is checked together with the data it adds to.
    """
    if codes:
        return _codes(ask)
    from tajsec.check.lint import lint as check
    from tajsec.data.folders import folders_of
    from tajsec.output.columns import PROBLEM_COLUMNS
    from tajsec.output.to_json import envelope, problem_object
    from tajsec.output.writers import WRITERS

    problems = check(folders_of([*ask.packs, *([pack] if pack else [])]))
    records = [problem_object(each) for each in problems]
    status = 2 if problems else 0
    talk = talk_line(counted(len(problems), "problem") if problems else "no problem found")
    payload = envelope("lint", "problems", records)
    if ask.fields:
        return reply_with_fields(ask, payload, "problems", PROBLEM_COLUMNS, status, talk)
    if ask.format == "json":
        return json_reply(payload, status, talk)
    if ask.format == "plain":
        return Reply(text="".join(f"{each}  [{each.code}]\n" for each in problems), talk=talk, status=status)
    text = WRITERS[ask.format](records, PROBLEM_COLUMNS)
    return Reply(text=text, talk=talk, status=status, machine=True)


def _codes(ask: Ask) -> Reply:
    from tajsec.check.lint import codes
    from tajsec.output.columns import CODE_COLUMNS
    from tajsec.output.to_json import envelope

    records = [{"code": code, "about": about} for code, about in codes().items()]
    return reply_with(ask, envelope("codes", "codes", records), "codes", CODE_COLUMNS, str)
