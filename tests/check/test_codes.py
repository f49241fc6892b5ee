"""The codes of failed checks: the table lists those that the checks use, and no others."""

import re
from pathlib import Path

import tajsec.check
from tajsec.check.codes import CODES

FOLDER = Path(tajsec.check.__file__).parent


def test_the_table_lists_every_code_that_a_check_uses_and_no_other() -> None:
    code = "".join(path.read_text("utf-8") for path in FOLDER.glob("*.py") if path.stem != "codes")
    assert set(re.findall(r'"(V\d{3})"', code)) == set(CODES)


def test_the_codes_are_in_order() -> None:
    assert list(CODES) == sorted(CODES)
