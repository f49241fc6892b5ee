"""Web Annotations: they are what the W3C's model asks for, and a browser finds their words on a page."""

import json
import os
import re
from collections.abc import Callable
from html import escape, unescape
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from sealed import TEXT

from tajsec.cli.terminal import Reply
from tajsec.documents.read import text_document
from tajsec.documents.seal import seal
from tajsec.store.open import open_store
from tajsec.text.forms import normalise

Run = Callable[..., Reply]
SOURCES = [each.id for each in open_store().sources()]

IRI = {"type": "string", "pattern": '^[a-z][a-z0-9+.-]*:[^\\s<>"{}|\\\\^`]+$'}
WORDS = {"type": "string", "minLength": 1}
SELECTOR = {
    "type": "object",
    "required": ["type", "exact"],
    "additionalProperties": False,
    "properties": {"type": {"const": "TextQuoteSelector"}, "exact": WORDS, "prefix": WORDS, "suffix": WORDS},
}
ANNOTATION = {
    "type": "object",
    "required": ["id", "type", "target"],
    "properties": {
        "id": IRI,
        "type": {"const": "Annotation"},
        "motivation": {"const": "describing"},
        "body": {
            "type": "object",
            "required": ["type", "value"],
            "properties": {
                "type": {"const": "TextualBody"},
                "value": WORDS,
                "format": {"const": "text/plain"},
                "language": {"const": "en"},
            },
        },
        "target": {
            "type": "object",
            "required": ["source", "selector"],
            "properties": {"source": IRI, "selector": SELECTOR},
        },
    },
}
MODEL = {
    "type": "object",
    "required": ["@context", "id", "type", "label", "total"],
    "properties": {
        "@context": {"const": "http://www.w3.org/ns/anno.jsonld"},
        "id": IRI,
        "type": {"const": "AnnotationCollection"},
        "label": WORDS,
        "total": {"type": "integer", "minimum": 0},
        "first": {
            "type": "object",
            "required": ["id", "type", "items"],
            "properties": {
                "id": IRI,
                "type": {"const": "AnnotationPage"},
                "startIndex": {"const": 0},
                "items": {"type": "array", "minItems": 1, "items": ANNOTATION},
            },
        },
    },
}
"""What the Web Annotation Data Model requires: sections 3.1 (annotations), 3.2.4 (texts), 4.2.4 (quotes), 5 (pages)."""


@pytest.fixture
def annotated(run: Run, tmp_path: Path) -> Callable[..., dict]:
    """Export annotations, and return the file as JSON."""

    def export(*args: str) -> dict:
        path = tmp_path / "quotes.jsonld"
        reply = run("export", "--web-annotations", str(path), "--force", *args)
        assert reply.status == 0, reply.stderr
        found: dict = json.loads(path.read_text(encoding="utf-8"))
        Draft202012Validator(MODEL).validate(found)
        return found

    return export


@pytest.fixture
def sealed(small: Path) -> Path:
    """The small store with its text, and a fact for each of three quotes: the second holds the first."""
    head = 'publisher = "P"\nurl = "https://example.org/paper"\nas_of = "2019"\n'
    (small / "seeds" / "paper.toml").write_text(head + seal(text_document(TEXT, "paper.txt")).record)
    (small / "paper.txt").write_text(TEXT)
    gear = small / "facts" / "gear.toml"
    one = gear.read_text()
    for name, quote in (("held", "The United States gave over 7 radios in 2019"), ("apart", "not given to the army")):
        with gear.open("a") as stream:
            stream.write(one.replace("seven-radios", name).replace('"gave over 7 radios"', f'"{quote}"'))
    return small


def selectors(found: dict) -> list[dict]:
    return [each["target"]["selector"] for each in found["first"]["items"]]


def sides(found: dict) -> list[tuple[str | None, str | None]]:
    return [(each.get("prefix"), each.get("suffix")) for each in selectors(found)]


