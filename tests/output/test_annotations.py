"""Annotations of GitHub: each problem is one workflow command, whatever its texts hold."""

import re

import pytest

from tajsec.errors import Problem
from tajsec.output.annotations import github_lines

PROBLEM = Problem(file="my-facts/gear.toml", line=3, path="fact[0].statement", code="T412", what="31 words")


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        ({}, "::error file=my-facts/gear.toml,line=3,title=T412::fact[0].statement: 31 words"),
        ({"level": "to-do"}, "::notice file=my-facts/gear.toml,line=3,title=T412::fact[0].statement: 31 words"),
        ({"fixed": True}, "::notice file=my-facts/gear.toml,line=3,title=T412%2C fixed::fact[0].statement: 31 words"),
        ({"line": 0, "path": ""}, "::error file=my-facts/gear.toml,title=T412::31 words"),
        ({"file": "./gear.toml"}, "::error file=gear.toml,line=3,title=T412::fact[0].statement: 31 words"),
        ({"file": "a:b,c%.toml"}, "::error file=a%3Ab%2Cc%25.toml,line=3,title=T412::fact[0].statement: 31 words"),
        ({"what": "100%: a, b"}, "::error file=my-facts/gear.toml,line=3,title=T412::fact[0].statement: 100%25: a, b"),
        ({"what": "a\n::error::b"}, "::error file=my-facts/gear.toml,line=3,title=T412::fact[0].statement: a ::error::b"),
        ({"file": "a\r\n::stop-commands::x"}, "::error file=a %3A%3Astop-commands%3A%3Ax,line=3,title=T412::fact[0].statement: 31 words"),
        ({"what": "\x1b[31m\u202e"}, "::error file=my-facts/gear.toml,line=3,title=T412::fact[0].statement: <U+001B>[31m<U+202E>"),
    ],
)  # fmt: skip
def test_a_problem_is_one_line_with_what_github_would_read_escaped(changed: dict, line: str) -> None:
    found = github_lines([PROBLEM._replace(**changed)])
    assert re.sub(" +", " ", found) == f"{line}\n"
