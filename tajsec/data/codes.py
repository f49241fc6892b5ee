"""The codes of mistakes in data files, each with the rule it breaks: T1xx files, T2xx values, T3xx references.

The codes of further rules (T4xx), for data without these mistakes, are in `tajsec.check.lint`.
"""

from collections.abc import Mapping

CODES: Mapping[str, str] = {
    "T101": "Keep each file in the pack itself, not as a link, readable, in UTF-8, and within 4 MiB.",
    "T102": "Keep packs within 20,000 files and 2 GiB.",
    "T103": "Keep lines short, values shallow and tables few enough for a file to be parsed quickly.",
    "T104": "Write files as TOML.",
    "T201": "Write every key that is required.",
    "T202": "Give each value the type of its key.",
    "T203": "Use the keys and tables that exist.",
    "T204": "Write no empty values, none over the limits, and of fixed values one of those allowed.",
    "T205": "Write dates as EDTF.",
    "T206": "Write finite numbers within 2^53, and counts from 0 on.",
    "T207": "Write ids, language tags, DOIs, ISBNs, URNs, digests and hashes in their forms.",
    "T208": "Leave control, private and unassigned characters out of texts.",
    "T209": "Number the passages of a source from 1 without a gap.",
    "T210": "Use http or https addresses with an ASCII host and no user name.",
    "T211": "Quote at most 12 words, and at least 12 characters.",
    "T301": "Name sources that exist; a source is not derived from itself.",
    "T302": "Name passages that the source has.",
    "T303": "Name terms that are in the vocabulary.",
    "T304": "Name facts that exist; a relation leads to another fact, and a difference prefers one of the two.",
    "T305": "Use each id once.",
    "T306": "Open the packs that a pack needs.",
}