def test_there_is_an_annotation_for_each_receipt(annotated: Callable[..., dict], run_json: Callable[..., dict]) -> None:
    facts = run_json("list")["facts"]
    found = annotated()
    items = {each["id"]: each for each in found["first"]["items"]}
    assert len(items) == found["total"] == sum(len(fact["cites"]) for fact in facts)
    for fact in facts:
        for n, cite in enumerate(fact["cites"], 1):
            item = items[f"tajsec://fact/{fact['id']}#{n}"]
            assert item["body"]["value"].startswith(fact["statement"].rstrip("."))
            assert (item["target"]["source"], item["target"]["selector"]["exact"]) == (cite["url"], cite["quote"])


def test_a_claim_keeps_its_limits_and_the_same_facts_make_the_same_bytes(
    run: Run, annotated: Callable[..., dict], tmp_path: Path
) -> None:
    found = annotated("--status", "planned")
    assert all("(planned" in each["body"]["value"] for each in found["first"]["items"])
    first = (tmp_path / "quotes.jsonld").read_bytes()
    annotated("--status", "planned")
    assert (tmp_path / "quotes.jsonld").read_bytes() == first


def test_no_fact_is_an_empty_collection(annotated: Callable[..., dict]) -> None:
    found = annotated("--until", "1900")
    assert (found["total"], "first" in found) == (0, False)


def test_words_beside_a_quote_are_those_of_another_quote_or_there_are_none(
    annotated: Callable[..., dict], sealed: Path
) -> None:
    assert sides(annotated("--facts", str(sealed))) == [("The United States ", " in 2019"), (None, None), (None, None)]


def test_words_beside_a_quote_are_those_of_the_own_copy(annotated: Callable[..., dict], sealed: Path) -> None:
    found = annotated("--facts", str(sealed), "--text", str(sealed / "paper.txt"))
    assert sides(found) == [
        ("The United States ", " in 2019, and 3 radios were not"),
        (None, ", and 3 radios were not given"),
        ("in 2019, and 3 radios were ", " of 2018."),
    ]
    assert annotated("--facts", str(sealed), "--text", str(sealed)) == found


@pytest.mark.parametrize(
    ("copy", "first"),
    [
        ("A new head\nMore\nWe gave over 7 radios, says it.\n", ("We ", ", says it.")),
        ("gave over 7 radiosets; we gave over 7 radios.\n", ("gave over 7 radiosets; we ", ".")),
        ("gave over 7 radios\n", (None, None)),
        (f"{'x' * 500}, we gave over 7 radios {'y' * 500}\n", ("we ", None)),
        ("They gave over 7  radios.\u200b\n", ("They ", ".\u200b")),
        ("\ufeff(.*gave over 7 radios\\d+[\r\n", ("The United States ", " in 2019")),
        ("Some other words\n", ("The United States ", " in 2019")),
        ("\\ \"</script> gave over 7 radios <!-- \U0001f4fb\n", ("\\ \"</script> ", " <!-- \U0001f4fb")),
        ("e\u0301\u202e gave over 7 radios\u2028\x07\n", ("é\u202e ", None)),
    ],
)  # fmt: skip
def test_any_copy_gives_the_words_beside_a_quote_or_leaves_them(
    annotated: Callable[..., dict], sealed: Path, tmp_path: Path, copy: str, first: tuple[str | None, str | None]
) -> None:
    path = tmp_path / "copy.txt"
    path.write_text(copy, encoding="utf-8", newline="")
    assert sides(annotated("--facts", str(sealed), "--text", str(path), "--source", "paper"))[0] == first
    assert (tmp_path / "quotes.jsonld").read_text("utf-8").replace("\n", "").isprintable()


