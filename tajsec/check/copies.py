"""Read the user's copies of the documents, and find for each the source that it is a text of.

A text whose digest is in a source record is that source's sealed text. Any other is treated as another version: of the
source that its file is named after, of the only source asked about, or of the one with which it shares most passages.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tajsec.data.files import reason
from tajsec.documents.read import SUFFIXES, read_document
from tajsec.errors import UsageError
from tajsec.model.kinds import CITABLE_ROLES
from tajsec.model.records import Source
from tajsec.text.forms import digest, normalise

MAX_TEXTS = 1000
"""Text files that a folder may have: far more than there are sources, and still read in seconds."""
MAX_OTHER_TEXT, MAX_OTHER_PASSAGES = 2 * 2**20, 10_000
"""Most characters and passages of another version of a text: comparing takes time for each pair of passages."""
LEAST_COMMON = 2
"""Passages that a text must share with a source to be recognised as its version: one could be a common phrase."""

PLAIN = (".txt", ".text")
"""The suffixes of texts whose lines are compared as they are."""
_LIST_MARKS = ("", "• ", "- ", "* ", "– ")
"""How an item of a list may begin in a sealed text; in HTML the marks are missing, because the browser draws them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A text of a source. Its passages are `lines`; `sealed` is True if it is the text that was sealed."""

    source: str
    name: str
    lines: tuple[str, ...]
    sha256: str
    sealed: bool

    def line(self, n: int) -> str:
        """Return a passage by its number, or "" if the text does not have it."""
        return self.lines[n - 1] if 1 <= n <= len(self.lines) else ""


def documents(paths: Sequence[Path], sources: Sequence[Source]) -> list[Document]:
    """Read the files, and in each folder the files that are texts of the sources.

    Raises UsageError for a file that cannot be read or is no version of a source, and for a folder without one.
    """
    return [found for path in paths for found in (_in_folder(path, sources) if path.is_dir() else _file(path, sources))]


def files_of(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files, and those in the folders, that are texts or may be."""
    for path in paths:
        yield path
        with suppress(OSError):  # reported where the texts are read
            yield from path.iterdir()


def document(name: str, text: str, source: Source) -> Document:
    """Return a text as one of a source. Raises UsageError for another version that is too long to be compared."""
    lines = normalise(text).split("\n")
    sha256 = digest("\n".join(lines))
    sealed = sha256 == source.text_sha256
    if not sealed and (len(text) > MAX_OTHER_TEXT or len(lines) > MAX_OTHER_PASSAGES):
        limits = f"{MAX_OTHER_TEXT // 2**20} MiB or {MAX_OTHER_PASSAGES:,} passages"
        raise UsageError(f"{name}: over {limits}, too long to compare; give the part that is the document")
    return Document(source=source.id, name=name, lines=tuple(lines), sha256=sha256, sealed=sealed)


def as_sealed(lines: Iterable[str], source: Source) -> Iterator[str]:
    """Yield lines, each with the list mark of the sealed text if a sealed passage differs from it only in that mark."""
    sealed = {passage.sha256 for passage in source.passages}
    for line in lines:
        bare = next((line.removeprefix(mark) for mark in _LIST_MARKS[1:] if line.startswith(mark)), line)
        yield next((each for mark in _LIST_MARKS if digest(each := mark + bare) in sealed), line)


def _file(path: Path, sources: Sequence[Source]) -> list[Document]:
    text = read_document(path).text
    only = sources[0] if len(sources) == 1 else None
    source = _known(path, text, sources) or only or _most_like(text, sources)
    if source is None:
        raise UsageError(f"{path}: shares too little with any source; --source ID says of which one it is a version")
    return [_version(path, text, source)]


def _version(path: Path, text: str, source: Source) -> Document:
    """Return a text as one of a source; the other formats have no list marks, which are in no way a change."""
    if path.suffix not in PLAIN and digest(normalise(text)) != source.text_sha256:
        text = "\n".join(as_sealed(text.split("\n"), source))
    return document(str(path), text, source)


def _in_folder(folder: Path, sources: Sequence[Source]) -> list[Document]:
    try:
        paths = sorted(each for each in folder.iterdir() if _is_text_file(each))
    except OSError as error:
        raise UsageError(f"{folder}: cannot be read: {reason(error)}; name a folder that can") from error
    if len(paths) > MAX_TEXTS:
        raise UsageError(f"{folder}: over {MAX_TEXTS:,} texts; name the files")
    texts = ((path, read_document(path).text) for path in paths)
    found = [_version(path, text, source) for path, text in texts if (source := _known(path, text, sources))]
    if not found:
        names = ", ".join(source.file for source in sources[:3])
        raise UsageError(f"{folder}: holds no text of the sources, by name or digest; they are called {names}…")
    return found


def _is_text_file(path: Path) -> bool:
    """True for a file with the name of a text; a link could lead out of the folder."""
    return (
        path.suffix.removeprefix(".") in SUFFIXES and path.name[0] != "." and not path.is_symlink() and path.is_file()
    )


def _known(path: Path, text: str, sources: Sequence[Source]) -> Source | None:
    """Return the source with the digest of a text, or else the one that the file is named after."""
    sha256 = digest(normalise(text))
    sealed = [source for source in sources if source.text_sha256 == sha256]
    named = [source for source in sources if path.name == source.file or path.stem == source.id]
    return next(iter(sealed + named), None)


def _most_like(text: str, sources: Iterable[Source]) -> Source | None:
    """Return the source that has the most citable passages in common with a text, or None below `LEAST_COMMON`."""
    digests = set(map(digest, normalise(text).split("\n")))

    def common(source: Source) -> int:
        return sum(each.sha256 in digests for each in source.passages if each.role in CITABLE_ROLES)

    best = max(sources, key=common, default=None)
    return best if best and common(best) >= LEAST_COMMON else None
