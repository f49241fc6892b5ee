"""Functions on strings: words, numbers, dates, web addresses. They import no other part of tajsec.

They read no files; `english` alone reads the list of words beside it.
"""
