"""Words that people type from habit of other tools, each with what it is called here."""

COMMANDS = {
    "bibliography": "cite", "bibtex": "cite --style bibtex", "brief": "summary", "browse": "open", "check": "verify",
    "compare": "differences or changes", "conflicts": "differences", "countries": "actors", "csv": "list --format csv",
    "diff": "differences or changes", "documents": "sources", "facts": "list", "find": "search", "get": "show",
    "grep": "search",
    "info": "show", "locations": "places", "look": "search", "lookup": "search", "ls": "list",
    "organisations": "actors", "people": "actors", "plot": "timeline --plot", "query": "search", "ref": "cite",
    "reference": "cite", "report": "summary", "select": "pick", "serve": "mcp", "server": "mcp",
    "statistics": "coverage", "stats": "coverage",
    "validate": "lint", "version": "--version", "view": "show",
}  # fmt: skip
"""For a word in the place of a command: the command, with options if it needs any, or two."""

FORMATS = {
    "doc": "--format html", "docx": "--format html", "excel": "--format csv", "htm": "--format html",
    "md": "--format markdown", "ndjson": "--format jsonl",
    "parquet": "tajsec export --parquet DIR", "rich": "--format table", "sqlite": "tajsec export --sqlite FILE",
    "svg": "tajsec timeline --svg FILE",
    "text": "--format plain", "txt": "--format plain", "word": "--format html",
    "xls": "--format csv", "xlsx": "--format csv",
    "yaml": "--format json", "yml": "--format json",
}  # fmt: skip
"""For a value of `--format`: what to type. The names of citation styles are not here: `cite` has them."""

OPTIONS = {
    "--after": "--since", "--before": "--until", "--bibtex": "--style bibtex", "--country": "--actor",
    "--csv": "--format csv", "--from": "--since", "--markdown": "--format markdown", "--max": "--limit",
    "--number": "--limit", "--order": "--sort", "--out": "> {}", "--plain": "--format plain",
    "--skip": "--offset", "--to": "--until",
    "--top": "--limit", "--tsv": "--format tsv", "--where": "--place", "--who": "--actor",
    "--year": "--since {0} --until {0}", "-f": "--format",
    "-j": "--json", "-n": "--limit", "-o": "> {}",
}  # fmt: skip
"""For an option: the option of the same command, with its value if it takes a certain one.

Behind `>` is a file, and `{}` is the value that was typed.
"""

VALUES = {"--sort": {"date": "when", "name": "id", "time": "when", "year": "when"}}
"""For an option, and a value that it does not take: the value that is meant."""
