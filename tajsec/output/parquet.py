"""Tables as Parquet files: the home of pyarrow (the extra `tajsec[parquet]`)."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

_TYPES = {"TEXT": pa.string(), "INTEGER": pa.int64(), "NUMERIC": pa.float64(), "DATE": pa.date32()}
"""The Arrow type for each type that the tables declare."""


class TableColumn(NamedTuple):
    """A column of a table: `declared` is one of the types of SQL, `optional` whether a cell may be empty."""

    name: str
    declared: str
    optional: bool


def write_table(
    path: Path,
    columns: Sequence[TableColumn],
    batches: Iterable[Sequence[Sequence[object]]],
    about: Mapping[str, str],
) -> None:
    """Write rows to a file, a batch a row group, with `about` in its metadata. Raises OSError."""
    fields = [pa.field(each.name, _TYPES[each.declared], nullable=each.optional) for each in columns]
    schema = pa.schema(fields, metadata=dict(about))
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for rows in batches:
            arrays = [_array(cells, field.type) for cells, field in zip(zip(*rows, strict=True), fields, strict=True)]
            writer.write_batch(pa.record_batch(arrays, schema=schema))


def _array(cells: Sequence[object], kind: pa.DataType) -> pa.Array:
    """Return the cells of a column; SQLite has days as ISO texts."""
    return pa.array(cells, pa.string()).cast(kind) if pa.types.is_date(kind) else pa.array(cells, kind)