HOSTILE = {
    "absent": (None, "cannot be read"),
    "empty.txt": (b"\n \n", "holds no word"),
    "bytes.txt": (b"\xff\xfe\x00gave", "not UTF-8"),
    "marks.txt": (("e" + "\u0301" * 400).encode(), "combining marks in a row"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_copy_is_one_line_and_nothing_is_written(run: Run, sealed: Path, tmp_path: Path, name: str) -> None:
    content, told = HOSTILE[name]
    if content is not None:
        (tmp_path / name).write_bytes(content)
    out = tmp_path / "out.jsonld"
    reply = run("export", "--facts", str(sealed), "--web-annotations", str(out), "--text", str(tmp_path / name))
    assert (reply.status, reply.text, reply.stderr.count("\n"), out.exists()) == (2, "", 1, False)
    assert told in reply.stderr


def test_a_copy_is_not_written_over_and_not_read_for_nothing(run: Run, sealed: Path, tmp_path: Path) -> None:
    copy = sealed / "paper.txt"
    os.link(copy, tmp_path / "same")
    for place in (copy, tmp_path / "same"):
        args = ("--web-annotations", str(place), "--text", str(sealed), "--force")
        assert "is read by this command" in run("export", "--facts", str(sealed), *args).stderr
    assert copy.read_text() == TEXT
    refused = run("export", "--facts", str(sealed), "--tables", str(tmp_path / "tables"), "--text", str(copy))
    assert (refused.status, "name --web-annotations FILE too" in refused.stderr) == (2, True)


# ---------------------------------------------------------------- in a browser

ANCHOR = """
const parts = [], places = [];
let length = 0, last = " ";
const walk = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
for (let node; node = walk.nextNode();) {
  node.data = node.data.normalize("NFC");
  [...node.data.matchAll(/./gsu)].forEach(each => {
    const sign = /\\s/.test(each[0]) ? " " : each[0];
    if (sign === " " && last === " ") return;
    for (const _ of sign) parts.push(sign);
    for (let unit = 0; unit < sign.length; unit++) places.push([node, each.index + unit]);
    last = sign;
  });
}
const page = parts.join("");
const found = collection.first.items.map(({id, target: {selector: {exact, prefix = "", suffix = ""}}}) => {
  const whole = prefix + exact + suffix, hits = [];
  for (let at = page.indexOf(whole); at >= 0; at = page.indexOf(whole, at + 1)) {
    const range = document.createRange();
    const [first, start] = places[at + prefix.length], [end, stop] = places[at + prefix.length + exact.length - 1];
    range.setStart(first, start);
    range.setEnd(end, stop + 1);
    hits.push([first.parentElement.closest("p").id, range.toString().replace(/\\s+/g, " ") === exact]);
  }
  return [id, hits];
});
document.querySelector("pre").textContent = JSON.stringify(found);
"""


def page_of(text: str, collection: dict) -> str:
    """Return a page of a document, every third word in an element of its own, with a script that anchors quotes."""
    lines = [line for line in text.removeprefix("\ufeff").splitlines() if line.strip()]
    shown = [re.sub(r"((?:\S+\s+){2})(\S+)", r"\1<em>\2</em>", escape(line, quote=False)) for line in lines]
    body = "\n".join(f'<p id="{n}">{line}</p>' for n, line in enumerate(shown, 1))
    told = json.dumps(collection).replace("</", "<\\/")
    script = f"<script>const collection = {told};{ANCHOR}</script>"
    return f'<!DOCTYPE html><meta charset="utf-8"><main>{body}</main><pre></pre>{script}'


@pytest.mark.parametrize("with_copy", [False, True], ids=["quotes alone", "own copy"])
@pytest.mark.parametrize("source", SOURCES)
def test_a_browser_finds_every_quote_in_its_passage(
    annotated: Callable[..., dict], run_json: Callable[..., dict], browser: Callable[[Path], str],
    texts: Path, tmp_path: Path, source: str, with_copy: bool,
) -> None:  # fmt: skip
    cited = {
        f"tajsec://fact/{fact['id']}#{n}": cite["passage"]
        for fact in run_json("list", "--source", source)["facts"]
        for n, cite in enumerate(fact["cites"], 1)
        if cite["source"] == source
    }
    collection = annotated("--source", source, *(["--text", str(texts)] if with_copy else []))
    items = [each for each in collection["first"]["items"] if each["id"] in cited]
    text = (texts / open_store().source(source).file).read_text("utf-8")
    path = tmp_path / "page.html"
    path.write_text(page_of(text, {**collection, "first": {**collection["first"], "items": items}}), "utf-8")
    found = dict(json.loads(unescape(re.search("<pre>(.*?)</pre>", browser(path), re.DOTALL)[1])))
    assert found.keys() == cited.keys()
    for name, hits in found.items():
        assert [str(cited[name]), True] in hits, name
        assert all(is_exact for _, is_exact in hits), name
    lines = ["", *normalise(text).split("\n")]
    assert not with_copy or all(len({lines[int(n)] for n, _ in hits}) == 1 for hits in found.values())
