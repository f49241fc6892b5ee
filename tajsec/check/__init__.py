"""Checks: data against the rules, facts against their documents, one store against another."""
