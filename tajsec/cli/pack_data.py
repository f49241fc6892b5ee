"""The pack that a command adds to, with all data beside which it is read."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tajsec.authoring.additions import Additions, Checked
from tajsec.cli.packs import Packs, packs_of
from tajsec.data.folders import Folders, folders_of
from tajsec.data.packs import is_pack, named_folder
from tajsec.errors import UsageError

if TYPE_CHECKING:
    from tajsec.cli.terminal import Environment


class PackData(NamedTuple):
    """A pack that reads, the folders of all data, and these data."""

    folder: Path
    """That of the pack, which may be named by the id of a found one."""
    packs: Packs
    sets: Sequence[Folders]
    checked: Checked


def pack_data(pack: Path, names: Sequence[str], environment: "Environment") -> PackData:
    """Return the data of a pack, by its folder or the id of a found one, and of those that `--facts` names.

    Raises UsageError for a folder that is no pack, DataError if something in the data does not read.
    """
    others = packs_of(names, environment)
    pack = named_folder(pack, others.found)
    try:
        found = is_pack(pack)
    except (OSError, ValueError) as error:
        raise UsageError(f"{pack}: cannot be read; name the folder of a pack") from error
    if not found:
        raise UsageError(f"{pack}: holds no pack.toml; `tajsec new pack DIR` makes the folder of a pack")
    packs = Packs([pack, *others.named], others.found)
    sets = folders_of(packs.named, packs.found)
    return PackData(pack, packs, sets, Additions(pack).read(sets))
