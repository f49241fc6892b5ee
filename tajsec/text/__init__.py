"""Functions on strings: words, numbers, dates, web addresses. They read no files and import no other part of tajsec."""
