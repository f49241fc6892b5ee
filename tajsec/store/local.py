"""A copy of a store on a server, for commands that ask thousands of questions."""

from tajsec.store.cache import keep
from tajsec.store.compile import compile_store
from tajsec.store.postgres import PostgresStore
from tajsec.store.revisions import stored
from tajsec.store.sqlite import SqliteStore


def local_copy(store: PostgresStore) -> SqliteStore:
    """Return a store in a temporary file with all records of a store on a server, as they are now.

    Raises FailingEnvironment.
    """
    contents = stored(store)
    return SqliteStore(keep(None, None, lambda database: compile_store(contents, database))[0])
