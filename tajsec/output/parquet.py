"""Tables as Parquet files; no other module imports pyarrow (the extra `tajsec[parquet]`)."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

if TYPE_CHECKING:
    from tajsec.output.data_package import Column

_TYPES = {"TEXT": pa.string(), "INTEGER": pa.int64(), "NUMERIC": pa.float64(), "DATE": pa.date32()}
"""The Arrow type for each type that the tables declare."""


def write_table(
    path: Path,
    columns: "Sequence[Column]",
    batches: Iterable[Sequence[Sequence[object]]],
    about: Mapping[str, str],
) -> None:
    """Write rows to a file, each batch as a row group, with `about` as its metadata. Raises OSError."""
    fields = [pa.field(name, _TYPES[declared], nullable=bool(optional)) for name, declared, optional in columns]
    schema = pa.schema(fields, metadata=dict(about))
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for rows in batches:
            arrays = [_array(cells, field.type) for cells, field in zip(zip(*rows, strict=True), fields, strict=True)]
            writer.write_batch(pa.record_batch(arrays, schema=schema))


def _array(cells: Sequence[object], kind: pa.DataType) -> pa.Array:
    """Return the cells of a column as an Arrow array; SQLite returns dates as ISO text."""
    return pa.array(cells, pa.string()).cast(kind) if pa.types.is_date(kind) else pa.array(cells, kind)
