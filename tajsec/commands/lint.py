"""`tajsec lint`: check the data against every rule."""

from pathlib import Path

import click

from tajsec.cli.options import LISTING, command
from tajsec.cli.replies import json_reply, reply_with_fields, stderr_line
from tajsec.cli.request import Request
from tajsec.cli.terminal import Reply
from tajsec.text.forms import counted


@command("lint", formats=LISTING[1:], filters=False, examples=("tajsec lint", "tajsec lint ./my-facts"))
@click.argument("pack", required=False, type=click.Path(path_type=Path))
def lint(request: Request, pack: Path | None) -> Reply:
    """Check the data against every rule.

    Lists every problem at once; a PACK is checked together with the data it adds to.
    """
    from tajsec.check.lint import lint as check
    from tajsec.data.folders import folders_of
    from tajsec.output.columns import PROBLEM_COLUMNS
    from tajsec.output.to_json import envelope, problem_object
    from tajsec.output.writers import WRITERS

    problems = check(folders_of([*request.packs, *([pack] if pack else [])]))
    records = [problem_object(each) for each in problems]
    status = 2 if problems else 0
    stderr = stderr_line(counted(len(problems), "problem") if problems else "no problem found")
    payload = envelope("lint", "problems", records)
    if request.fields:
        return reply_with_fields(request, payload, "problems", PROBLEM_COLUMNS, status, stderr)
    if request.format == "json":
        return json_reply(payload, status, stderr)
    if request.format == "plain":
        return Reply(text="".join(f"{each}  [{each.code}]\n" for each in problems), stderr=stderr, status=status)
    text = WRITERS[request.format](records, PROBLEM_COLUMNS)
    return Reply(text=text, stderr=stderr, status=status, machine=True)
