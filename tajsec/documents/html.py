"""The paragraphs of an HTML page, with lxml and trafilatura; no other module imports them.

The extras `tajsec[online]` and `tajsec[documents]` install both. Pages are hostile: these functions run in a process of
its own (`tajsec.documents.limited`), and the limits here stop early what would only use up its time.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import lxml.html
import trafilatura
from trafilatura.utils import detect_encoding

from tajsec.documents.limited import Unreadable
from tajsec.documents.lines import Line
from tajsec.model.kinds import Role
from tajsec.text.charsets import codec_of
from tajsec.text.forms import normalise, word_count

MAX_TAGS = 200_000
"""Most tags of a page: 20 for each of the 10,000 passages that can be compared. A tag takes up to 4 KiB of memory."""

_HEAD = 4096
"""Bytes at the start of a page in which its charset declaration is looked for."""
_META_CHARSET = re.compile(rb"<meta[^>]{1,200}charset=[\"']?([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*>")
"""Removed before parsing: lxml refuses a str that declares an encoding."""
_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xfe\xff": "utf-16-be", b"\xff\xfe": "utf-16-le"}
"""Byte-order marks, which take precedence over any declared charset."""
_BLOCKS = "p|li|h1|h2|h3|h4|h5|h6|td|th|dt|dd|figcaption|caption|blockquote|pre|div|section|article|span|time"
_INNER = frozenset({"p", "li", "div", "section", "article"})
"""Blocks whose text is taken on their own, and therefore not as part of the block around them."""

_ROLES: dict[str, Role] = {
    **dict.fromkeys("h1 h2 h3 h4 h5 h6".split(), "heading"),
    **dict.fromkeys("figcaption caption".split(), "caption"),
    **dict.fromkeys("blockquote dd li tr".split(), "claim"),
}
"""What a tag says of its text: items and rows are claims however short they are."""
_LEFT_OUT = frozenset(
    "aside button dialog footer form iframe nav noscript object script select style svg template".split()
)
"""Elements whose text is no part of a document: menus, footers, forms, scripts."""
_LINES = frozenset(
    "address article blockquote body caption center dd details div dl dt fieldset figcaption figure h1 h2 h3 h4 h5 h6 "
    "header hgroup hr html li main menu ol p pre section summary table tbody tfoot thead tr ul".split()
)
"""Elements that begin a line of their own and end it; the cells of a table row are one line."""
_CELL_CHARACTERS = 300
_LEAST_WORDS = 8
"""Words of a block that is a paragraph although trafilatura leaves it out; shorter ones are bylines and buttons."""


def decoded(data: bytes, charset: str | None = None) -> str:
    """Decode a page by its declared charsets, as a browser does; if none fits, by a guess from its bytes.

    `charset` is the one that the server names.
    """
    for codec in _named(data, charset):
        with suppress(UnicodeDecodeError):
            return data.decode(codec).removeprefix("\ufeff")
    guesses = (codec_of(guess.replace("_", "-")) for guess in detect_encoding(data))
    return data.decode(next(filter(None, guesses), "cp1252"), "replace")


def _named(data: bytes, charset: str | None) -> Iterator[str]:
    """Yield the codecs to try in turn: of the byte-order mark, the server's header, the page's `<meta>`, and UTF-8.

    A `<meta>` that names UTF-16 is ignored: it could be read as ASCII, so the page is not UTF-16.
    """
    yield from (codec for mark, codec in _MARKS.items() if data.startswith(mark))
    declared = _META_CHARSET.search(data[:_HEAD])
    served, own = codec_of(charset or ""), declared and codec_of(declared[1].decode("ascii"))
    if served:
        yield served
    if own and not own.startswith("utf-16"):
        yield own
    yield "utf-8"


def _checked(page: str) -> str:
    if page.count("<") > MAX_TAGS:
        raise Unreadable(f"over {MAX_TAGS:,} tags")
    return _XML_DECLARATION.sub("", page)


@contextmanager
def _lack_of_memory_told() -> Iterator[None]:
    """Raise MemoryError for what lxml raises for want of memory, unless it does.

    It mends every mistake of a page, and if it runs out of memory, it raises the last mistake as if that were one.
    """
    try:
        yield
    except (lxml.etree.XMLSyntaxError, lxml.etree.XPathEvalError) as error:
        raise MemoryError from error


def _tree(page: str) -> lxml.html.HtmlElement:
    """Parse a page. Raises ParserError or ValueError for one without an element, and MemoryError."""
    with _lack_of_memory_told():
        return lxml.html.document_fromstring(page)


# ---------------------------------------------------------------- every paragraph, to look for quotes


def all_paragraphs(page: str, most: int) -> Iterator[str]:
    """Yield the paragraphs of the main text, then those of all blocks: captions, headings, asides.

    Raises Unreadable for too many tags, and for blocks of over `most` characters in all, before the slow extraction.
    """
    page = _checked(page)
    blocks = list(_blocks(page, most))
    main = trafilatura.extract(page, include_comments=False, include_tables=True, favor_recall=True) or ""
    yield from normalise(main).split("\n")
    for block in blocks:
        if words := " ".join(normalise(block).split("\n")):
            yield words


def _blocks(page: str, most: int) -> Iterator[str]:
    """Yield the text of each block that has no child of `_INNER`.

    Nested blocks yield the same text more than once. Raises Unreadable for over `most` characters in all.
    """
    try:
        tree = _tree(page)
    except (ValueError, lxml.etree.ParserError):
        return
    with _lack_of_memory_told():
        elements = tree.xpath("|".join(f"//{tag}" for tag in _BLOCKS.split("|")))
    for element in elements:
        if not any(child.tag in _INNER for child in element):
            text = element.text_content()
            most -= len(text)
            if most < 0:
                raise Unreadable("blocks within blocks that repeat its text too often")
            yield text


# ---------------------------------------------------------------- the document, to seal it


def html_file(data: bytes) -> tuple[list[Line], dict[str, Any]]:
    """Return what `html_document` does of the bytes of a file."""
    return html_document(decoded(data))


def fragment_lines(fragment: str) -> list[Line]:
    """Return all lines of a piece of HTML that was made of another format. Raises Unreadable for too many tags."""
    return lines_of(_tree(_checked(f"<body>{fragment}</body>")))


def html_document(page: str) -> tuple[list[Line], dict[str, Any]]:
    """Return the lines of a page in order, from its heading to the last line of its main text, and its metadata.

    trafilatura says what the main text is; the lines are those of the page, whatever the version of the library. Short
    lines that it leaves out (bylines, buttons) are furniture. The metadata are those of a `Document`, dates as text.
    Raises Unreadable for too many tags.
    """
    page = _checked(page)
    try:
        tree = _tree(page)
    except (ValueError, lxml.etree.ParserError):
        return [], {}
    lines = lines_of(tree)
    extracted: Any = trafilatura.bare_extraction(
        page,
        include_comments=False,
        favor_recall=True,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    kept = _kept(lines, extracted.text or "") if extracted else lines
    return kept, _metadata(tree, extracted, kept)


def lines_of(tree: Any) -> list[Line]:  # noqa: ANN401 - lxml has no types
    """Return the lines of a parsed page without menus, footers, forms and scripts, with the roles that its tags say."""
    found: list[tuple[list[str], Role | None]] = [([], None)]
    cell: Any = None
    for event, element in _walked(tree):
        tag, is_start = element.tag, event == "start"
        if cell is None and is_start and tag in {"td", "th"} and _is_short(element):
            cell = element
        if tag in _LINES or tag == "br":
            if cell is not None:
                found[-1][0].append(" ")
            elif is_start or tag != "br":
                found.append(([], (_ROLES.get(tag) if is_start else None) or _role_around(element)))
        if element is cell and not is_start:
            found[-1][0].append(" ")
            cell = None
        found[-1][0].append((element.text if is_start else element.tail) or "")
    lines = ((" ".join("".join(parts).split()), role) for parts, role in found)
    return [Line(each, role) for text, role in lines for each in normalise(text).split("\n") if each]


def _is_short(cell: Any) -> bool:  # noqa: ANN401
    """True for a cell of a table of data, which is a part of its row; pages once had whole articles in a cell."""
    length = 0
    for text in cell.itertext():
        length += len(text)
        if length > _CELL_CHARACTERS:
            return False
    return True


def _walked(tree: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401
    """Yield ("start", element) and ("end", element) as the parser met them, without what is inside `_LEFT_OUT`."""
    walk = lxml.etree.iterwalk(tree, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event in {"comment", "pi"} or element.tag in {"head", *_LEFT_OUT}:
            if event == "start":
                walk.skip_subtree()
            elif element.tail:  # what stands behind belongs to the element around
                yield "end", element
        else:
            yield event, element


def _role_around(element: Any) -> Role | None:  # noqa: ANN401
    """Return the role of the nearest element around one that has a role: `<figcaption><p>`, `<h1><br>`, `<li><p>`."""
    for _ in range(3):
        element = element.getparent()
        if element is None:
            return None
        if role := _ROLES.get(element.tag):
            return role
    return None


def _kept(lines: list[Line], main: str) -> list[Line]:
    """Return the lines from the last heading before the main text to its end."""
    known, whole = set(map(_key, main.splitlines())), _key(main)

    def is_main(line: Line) -> bool:
        key = _key(line.text)
        return key in known or (word_count(line.text) >= _LEAST_WORDS and key in whole)

    inside = [n for n, line in enumerate(lines) if is_main(line)]
    if not inside:
        return lines
    headings = [n for n in range(inside[0]) if lines[n].role == "heading"]
    first = headings[-1] if headings else inside[0]
    rest = set(range(first, inside[-1] + 1)) - set(inside)
    return [_with_role(lines[n], n not in rest) for n in range(first, inside[-1] + 1)]


def _with_role(line: Line, is_main: bool) -> Line:
    if is_main or line.role or word_count(line.text) >= _LEAST_WORDS:
        return line
    return line._replace(role="furniture")


def _key(text: str) -> str:
    """Return the letters and digits of a text, by which a line is found in the main text, whatever joins its parts."""
    return "".join(filter(str.isalnum, text.casefold()))


def _metadata(tree: Any, extracted: Any, lines: list[Line]) -> dict[str, Any]:  # noqa: ANN401
    heading = next((line.text for line in lines if line.role == "heading"), None)
    title = extracted.title if extracted else None
    if heading and (not title or title.startswith(heading)):  # "Title | Site"
        title = heading
    authors = tree.xpath("//meta[translate(@name, 'AUTHOR', 'author')='author']/@content")
    return {
        "title": title,
        "author": [author.strip() for author in authors if author.strip()],
        "issued": extracted.date if extracted else None,
        "language": next(iter(tree.xpath("/html/@lang")), None),
        "publisher": _attribute(tree, "//meta[@property='og:site_name']/@content"),
        "url": _attribute(tree, "//link[@rel='canonical']/@href")
        or _attribute(tree, "//meta[@property='og:url']/@content"),
    }


def _attribute(tree: Any, path: str) -> str | None:  # noqa: ANN401
    return next((str(each).strip() for each in tree.xpath(path) if each.strip()), None)
