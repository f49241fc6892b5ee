"""Sentences of running texts, with the positions of their characters."""

import pytest

from tajsec.text.sentences import LONGEST, paragraphs


def split(text: str, *, wrapped: bool = True) -> list[str]:
    return [each.text for part in paragraphs(text, wrapped=wrapped) for each in part.sentences]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("It cost $1.2 million. Then it closed.", ["It cost $1.2 million.", "Then it closed."]),
        ("The U.S. Embassy paid. In the U.S. The end.", ["The U.S. Embassy paid.", "In the U.S.", "The end."]),
        ("Gen. Smith saw No. 5 of vol. 2. He left.", ["Gen. Smith saw No. 5 of vol. 2.", "He left."]),
        ("Is the answer no? It is no. Nobody knows.", ["Is the answer no?", "It is no.", "Nobody knows."]),
        ("J. Doe came, e.g. by car. Others walked.", ["J. Doe came, e.g. by car.", "Others walked."]),
        ("“It ended.” Then he left… So did she.", ["“It ended.”", "Then he left…", "So did she."]),
        ("It had 4.5 parts.No space follows.", ["It had 4.5 parts.No space follows."]),
        ("A line\nthat goes on. Another\n\nparagraph", ["A line that goes on.", "Another", "paragraph"]),
        ("It closed in\n2018. The end.", ["It closed in 2018.", "The end."]),
        ("# Heading\nText *with* **some** __marks__ and `code`.", ["Heading", "Text with some marks and ."]),
        ("A snake_case_word and 2 * 3", ["A snake_case_word and 2 3"]),
        ("- one\n- two\n  goes on\n1. three", ["one", "two goes on", "three"]),
        ("**9 radios**\nand more", ["9 radios and more"]),
        ("See [the page](https://example.org/a_b) there.", ["See the page there."]),
        ("Seven radios [@seven-radios; see @other, p. 5].", ["Seven radios."]),
        ("A note[^1] and <b>bold</b>&nbsp;text at https://example.org/x", ["A note and bold text at"]),
        ("---\ntitle: 5 radios\n---\nText", ["Text"]),
        ("```\n5 radios\n```\n~~~ x\n6 radios\n~~~\nText", ["Text"]),
        ("<!-- 5 radios -->\n<!--\n6 radios\n-->\nText", ["Text"]),
        ("---\nnot closed", ["---", "not closed"]),
        ("| a | 5 |\n| b | 6 |", ["a | 5 |", "b | 6 |"]),
        ("", []),
        (" \n\t\n", []),
        ("…", ["…"]),
    ],
)  # fmt: skip
def test_a_wrapped_text_is_split_into_sentences_without_markup(text: str, expected: list[str]) -> None:
    assert split(text) == expected


def test_in_a_text_of_passages_each_line_is_a_paragraph_and_signs_are_text() -> None:
    text = "A *line* [sic]\nthat [@seven-7]. Goes on"
    assert split(text, wrapped=False) == ["A *line* [sic]", "that.", "Goes on"]


@pytest.mark.parametrize("wrapped", [True, False])
def test_each_character_has_its_place(wrapped: bool) -> None:
    text = "# Über **uns**\n\nThe U.S. gave [7](x)\n radios\u00a0[@seven]. Ένα δύο. \u202eTwo"
    for part in paragraphs(text, wrapped=wrapped):
        for each in part.sentences:
            assert len(each.text) == len(each.places)
            assert all(char in (text[place], " ") for char, place in zip(each.text, each.places, strict=True))
            assert part.start <= each.start < each.end <= part.end
            assert each.span(0, len(each.text)) == (each.start, each.end)


@pytest.mark.parametrize(
    "unit",
    ["a", "a. ", "[", "[a@", "<a", "`", "*", "_a", "(", "!", "\\", "&nbsp;", "```\n", "---\n", "- ", "\u0301", "A."],
)
def test_no_text_makes_a_long_sentence_or_loses_the_thread(unit: str) -> None:
    text = unit * 20_000
    assert all(len(each) <= LONGEST for each in split(text))
    assert split(f"{text}\n\n```\n```\n\nThe end.")[-1:] in (["The end."], split(text)[-1:])
