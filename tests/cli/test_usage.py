"""What is mistyped is answered with near names."""

from collections.abc import Callable

import pytest

from tajsec.cli.terminal import Reply

Run = Callable[..., Reply]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("serch radios", "unknown command 'serch'; did you mean tajsec search radios?"),
        ("help serch", "unknown command or topic 'serch'; did you mean search?"),
        ("help fromats", "unknown command or topic 'fromats'; did you mean formats?"),
        ("help blorptwix", "unknown command or topic 'blorptwix'; `tajsec help` lists them"),
        ("search --acter nato", "unknown option '--acter'; did you mean --actor?"),
        ("search --blorp", "unknown option '--blorp'; `tajsec search --help` lists them"),
        ("search -nato", "unknown option '-nato'; behind -- it leaves out a word: `tajsec search -- ... -nato`"),
        ("search -- -nato", "'-nato' only leaves something out; name what you look for as well"),
        ("verify -q", "unknown option '-q'; `tajsec verify --help` lists them"),
        ("radios", "unknown command 'radios'; did you mean tajsec search radios?"),
        ("--json night vision --limit 3",
         "unknown command 'night'; did you mean tajsec --json search night vision --limit 3?"),
        ("it's", """unknown command "it's"; did you mean tajsec search 'it'"'"'s'?"""),
        ("find radios", "unknown command 'find'; did you mean tajsec search radios?"),
        ("diff a b", "unknown command 'diff'; did you mean tajsec differences a b or tajsec changes a b?"),
        ("bibtex an-id", "unknown command 'bibtex'; did you mean tajsec cite --style bibtex an-id?"),
        ("--jsn list", "unknown option '--jsn'; did you mean --json?"),
        ("--actor nato list",
         "unknown option '--actor'; a command's own come after its name; `tajsec --help` lists the commands"),
        ("--json", "no command behind the options; name one, as in `tajsec --json list`; `tajsec` lists them"),
        ("--json completion bash", "unknown option '--json'; `tajsec completion --help` lists them"),
        ("actors --format html", "--format html: html is for search, list, show, timeline, summary, differences, "
         "factcheck; here name one of table, plain, json, jsonl, csv, tsv, markdown"),
        ("list --format atom", "--format atom: atom is for changes; "
         "here name one of table, plain, json, jsonl, csv, tsv, markdown, html"),
        ("list --format docx", "--format docx: did you mean --format html?"),
        ("show x --format bibtex", "--format bibtex: did you mean tajsec cite ID --style bibtex?"),
        ("list --format=xlsx", "--format xlsx: did you mean --format csv?"),
        ("list --from 2012", "unknown option '--from'; did you mean --since?"),
        ("list --year 2021", "unknown option '--year'; did you mean --since 2021 --until 2021?"),
        ("list --year=2021", "unknown option '--year'; did you mean --since 2021 --until 2021?"),
        ("search radios -o out.csv", "unknown option '-o'; did you mean > out.csv?"),
        ("list --out", "unknown option '--out'; did you mean > VALUE?"),
        ("list --sort date", "--sort date: did you mean when?"),
        ("list --csv", "unknown option '--csv'; did you mean --format csv?"),
        ("list --limit 1 --offset 0 --limit 1", "--limit: given twice; keep one"),
        ("--color never list --color=always", "--color: given twice; keep one"),
        ("list --since 2012 --since 2013", "--since: given twice; keep one"),
        ("list --since 2013 --until 2012", "--until 2012 is before --since 2013; exchange the two"),
        ("list --format jsn", "--format jsn: did you mean json?"),
        ("list --format=jsn", "--format jsn: did you mean json?"),
        ("list --status plannd", "--status plannd: did you mean planned?"),
        ("list --color x", "--color x: none of auto, always, never; name one"),
        ("completion fihs", "SHELL fihs: did you mean fish?"),
        ("completion", "SHELL is missing; `tajsec completion --help` shows how"),
        ("list --limit x",
         "--limit: 'x' is no whole number; write one in the digits 0 to 9; `tajsec list --help` shows how"),
        ("list --limit", "option '--limit' requires an argument; `tajsec list --help` shows how"),
        ("timeline nato", "unexpected 'nato'; did you mean tajsec timeline --actor nato?"),
        ("list nato --actor us --limit 3 planned",
         "unexpected 'nato planned'; did you mean tajsec list --actor us --limit 3 --actor nato --status planned?"),
        ("list radios", "unexpected 'radios'; did you mean tajsec search radios?"),
        ("list radios-delivered", "unexpected 'radios-delivered'; did you mean tajsec show radios-delivered?"),
        ("topics equipment", "unexpected 'equipment'; did you mean tajsec summary equipment?"),
        ("sources nato-2017", "unexpected 'nato-2017'; did you mean tajsec show nato-2017?"),
        ("actors НАТО", "unexpected 'НАТО'; did you mean tajsec list --actor nato?"),
        ("summary russian base", "unexpected 'russian base'; did you mean tajsec summary russian-base?"),
        ("export csv", "unexpected 'csv'; did you mean tajsec list --format csv?"),
        ("list csv", "unexpected 'csv'; did you mean tajsec list --format csv?"),
        ("export sqlite", "unexpected 'sqlite'; did you mean tajsec export --sqlite FILE?"),
        ("cite us-embassy-2021", "us-embassy-2021 is a document; `tajsec show us-embassy-2021` shows it, "
         "`tajsec list --source us-embassy-2021` lists its facts"),
        ("open rferl-2012", "rferl-2012 is a document; `tajsec show rferl-2012` shows it, "
         "`tajsec list --source rferl-2012` lists its facts"),
        ("show us-embassy", "us-embassy is an actor, and no fact; `tajsec list --actor us-embassy` lists its facts"),
        ("cite equipment", "equipment is a topic, and no fact; `tajsec list --topic equipment` lists its facts"),
        ("changes nato-2017 tajik-embassy-2012", "nato-2017 is a document, and this compares stores; "
         "`tajsec show nato-2017` lists what only its copy has, `tajsec differences --source nato-2017` what differs"),
        ("changes rferl-2012 us-embassy-2021", "rferl-2012 is a document, and this compares stores; "
         "`tajsec differences --source rferl-2012` lists what differs"),
        ("open a b", "got unexpected extra argument (b); `tajsec open --help` shows how"),
    ],
)  # fmt: skip
def test_what_is_mistyped_is_one_line_with_near_names_and_status_two(run: Run, line: str, message: str) -> None:
    assert run(*line.split()) == Reply(stderr=f"tajsec: error: {message}\n", status=2)
