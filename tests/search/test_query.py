"""A query is understood: corrected, completed, and split into names and words."""

import pytest

from tajsec.model.protocol import Store
from tajsec.model.selection import Selection
from tajsec.search.answer import search
from tajsec.search.query import understand


def first(store: Store, query: str) -> str:
    matches = search(store, query, Selection(), limit=1).matches
    return matches[0].id if matches else ""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("raidos", "radios"),
        ("gaurd", "guard"),
        ("ushakof", "ushakov"),
        ("afganistan", "afghanistan"),
        ("lavroff", "lavrov"),
        ("qeuipmnt", "equipment"),
        ("vehilces", "vehicles"),
        ("borrderr", "border"),
        ("trainign", "training"),
    ],
)
def test_a_mistyped_word_is_taken_for_the_nearest_known_one(store: Store, typed: str, meant: str) -> None:
    read = [taken for unit in understand(store, typed) for taken in unit.taken_for]
    assert any(each.typed == typed and each.how == "spelling" and meant in each.read_as.split(" or ") for each in read)


def test_a_word_that_is_nearly_known_is_not_taken_apart(store: Store) -> None:
    assert [taken.read_as for unit in understand(store, "equipmentt") for taken in unit.taken_for] == ["equipment"]


@pytest.mark.parametrize("typed", ["4863", "usa", "rus", "blorptwix", "recipe", "pirate"])
def test_digits_short_words_and_noise_are_not_corrected(store: Store, typed: str) -> None:
    assert [unit.taken_for for unit in understand(store, typed)] == [()]


def test_a_star_ends_the_beginning_of_a_word(store: Store) -> None:
    def how(query: str) -> list[tuple[str, str, str]]:
        matches = search(store, query, Selection()).matches
        return [(each.how, each.text, each.matched) for match in matches for each in match.explanations]

    found = how("radi*")
    assert {(kind, text) for kind, text, _ in found} == {("prefix", "radi*")}
    assert {"radio", "radiat"} <= {matched for *_, matched in found}
    assert all(matched.startswith("radi") for *_, matched in found)
    assert first(store, "radi* 4862") == "radios-delivered"
    assert search(store, "zzq*", Selection()).reasons == ["nothing here on 'zzq*'"]


def test_a_run_together_word_is_taken_apart_and_a_split_one_joined(store: Store) -> None:
    assert first(store, "borderguards") == first(store, "border guards") != ""
    assert first(store, "bull dozers") == first(store, "bulldozers") != ""


def test_a_name_of_several_words_counts_as_one(store: Store) -> None:
    assert [unit.text for unit in understand(store, "partnership for peace")] == ["partnership for peace"]


@pytest.mark.parametrize(
    ("query", "person_or_place"),
    [
        ("Раҳмон", "emomali-rahmon"),
        ("Rakhmonov", "emomali-rahmon"),
        ("Kurgan-Tyube", "bokhtar"),
        ("Куляб", "kulob"),
    ],
)
def test_other_spellings_and_scripts_find_the_fact(store: Store, query: str, person_or_place: str) -> None:
    fact = store.fact(search(store, query, Selection(), limit=1).matches[0].id)
    assert person_or_place in (*fact.people, *fact.places)


@pytest.mark.parametrize("query", ["НАТО", "ناتو", "OTAN"])
def test_nato_is_found_by_its_name_in_other_scripts(store: Store, query: str) -> None:
    assert search(store, query, Selection()).total > 50


def test_a_number_is_matched_as_a_number_never_as_part_of_another(store: Store) -> None:
    assert first(store, "4862") == "radios-delivered"
    assert search(store, "486", Selection()).total == 0


def test_the_exact_figure_comes_before_its_rounded_form(store: Store) -> None:
    found = [match.id for match in search(store, "radios", Selection(), cut=False).matches]
    assert found.index("radios-delivered") < found.index("radios-provided-rounded")


def test_a_filter_bounds_the_answer(store: Store) -> None:
    found = search(store, "training", Selection(sources=frozenset({"voa-2013"}))).matches
    assert found
    assert all("voa-2013" in store.fact(match.id).sources for match in found)


@pytest.mark.parametrize(
    ("name", "decisive"), [("tajikistan", False), ("tajik border guards", False), ("nato", True), ("kulob", True)]
)
def test_a_name_decides_unless_most_facts_are_about_it(store: Store, name: str, decisive: bool) -> None:
    assert [unit.is_decisive for unit in understand(store, name)] == [decisive]
