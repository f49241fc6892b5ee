"""Writes records into TOML files that people edit: what is there stays, with its comments and order.

No other module imports tomlkit. It parses one record at a time, never a whole file, since it needs seconds for a
megabyte; whatever it makes is read again, and refused unless the file then says what it said before and the change.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from tajsec.data.files import MAX_FILE, read_text, reason, write_file
from tajsec.data.toml import KeyPath, TomlFile
from tajsec.errors import DataError, FailingEnvironment, UsageError

MAX_RECORD = 2**17
"""Characters of a record that is changed in place: the longest that ships has 4,000; tomlkit reads 100 kB in 0.3 s."""
_LIST_LINE = 100
"""Characters of a list that stays on one line; a longer one has a line for each item, as in the shipped facts."""


def append_records(path: Path, kind: str, records: Sequence[Mapping[str, Any]]) -> None:
    """Append records of a kind, such as `fact`, to a file of a pack, which is made with its folder if there is none.

    Raises what `with_records` raises, and FailingEnvironment if the file cannot be written, which then is as before.
    """
    text = read_text(path, MAX_FILE) if path.exists() else ""
    make_folder(path.parent)
    write_file(path, with_records(text, str(path), kind, records), force=True)


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it, unless they are there. Raises FailingEnvironment if that is refused."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FailingEnvironment(f"{folder}: cannot be made: {reason(error)}; mend that, or name another") from error


def set_keys(path: Path, record: KeyPath, keys: Mapping[str, Any]) -> None:
    """Change keys of one record of a file, as `with_keys` does, and raise what that and `append_records` raise."""
    write_file(path, with_keys(read_text(path, MAX_FILE), str(path), record, keys), force=True)


def with_records(text: str, label: str, kind: str, records: Sequence[Mapping[str, Any]]) -> str:
    """Return the text of a TOML file with more records of a kind at its end, each a table `[[kind]]`.

    `label` names the file in messages. Raises DataError for a text that is not TOML within the limits of packs,
    UsageError if a table cannot be appended to it.
    """
    before = _data(text, label)
    present = before.get(kind, [])
    if not isinstance(present, list):
        raise UsageError(f"{label}: `{kind}` is no list of tables; write each as [[{kind}]]")
    end = "" if not text or text.endswith("\n") else "\n"
    added = "\n".join(f"[[{kind}]]\n{_lines(keys)}" for keys in records)
    joined = f"{text}{end}{_newlines_of(text, added if not text else chr(10) + added)}"
    return _checked(joined, label, {**before, kind: [*present, *map(_plain, records)]})


def with_keys(text: str, label: str, record: KeyPath, keys: Mapping[str, Any]) -> str:
    """Return the text of a TOML file with changed keys of one record; a value of None takes its key away.

    `record` is `("fact", 2)` for the third fact, `()` for a source, which has a file of its own. A key that is there
    stays where it is; a new one comes last. Raises what `with_records` raises.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    before = _data(text, label)
    first, last = _block(text, label, record)
    try:
        block = tomlkit.parse(text[first:last])
        table: Any = block[str(record[0])][0] if record else block
        for key, value in keys.items():
            if value is None:
                table.pop(key, None)
            else:
                table[key] = tomlkit.value(written(value))
        made = block.as_string().rstrip("\r\n") + "\n"
    except (TOMLKitError, KeyError, IndexError, TypeError, ValueError) as error:
        raise _by_hand(label) from error
    changed = text[:first] + _newlines_of(text, made) + text[last:]
    return _checked(changed, label, _changed(before, record, keys))


def without_record(text: str, label: str, record: KeyPath) -> str:
    """Return the text of a TOML file without one record, `("fact", 2)`; comments before it stay.

    Raises what `with_records` raises.
    """
    before = _data(text, label)
    first, last = _block(text, label, record)
    kind, number = str(record[0]), int(record[1])
    kept = [each for n, each in enumerate(before[kind]) if n != number]
    expected = {key: value for key, value in before.items() if key != kind} | ({kind: kept} if kept else {})
    return _checked(text[:first] + text[last:].removeprefix("\n"), label, expected)


def _data(text: str, label: str) -> dict[str, Any]:
    """Return the tables of a text. Raises DataError for one that is not TOML within the limits of packs."""
    file = TomlFile(label, text)
    if file.problems:
        raise DataError(file.problems)
    return file.data


def _checked(text: str, label: str, expected: Mapping[str, Any]) -> str:
    """Return a changed text. Raises UsageError if it does not say what is expected."""
    file = TomlFile(label, text)
    if len(text.encode()) > MAX_FILE:
        raise UsageError(f"{label}: would be over {MAX_FILE // 2**20} MiB; split it")
    if file.problems or file.data != expected:
        raise _by_hand(label)
    return text


def _by_hand(label: str) -> UsageError:
    return UsageError(f"{label}: is written in a way that cannot be changed in place; edit it by hand")


def _changed(data: Mapping[str, Any], record: KeyPath, keys: Mapping[str, Any]) -> dict[str, Any]:
    """Return the tables with the keys of one record changed."""
    if record:
        kind, number = str(record[0]), int(record[1])
        records = list(data[kind])
        records[number] = _changed(records[number], (), keys)
        return {**data, kind: records}
    kept = {key: value for key, value in data.items() if keys.get(key, "") is not None}
    return kept | {key: _plain(value) for key, value in keys.items() if value is not None}


def _block(text: str, label: str, record: KeyPath) -> tuple[int, int]:
    """Return where a record begins and ends: a comment or an empty line behind it belongs to what follows."""
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)
    first, last = 0, len(lines)
    if record:
        starts = TomlFile(label, text).lines_of(str(record[0]))
        number = int(record[1])
        if number >= len(starts):
            raise _by_hand(label)  # written inline, without a header of its own
        first = starts[number] - 1
        last = starts[number + 1] - 1 if number + 1 < len(starts) else last
    else:
        last = next((n for n, line in enumerate(lines) if line.lstrip(" \t").startswith("[")), last)
    while last > first and _is_between(lines[last - 1]):
        last -= 1
    start = sum(map(len, lines[:first]))
    end = start + sum(map(len, lines[first:last]))
    if end - start > MAX_RECORD:
        raise _by_hand(label)
    return start, end


def _is_between(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("#")


def _newlines_of(text: str, added: str) -> str:
    """Return lines with the line ends that a text has."""
    plain = added.replace("\r\n", "\n")
    return plain.replace("\n", "\r\n") if "\r\n" in text else plain


def _lines(keys: Mapping[str, Any]) -> str:
    return "".join(f"{_key(key)} = {written(value)}\n" for key, value in keys.items())


def written(value: object) -> str:
    """Return a value in TOML: tables inline, and a long list or a list of tables with a line for each item."""
    import tomlkit

    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{_key(key)} = {written(each)}' for key, each in value.items())} }}"
    if isinstance(value, list | tuple):
        items = list(map(written, value))
        line = f"[{', '.join(items)}]"
        if len(line) <= _LIST_LINE and not any(isinstance(each, Mapping) for each in value):
            return line
        return "\n".join(["[", *(f"    {item}," for item in items), "]"])
    return tomlkit.item(value).as_string()


def _key(name: str) -> str:
    import tomlkit

    return tomlkit.key(name).as_string()


def _plain(value: Any) -> Any:  # noqa: ANN401
    """Return a value as the reader returns it: lists for tuples, dicts for mappings."""
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, str):
        return list(map(_plain, value))
    return value
