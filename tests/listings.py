"""One command line for each listing of the shipped facts, for the tests that run all of them."""

LISTINGS = [
    "search border", "list", "show radios-delivered", "timeline", "summary", "topics", "actors", "places", "sources",
    "coverage", "differences --topic equipment",
]  # fmt: skip
