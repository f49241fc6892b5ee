"""A draft beside the facts: what is said of it, where, and at what rates it is right."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from tajsec.errors import UsageError
from tajsec.factcheck import draft
from tajsec.factcheck.draft import FLAGS, Said, check_draft
from tajsec.model.protocol import Store
from tajsec.store.open import open_store

SENTENCES = {
    path.stem: [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for path in sorted((Path(__file__).parent / "drafts").glob("*.jsonl"))
}
"""Sentences by people who had not seen the code: each with the flags that are right, and the facts that bear on it.

The code was mended against `tuned`. `kept` was kept apart until then, and scored 88 of 100 when it was first looked at
(negated 4 of 8, other-actor 6 of 8, outdated 5 of 7, rounded 8 of 10, right 24 of 25, wrong 22 of 23; two rounded ones
were called different); what it showed was mended by rules, so that both hold no more than that nothing gets worse.
As the store grew, facts answered seven sentences that had been out of scope: these have the flag that is right now,
and others of the same kinds, at the end of each file, fill the class.
"""

KINDS = ("negated", "other-actor", "other-year", "out-of-scope", "outdated", "right", "rounded", "wrong")

LEAST_RIGHT = {
    "tuned": dict.fromkeys(KINDS, 1.0),
    "kept": {**dict.fromkeys(KINDS, 1.0), "negated": 7 / 8, "right": 27 / 28},
}
"""The share of each kind whose flag is right, as it was measured; a lower one is a step back."""

RIGHT_NEGATIONS = (Path(__file__).parent / "drafts" / "negations.txt").read_text(encoding="utf-8").splitlines()
"""Sentences with a negation, each of which may be right beside the facts."""


def flag_of(found: list[Said]) -> str:
    """Return the flag of a draft: that of its findings that matters most."""
    return next((flag for flag in FLAGS if flag in {each.flag for each in found}), "not-covered")


def check(store: Store, text: str, **options: object) -> list[Said]:
    return check_draft(store, text, wrapped=True, **options)


def summary(found: list[Said]) -> list[tuple[str, str]]:
    return [(each.text, each.flag) for each in found]


def by_line(store: Store, texts: Sequence[str]) -> list[list[Said]]:
    """Check texts of one line as one draft; return the findings of each."""
    found = check(store, "\n\n".join(texts))
    return [[each for each in found if each.line == 2 * n + 1] for n in range(len(texts))]


@pytest.fixture(scope="module")
def judged(store: Store) -> dict[str, list[tuple[dict, str]]]:
    """The sentences of each file, each with its flag."""
    found = {name: by_line(store, [each["text"] for each in rows]) for name, rows in SENTENCES.items()}
    return {
        name: [(each, flag_of(said)) for each, said in zip(rows, found[name], strict=True)]
        for name, rows in SENTENCES.items()
    }


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", LEAST_RIGHT)
def test_sentences_get_the_right_flag_as_often_as_measured(
    judged: dict[str, list[tuple[dict, str]]], name: str, kind: str
) -> None:
    right = [flag in each["expected"] for each, flag in judged[name] if each["kind"] == kind]
    assert sum(right) / len(right) >= LEAST_RIGHT[name][kind]
    assert {each["kind"] for each in SENTENCES[name]} == set(KINDS)


@pytest.mark.parametrize("name", LEAST_RIGHT)
def test_no_right_sentence_is_called_different(judged: dict[str, list[tuple[dict, str]]], name: str) -> None:
    wrong = [each["text"] for each, flag in judged[name] if flag == "differs" and "differs" not in each["expected"]]
    assert wrong == []


def test_no_sentence_with_a_negation_that_may_be_right_is_called_different(store: Store) -> None:
    found = by_line(store, RIGHT_NEGATIONS)
    wrong = [text for text, said in zip(RIGHT_NEGATIONS, found, strict=True) if flag_of(said) == "differs"]
    assert len(RIGHT_NEGATIONS) > 40
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tajik scientists got grants from NATO's science programme.", [("Tajik", "beside")]),
        ("Tajikistan grows excellent apricots.", [("Tajikistan", "not-covered")]),
        ("The United States delivered 4,862 radios to Tajikistan.", [("4,862 radios", "agrees")]),
        ("The weather was fine.", []),
    ],
)
def test_names_alone_have_facts_beside_them_on_request(
    store: Store, text: str, expected: list[tuple[str, str]]
) -> None:
    assert summary(check(store, text, names=True)) == expected
    assert [each for each in summary(check(store, text)) if each[1] in ("beside", "not-covered")] == []


def test_the_statement_of_a_fact_agrees_with_it(store: Store) -> None:
    facts = store.facts()[::7]  # each takes 0.04 s
    found = by_line(store, [each.statement for each in facts])
    wrong = [
        (fact.id, each.text)
        for fact, said in zip(facts, found, strict=True)
        for each in said
        if each.flag in ("differs", "rounds")
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The United States delivered 4,862 radios to Tajikistan.", [("4,862 radios", "agrees")]),
        ("The United States delivered **4,682 radios** to Tajikistan.", [("4,682 radios", "differs")]),
        ("The United States delivered nearly 5,000 radios to Tajikistan.", [("nearly 5,000 radios", "rounds")]),
        ("The Tajik military got 358 vehicles from the U.S.", [("358 vehicles", "outdated")]),
        ("The Border Observatory counted 4,862 geese.", [("4,862 geese", "not-covered")]),
        ("Tajikistan joined the Partnership for Peace in 2003.", [("2003", "differs")]),
        ("The weather was fine.", []),
        ("", []),
    ],
)
def test_each_figure_and_date_has_a_flag(store: Store, text: str, expected: list[tuple[str, str]]) -> None:
    assert summary(check(store, text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Customs Training Academy cost $3.4 million, and the Karatog National Training Center $9 million.",
            [("agrees", "customs-training-academy-built"), ("differs", "karatog-training-center-built")],
        ),
        (
            "The Customs Training Academy cost $3.4 million, and the Karatog National Training Center $7 million.",
            [("agrees", "customs-training-academy-built"), ("agrees", "karatog-training-center-built")],
        ),
        ("Radiation monitors stand at 13 airports.", [("not-covered", "")]),
        (
            "The United States fitted Dushanbe airport with 13 portal monitors.",
            [("agrees", "portal-monitors-dushanbe-airport")],
        ),
        ("The United States supplied Tajikistan with 21 bulldozers.", [("not-covered", "")]),
        (
            "The United States supplied Tajikistan with 21 pieces of machinery.",
            [("agrees", "heavy-equipment-delivered")],
        ),
        ("The United States trained some 10,000 Tajik soldiers.", [("rounds", "us-trained-soldiers-and-police")]),
        (
            "The United States spends $450,000 a month on English training for Tajik officers.",
            [("not-covered", "")],
        ),
        (
            "The United States spends $450,000 a year on English training for Tajik officers.",
            [("agrees", "english-and-pme-annual-funding")],
        ),
        (
            "The two militaries hold about forty trainings each year in Tajikistan.",
            [("rounds", "us-tajik-military-trainings-per-year")],
        ),
    ],
)
def test_a_figure_is_compared_with_what_counts_the_same_in_the_same_time(
    store: Store, text: str, expected: list[tuple[str, str]]
) -> None:
    found = [each for each in check(store, text) if each.kind == "figure"]
    assert [(each.flag, each.beside[0].fact.id if each.beside else "") for each in found] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "In contrast to Russia, which has 7,000 soldiers at its base, the U.S. has no troops in Tajikistan.",
            [("7,000 soldiers", "agrees", "russian-troops-about-7000")],
        ),
        ("Unlike Russia, the United States has no troops in Tajikistan.", []),
        ("The United States, unlike Russia, has no troops in Tajikistan.", []),
        ("The United States has no base in Tajikistan.", []),
        (
            "Russia, unlike the United States, has no troops in Tajikistan.",
            [("statement", "differs", "russian-troops-about-7000")],
        ),
        (
            "The United States, which delivered 4,682 radios to Tajikistan, has no base there.",
            [("4,682 radios", "differs", "radios-delivered")],
        ),
        (
            "Tajikistan, which never joined the Partnership for Peace, works with NATO.",
            [("statement", "differs", "pfp-joined-by-tajikistan-2002")],
        ),
        (
            "Tajikistan never joined the Partnership for Peace, unlike Kazakhstan.",
            [("statement", "differs", "nato-tj-practical-work-began-with-pfp")],
        ),
    ],
)
def test_a_relative_clause_and_a_denial_are_about_their_own_subject(
    store: Store, text: str, expected: list[tuple[str, str, str]]
) -> None:
    found = check(store, text)
    said = [("statement" if each.kind == "statement" else each.text, each.flag) for each in found]
    assert [(*one, each.beside[0].fact.id) for one, each in zip(said, found, strict=True)] == expected


def test_a_finding_has_its_place_in_the_draft(store: Store) -> None:
    text = "# Radios\n\nIn short, the U.S. delivered\n**4,682 radios** to Tajikistan.\n"
    (found,) = check(store, text)
    assert (found.line, found.column) == (4, 3)
    assert text[found.start : found.end] == found.text == "4,682 radios"
    assert found.sentence == "In short, the U.S. delivered 4,682 radios to Tajikistan."
    assert [each.fact.id for each in found.beside] == ["radios-delivered"]


def test_what_was_so_at_the_time_of_the_sentence_is_not_outdated(store: Store) -> None:
    text = "The U.S. Embassy had created 44 Community Policing Centers in Tajikistan"
    assert summary(check(store, f"{text}.")) == [("44 Community Policing Centers", "outdated")]
    assert {each.flag for each in check(store, f"{text} by October 2018.")} == {"agrees"}


def test_a_figure_of_another_time_is_no_evidence_beside_a_nearer_fact(store: Store) -> None:
    text = "The new posts at Ayvaj and Chaldovar, under construction in 2021, cost the United States about $12 million."
    assert [each.flag for each in check(store, text) if each.kind == "figure"] == ["differs"]


def test_what_is_outdated_has_the_newest_fact_beside_it(store: Store) -> None:
    (found,) = check(store, "The Tajik military got 358 vehicles from the U.S.")
    newer = {name for name, each in store.relations_to("vehicles-provided-358") if each.kind == "supersedes"}
    assert len(newer) > 1
    assert [each.fact.id for each in found.newer] == ["us-vehicles-400-tajik-armed-forces-2022"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mines on the Uzbek border had killed 68 people and injured 83 since August 2000.", {"agrees"}),
        ("Of five Afghans sent back through Panji Poyon in August 2022, two of them were men.", {"agrees"}),
        ("Uzbekistan laid the mines on its border with Tajikistan in the late 1990s.", {"agrees"}),
        ("France has had no aircraft in Dushanbe since 2014.", set()),
        ("NATO lost in Afghanistan, and withdrew its troops in 2014.", {"agrees"}),
        ("India never used Tajikistan's Ayni base for combat, but stationed Mi-17 helicopters there.", set()),
        ("Russian guards still held a part of the Tajik-Afghan border until September 2005.", {"agrees"}),
        ("Almost 40 American Jeeps were still to come to Tajikistan in October 2021.", {"agrees", "rounds"}),
    ],
)
def test_facts_on_another_thing_or_time_are_no_evidence(store: Store, text: str, expected: set[str]) -> None:
    assert {each.flag for each in check(store, text)} - {"not-covered"} <= expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It joined the Partnership for Peace in 2002 [@pfp-joined-by-tajikistan-2002].", ("agrees", "")),
        (
            "It got 358 vehicles [@vehicles-provided-358].",
            ("outdated", "superseded by us-vehicles-400-tajik-armed-forces-2022"),
        ),
        ("The U.S. delivered 4,682 radios [see @radios-delivered, p. 5].", ("differs", "")),
        ("The U.S. delivered radios. [-@radios-delivered]", ("agrees", "")),
        ("Geese fly south [@radios-delivered].", ("not-covered", "")),
        ("It got radios [@radios-deliverd].", ("unknown", "no such fact; similar: radios-delivered")),
        ("It got radios [@no-such-fact-at-all].", ("unknown", "no such fact")),
    ],
)
def test_a_mark_has_the_state_of_its_fact(store: Store, text: str, expected: tuple[str, str]) -> None:
    (found,) = [each for each in check(store, text) if each.kind == "mark"]
    assert (found.flag, found.why) == expected


@pytest.mark.parametrize(
    "text",
    ["[@nato-2017]", "[@Doe1999]", "[@fig:map]", "[@xyzzy]", "me@radios-delivered.example", "`[@radios-delivered]`x"],
)
def test_other_keys_are_no_marks(store: Store, text: str) -> None:
    assert [each for each in check(store, f"Radios {text}.") if each.kind == "mark" and "`" not in text] == []


def test_withdrawn_and_deprecated_facts_are_said_to_be_so(small: Path) -> None:
    path = small / "facts" / "gear.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(f'{text}withdrawn = "The paper was wrong."\n', encoding="utf-8")
    (found,) = check(open_store([small]), "It got radios [@seven-radios].")
    assert (found.flag, found.why) == ("differs", "withdrawn: The paper was wrong")
    path.write_text(f'{text}rank = "deprecated"\nnotes = "It was eight."\n', encoding="utf-8")
    (found,) = [each for each in check(open_store([small]), "It got radios [@seven-radios].") if each.kind == "mark"]
    assert (found.flag, found.why) == ("differs", "known to be wrong: It was eight")


def test_a_draft_over_the_limits_is_refused(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="over 5 million characters; split it"):
        check(store, "a" * (draft.MAX_TEXT + 1))
    monkeypatch.setattr(draft, "MAX_FINDINGS", 3)
    with pytest.raises(UsageError, match="over 3 figures, dates and citations; split it"):
        check(store, "It gave 5 radios, 6 tents, 7 trucks and 8 boats.")
    monkeypatch.setattr(draft, "MAX_SEARCHES", 3)
    with pytest.raises(UsageError, match="over 3 sentences and clauses to search for; split it"):
        check(
            store, " ".join(f"The {name} met the U.S. today." for name in ("envoy", "army", "board", "fleet", "crew"))
        )
