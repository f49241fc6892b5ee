"""Facts of one's own: new packs, sources and facts, imports and corrections, written into TOML files."""
