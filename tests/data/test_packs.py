"""Packs of facts: what their `pack.toml` says, what they need, and what becomes of strangers' folders."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from made_packs import write_pack

from tajsec import __version__
from tajsec.data.folders import folders_of
from tajsec.data.packs import named_folder, read_pack
from tajsec.data.read import read, read_files
from tajsec.errors import DataError, TajsecError
from tajsec.model.pack import Pack, need_of
from tajsec.model.records import Contents
from tajsec.store.open import open_store

OWN = 'facts = "own"\n'
EVERYTHING = {"id", "version", "title", "licence", "maintainers"}


def opened(*packs: Path, found: tuple[Path, ...] = (), add_found: bool = True) -> Contents:
    return read(folders_of(packs, found, add_found=add_found))


def problems_of(call: Callable[[], object], folder: Path) -> list[str]:
    """Return the lines of the error that a call raises, without the folder, each with its code."""
    with pytest.raises(DataError) as caught:
        call()
    return [f"{each}  [{each.code}]".replace(f"{folder}{os.sep}", "") for each in caught.value.problems]


def test_a_pack_is_what_its_pack_toml_says(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "one", more='needs = ["tajsec>=0.1", "other-pack>=2,<3"]\n' + OWN)
    assert read_pack(folder) == Pack(
        id="border-observatory",
        version="1.0.0",
        title="Lorries at the border",
        licence="CC-BY-4.0",
        maintainers=("Border Observatory <desk@observatory.example>",),
        needs=("tajsec>=0.1", "other-pack>=2,<3"),
        facts="own",
        path=folder,
    )


def test_the_shipped_facts_are_a_pack_with_the_version_of_the_tool() -> None:
    assert opened().packs == (
        Pack(
            id="tajsec",
            version=__version__,
            title="Tajikistan's security cooperation",
            licence="CC0-1.0",
            maintainers=("the contributors of tajsec",),
        ),
    )


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (("border-observatory", "Border Observatory"), "pack.toml:1: id: 'Border Observatory' is not an id: lower-case letters and digits joined by - . or _, at most 64  [T207]"),
        (("border-observatory", "tajsec"), "pack.toml:1: id: 'tajsec' is the id of the shipped facts; give the pack one of its own  [T305]"),
        (("1.0.0", "1.0"), "pack.toml:2: version: '1.0' is not a version by semver.org: three numbers, such as 1.0.0 or 1.0.0-rc.1  [T207]"),
        (("1.0.0", "v1.0.0"), "pack.toml:2: version: 'v1.0.0' is not a version by semver.org: three numbers, such as 1.0.0 or 1.0.0-rc.1  [T207]"),
        (("1.0.0", "1.00.0"), "pack.toml:2: version: '1.00.0' is not a version by semver.org: three numbers, such as 1.0.0 or 1.0.0-rc.1  [T207]"),
        (("Lorries at", "x" * 200), "pack.toml:3: title: over 200 characters; shorten it  [T204]"),
        (("Lorries", "\\u202eLorries"), "pack.toml:3: title: holds U+202E, a control, private or unassigned character; take it out  [T208]"),
        (("Lorries", "\\u001b[2J"), "pack.toml:3: title: holds U+001B, a control, private or unassigned character; take it out  [T208]"),
        (("CC-BY-4.0", f"LicenseRef-{'x' * 190}"), f"pack.toml:4: licence: 'LicenseRef-{'x' * 69}' is not the SPDX id of a licence, such as CC-BY-4.0, or \"LicenseRef-...\" or \"proprietary\"  [T207]"),
        (('id = "border', f'needs = ["{"x" * 201}"]\nid = "border'), f"pack.toml:1: needs: '{'x' * 80}' is not the id of a pack with its versions, such as \"tajsec>=0.1\" or \"other-pack>=2,<3\"  [T207]"),
        (("observatory.example>", f"observatory.example>{'x' * 200}"), "pack.toml:5: maintainers: over 200 characters; shorten it  [T204]"),
        (("CC-BY-4.0", "free"), "pack.toml:4: licence: 'free' is not the SPDX id of a licence, such as CC-BY-4.0, or \"LicenseRef-...\" or \"proprietary\"  [T207]"),
        (("CC-BY-4.0", "CC BY 4.0"), "pack.toml:4: licence: 'CC BY 4.0' is not the SPDX id of a licence, such as CC-BY-4.0, or \"LicenseRef-...\" or \"proprietary\"  [T207]"),
        (('["Border Observatory <desk@observatory.example>"]', "[]"), "pack.toml:5: maintainers: empty; name at least one  [T204]"),
        (('maintainers = ', "maintainer = "), "pack.toml:1: maintainers: missing; add it  [T201]|pack.toml:5: maintainer: unknown key; did you mean maintainers?  [T203]"),
        (('id = "border', 'needs = ["two packs"]\nid = "border'), "pack.toml:1: needs: 'two packs' is not the id of a pack with its versions, such as \"tajsec>=0.1\" or \"other-pack>=2,<3\"  [T207]"),
        (('id = "border', 'needs = ["border-observatory"]\nid = "border'), "pack.toml:1: needs: 'border-observatory' is the pack itself; leave it out  [T204]"),
        (('id = "border', 'facts = "mine"\nid = "border'), "pack.toml:1: facts: 'mine' is none of added, own, shipped  [T204]"),
        (('id = "border', 'facts = "shipped"\nid = "border'), "pack.toml:1: facts: an edition of the shipped facts has the id 'tajsec'; write added or own  [T204]"),
        (('id = "border', 'fact = "own"\nid = "border'), "pack.toml:1: fact: unknown key; did you mean facts?  [T203]"),
        (('id = "border', '[[fact]]\nid = "border'), None),
        (('id = "border', 'id = "border\n'), "pack.toml:1: not TOML: Illegal character '\\n'; mend the line  [T104]"),
    ],
)  # fmt: skip
def test_a_mistake_in_pack_toml_is_a_line(tmp_path: Path, change: tuple[str, str], line: str | None) -> None:
    file = write_pack(tmp_path / "one") / "pack.toml"
    text = file.read_text("utf-8")
    assert change[0] in text
    file.write_text(text.replace(*change, 1), encoding="utf-8")
    found = problems_of(lambda: read_pack(tmp_path / "one"), tmp_path / "one")
    if line is None:  # every key is in a table of facts: none is where it belongs
        assert {each.split(": ")[1] for each in found} == {*EVERYTHING, "fact"}
    else:
        assert found == line.split("|")


def test_a_title_a_maintainer_a_licence_and_a_need_may_have_200_characters(tmp_path: Path) -> None:
    title, need, licence = "T" * 200, "n" * 200, f"LicenseRef-{'x' * 189}"
    file = write_pack(tmp_path / "one", more=f'needs = ["{need}"]\n') / "pack.toml"
    text = file.read_text("utf-8").replace("Lorries at the border", title).replace("CC-BY-4.0", licence)
    file.write_text(text.replace("Border Observatory <desk@observatory.example>", title), encoding="utf-8")
    pack = read_pack(tmp_path / "one")
    assert (pack.title, pack.maintainers, pack.needs, pack.licence) == (title, (title,), (need,), licence)


# ---------------------------------------------------------------- strangers' folders


def _linked(target: str) -> Callable[[Path, Path], None]:
    def change(folder: Path, outside: Path) -> None:
        write_pack(outside, "another-one")
        path = folder / target
        if path.exists():
            path.rename(folder / "aside")
        path.symlink_to(outside / target)

    return change


def _written(name: str, data: bytes) -> Callable[[Path, Path], None]:
    def change(folder: Path, outside: Path) -> None:
        (folder / name).write_bytes(data)

    return change


def _device(folder: Path, outside: Path) -> None:
    (folder / "pack.toml").unlink()
    os.mkfifo(folder / "pack.toml")


def _folder_in_its_place(folder: Path, outside: Path) -> None:
    (folder / "pack.toml").unlink()
    (folder / "pack.toml").mkdir()


HOSTILE = [
    ("a linked pack.toml", _linked("pack.toml"), "pack.toml: a link; put the file itself there  [T101]"),
    ("a linked folder of facts", _linked("facts"), "facts: a link; put the folder itself there  [T101]"),
    ("a linked folder of sources", _linked("seeds"), "seeds: a link; put the folder itself there  [T101]"),
    ("a linked vocabulary", _linked("facts/vocabulary"), "facts/vocabulary: a link; put the folder itself there  [T101]"),
    ("a linked folder of reviews", _linked("facts/reviews"), "facts/reviews: a link; put the folder itself there  [T101]"),
    ("a linked file", _linked("facts/border-security.toml"), "facts/border-security.toml: a link; put the file itself there  [T101]"),
    ("a pipe", _device, "pack.toml: not a regular file; name or put one there  [T101]"),
    ("a folder", _folder_in_its_place, "pack.toml: "),
    ("over 4 MiB", _written("pack.toml", b"#" * (4 * 2**20 + 1)), "pack.toml: over 4 MiB; split it  [T101]"),
    ("no UTF-8", _written("pack.toml", b'id = "\xff"'), "pack.toml:1: not UTF-8; save the file as UTF-8  [T101]"),
    ("a bomb of tables", _written("pack.toml", b"[a.a.a.a.a.a.a.a.a.a]\n"), "pack.toml:1: a dotted key of over 8 parts; use fewer  [T103]"),
    ("deep lists", _written("pack.toml", b"id = " + b"[" * 999), "pack.toml:1: brackets nested deeper than 16; flatten the value  [T103]"),
    ("a million needs", _written("pack.toml", b"needs = [" + b'"a",\n' * 100_000 + b"]"), None),
    ("a number for an id", _written("pack.toml", b"id = 9\nversion = 1e400\ntitle = {}\nlicence = [[]]\nmaintainers = 1\nneeds = 3\nfacts = true\n"), None),
    ("an empty pack.toml", _written("pack.toml", b""), None),
]  # fmt: skip


@pytest.mark.parametrize(("change", "line"), [row[1:] for row in HOSTILE], ids=[row[0] for row in HOSTILE])
def test_a_hostile_pack_is_refused_with_lines_and_not_read(
    tmp_path: Path, change: Callable[[Path, Path], None], line: str | None
) -> None:
    folder = write_pack(tmp_path / "one")
    change(folder, tmp_path / "outside")
    found = problems_of(lambda: opened(folder), folder)
    assert found
    assert all(each.isprintable() and len(each) < 500 for each in found)
    if line is not None:
        assert found[0].startswith(line)


def test_a_pack_is_named_by_its_id_beside_broken_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = [write_pack(tmp_path / name, id) for name, id in (("a", "no id"), ("b", "river-desk"), ("c", "tajsec"))]
    for path, folder in (("river-desk", found[1]), ("no id", None), ("tajsec", None), ("x/river-desk", None)):
        assert named_folder(Path(path), found) == (folder or Path(path))
    write_pack(tmp_path / "river-desk", "another-desk")
    assert named_folder(Path("river-desk"), found) == Path("river-desk")


def test_packs_that_need_each_other_are_both_there(tmp_path: Path) -> None:
    one = write_pack(tmp_path / "one", more='needs = ["other-desk"]\n')
    other = write_pack(tmp_path / "other", "other-desk", more='needs = ["border-observatory"]\n')
    packs = opened(one, found=(other,), add_found=False).packs
    assert [each.id for each in packs] == ["tajsec", "other-desk", "border-observatory"]


# ---------------------------------------------------------------- which facts a store has


def ids(contents: Contents) -> list[str]:
    """Return the ids of the facts that are not shipped, behind "shipped" if any is."""
    shipped = ["shipped"] if any(fact.pack == "tajsec" for fact in contents.facts) else []
    return shipped + [fact.id for fact in contents.facts if fact.pack != "tajsec"]


def test_own_facts_stand_alone_with_the_shipped_names(tmp_path: Path) -> None:
    added, own = write_pack(tmp_path / "added", "desk"), write_pack(tmp_path / "own", more=OWN)
    found = (write_pack(tmp_path / "found", "found-one"),)
    shipped = Path("tajsec")
    for named, facts in [
        ((), ["shipped", "lorries-found-one"]),
        ((added,), ["shipped", "lorries-found-one", "lorries-desk"]),
        ((own,), ["lorries-border-observatory"]),
        ((own, own), ["lorries-border-observatory"]),
        ((own, added), ["shipped", "lorries-found-one", "lorries-border-observatory", "lorries-desk"]),
        ((shipped,), ["shipped"]),
        ((shipped, own), ["shipped", "lorries-border-observatory"]),
        ((shipped, added), ["shipped", "lorries-desk"]),
    ]:
        assert ids(opened(*named, found=found)) == facts, named
    contents = opened(own)
    assert "nato" in contents.vocabulary.of("actor")
    assert [*contents.sources] == ["border-observatory-2024"]
    assert not contents.reviews


def test_a_folder_without_pack_toml_is_what_it_was(tmp_path: Path, small: Path) -> None:
    found = (write_pack(tmp_path / "found"),)
    assert ids(opened(small, found=found)) == ["seven-radios"]
    (fact,) = opened(small).facts
    assert (fact.pack, fact.pack_version) == (None, None)


def test_a_found_pack_is_added_where_it_is_needed(tmp_path: Path) -> None:
    own = write_pack(tmp_path / "own", more=OWN + 'needs = ["names", "tajsec"]\n')
    names = write_pack(tmp_path / "names", "names", more='needs = ["more-names"]\n')
    more = write_pack(tmp_path / "more", "more-names")
    idle = write_pack(tmp_path / "idle", "idle-one")
    broken = write_pack(tmp_path / "broken", "broken one")
    found = (more, idle, broken, names)
    assert ids(opened(own, found=found)) == ["lorries-more-names", "lorries-names", "lorries-border-observatory"]


def test_a_named_pack_takes_the_place_of_a_found_one(tmp_path: Path) -> None:
    found = write_pack(tmp_path / "found", version="1.0.0")
    named = write_pack(tmp_path / "named", version="1.1.0")
    assert [str(each.name.version) for each in opened(named, found=(found,)).packs] == [__version__, "1.1.0"]
    assert [str(each.name.version) for each in opened(found, found=(found,)).packs] == [__version__, "1.0.0"]


@pytest.mark.parametrize(
    ("need", "line"),
    [
        ("tajsec", None),
        ("tajsec>=0.1,<99", None),
        ("names>=2", None),
        ("names >= 2.1, < 3", None),
        ("names>=2.1.1", "names>=2.1.1 is needed, and there is 2.1.0; add it with --facts DIR, or install names"),
        ("names<2", "names<2 is needed, and there is 2.1.0; add it with --facts DIR, or install names"),
        ("other", "other is not there; add it with --facts DIR, or install other"),
        ("tajsec>=99", f"tajsec>=99 is needed, and there is {__version__}; install it: pip install 'tajsec>=99'"),
    ],
)
def test_a_need_is_met_or_is_one_line(tmp_path: Path, need: str, line: str | None) -> None:
    names = write_pack(tmp_path / "names", "names", "2.1.0")
    one = write_pack(tmp_path / "one", more=f'needs = ["{need}"]\n')
    if line is None:
        assert len(opened(one, names).packs) == 3
    else:
        assert problems_of(lambda: opened(one, names), tmp_path) == [f"one/pack.toml:6: needs: {line}  [T306]"]


@pytest.mark.parametrize(
    ("need", "version", "is_met"),
    [
        ("a", "0.0.0", True),
        ("a>=1", "1.0.0", True),
        ("a>=1", "1.0.0-rc.1", False),
        ("a>=1", "1.0.0+build.5", True),
        ("a>=1.2", "1.10.0", True),
        ("a<2", "1.99.99", True),
        ("a<2", "2.0.0", False),
        ("a<2", "2.0.0-alpha", False),
        ("a>=1,<2", "0.9.9", False),
    ],
)
def test_versions_are_compared_by_their_numbers(need: str, version: str, is_met: bool) -> None:
    found = need_of(need)
    assert found is not None
    assert found.is_met_by(version) is is_met


# ---------------------------------------------------------------- equal ids, and names on top of names


def test_equal_ids_in_two_packs_name_both(tmp_path: Path) -> None:
    one, other = write_pack(tmp_path / "one"), write_pack(tmp_path / "other", "desk")
    for name, was, now in (
        ("facts/border-security.toml", "lorries-desk", "lorries-border-observatory"),
        ("seeds/desk.toml", 'id = "desk-2024"', 'id = "border-observatory-2024"'),
    ):
        text = (other / name).read_text("utf-8")
        (other / name).write_text(text.replace(was, now), encoding="utf-8")
    found = problems_of(lambda: opened(one, other), tmp_path)
    facts, source = (each for each in found if "stands in" in each)
    assert facts == (
        "other/facts/border-security.toml:2: fact[0].id: 'lorries-border-observatory' of pack desk stands in"
        " one/facts/border-security.toml:1 of pack border-observatory already; give it an id of its own  [T305]"
    )
    assert source == (
        "other/seeds/desk.toml:1: id: 'border-observatory-2024' of pack desk stands in"
        " one/seeds/border-observatory.toml:1 of pack border-observatory already; give it an id of its own  [T305]"
    )
    again = write_pack(tmp_path / "again")
    assert problems_of(lambda: opened(one, again), tmp_path) == [
        "again/pack.toml:1: id: 'border-observatory' is the id of one/pack.toml too; leave one of them out  [T305]"
    ]


NATO = '[[actor]]\nid = "nato"\n'


@pytest.mark.parametrize(
    ("vocabulary", "line"),
    [
        (NATO + 'name = "The Alliance"\n', """'nato' of pack border-observatory stands in facts/vocabulary/actors.toml:LINE of pack tajsec already; give it an id of its own, or add names to that one: extends = "tajsec"  [T305]"""),
        (NATO + 'extends = "tajsec"\n', "aliases: missing; add it  [T201]"),
        (NATO + 'extends = "tajsec"\naliases = []\n', "aliases: empty; name at least one  [T204]"),
        (NATO + 'extends = "tajsec"\naliases = ["x"]\nname = "X"\n', "name: unknown key; known are extends, id, aliases  [T203]"),
        (NATO + 'extends = "desk"\naliases = ["x"]\n', "extends: pack 'desk' has no actor 'nato'; leave extends out for a name of your own  [T303]"),
        ('[[actor]]\nid = "natoo"\nextends = "tajsec"\naliases = ["x"]\n', "extends: pack 'tajsec' has no actor 'natoo'; did you mean nato?  [T303]"),
        ('[[actor]]\nid = "tajik"\nextends = "tajsec"\naliases = ["x"]\n', "extends: pack 'tajsec' has no actor 'tajik'; did you mean tajik-armed-forces or tajik-border-guards or tajik-customs?  [T303]"),
    ],
)  # fmt: skip
def test_a_name_that_is_taken_is_refused_or_extended_by_its_pack(tmp_path: Path, vocabulary: str, line: str) -> None:
    pack = write_pack(tmp_path / "one", vocabulary=vocabulary)
    (found,) = problems_of(lambda: opened(pack), tmp_path)
    place, _, said = found.partition("actor[0].")
    assert place.startswith("one/facts/vocabulary/own.toml:")
    defined = next(term for term in opened().vocabulary.of("actor").values() if term.id == "nato").place.line
    assert said.removeprefix("id: ") == line.replace("LINE", str(defined))


def test_other_names_of_a_shipped_term_find_it(tmp_path: Path) -> None:
    pack = write_pack(
        tmp_path / "one", vocabulary=NATO + 'extends = "tajsec"\naliases = ["Brussels treaty club", "NATO"]\n'
    )
    store = open_store([pack])
    assert store.vocabulary.resolve("actor", "brussels treaty club") == "nato"
    was, now = open_store().vocabulary.of("actor")["nato"], store.vocabulary.of("actor")["nato"]
    assert now == replace(was, aliases=(*was.aliases, "Brussels treaty club"))


def test_two_packs_and_a_third_one_add_names_to_a_term(tmp_path: Path) -> None:
    own = '[[actor]]\nid = "gate-desk"\nname = "Gate Desk"\naliases = ["Gate"]\n'
    packs = [write_pack(tmp_path / "one", "one", vocabulary=own)]
    for name, aliases in (("two", '"Gates", "Gate Desk"'), ("three", '"Gate", "The desk", "The desk"')):
        text = f'[[actor]]\nid = "gate-desk"\nextends = "one"\naliases = [{aliases}]\n'
        packs.append(write_pack(tmp_path / name, name, vocabulary=text))
    term = opened(*packs).vocabulary.of("actor")["gate-desk"]
    assert (term.name, term.aliases, term.place.pack) == ("Gate Desk", ("Gate", "Gates", "The desk"), ("one", "1.0.0"))
    broken = tmp_path / "one/facts/vocabulary/own.toml"
    broken.write_text("id =", encoding="utf-8")
    assert len(problems_of(lambda: opened(*packs), tmp_path)) == 1


def test_a_pack_is_read_again_when_its_pack_toml_changes(tmp_path: Path) -> None:
    pack, cache = write_pack(tmp_path / "one"), str(tmp_path / "cache")

    def versions() -> set[str | None]:
        return {fact.pack_version for fact in open_store([pack], cache=cache).facts() if fact.pack != "tajsec"}

    assert versions() == {"1.0.0"}
    write_pack(pack, version="1.0.1")
    assert versions() == {"1.0.1"}


def test_what_is_no_pack_is_a_line(tmp_path: Path) -> None:
    with pytest.raises(TajsecError, match=r"^nowhere: no such folder, and no pack with this id \(tajsec packs\); name"):
        folders_of([Path("nowhere")])
    with pytest.raises(TajsecError, match=r"/nowhere: no such folder; name one that holds fact files$"):
        folders_of([tmp_path / "nowhere"])


def test_a_folder_without_pack_toml_that_uses_shipped_names_is_told_first(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "border")
    (folder / "pack.toml").unlink()
    first, *others = problems_of(lambda: opened(folder), tmp_path)
    assert first == (
        "border: holds no pack.toml, so it is a whole store, and shipped names are unknown in it; "
        "move its files into a pack (tajsec new pack) to use these  [T303]"
    )
    assert [each.rpartition(" ")[2] for each in others] == ["[T303]"] * 2


@pytest.mark.parametrize(
    ("before", "after"),
    [("tajikistan", "tajikstan"), ('status = "completed"', 'status = "done"')],
    ids=["no-shipped-name", "another-mistake"],
)
def test_a_whole_store_with_other_mistakes_is_not_told_to_become_a_pack(
    tmp_path: Path, before: str, after: str
) -> None:
    folder = write_pack(tmp_path / "border", vocabulary='[[topic]]\nid = "border-security"\nname = "Borders"\n')
    (folder / "pack.toml").unlink()
    facts = folder / "facts" / "border-security.toml"
    facts.write_text(facts.read_text("utf-8").replace(before, after), encoding="utf-8")
    assert not [each for each in problems_of(lambda: opened(folder), tmp_path) if "pack.toml" in each]


def test_a_review_of_a_fact_that_is_gone_stops_nobody(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "border")
    (folder / "facts" / "reviews").mkdir()
    (folder / "facts" / "reviews" / "quotes.toml").write_text(
        '[[review]]\nkind = "quotes"\ndate = "2026"\ncompared = "all"\nfacts = { gone = "0123456789abcdef" }\n'
    )
    assert open_store([folder]).fact("lorries-border-observatory").pack == "border-observatory"


def test_an_id_that_is_new_is_said_to_stand_where_it_stood_before(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "border")
    there = folder / "facts" / "border-security.toml"
    file = f"{folder}/facts/aid.toml"  # it is read before the other one
    with pytest.raises(DataError) as caught:
        read_files(folders_of([folder]), changed={file: there.read_text("utf-8")})
    (found,) = caught.value.problems
    assert (found.file, found.path) == (file, "fact[0].id")
    assert found.what.startswith(
        f"'lorries-border-observatory' stands in {folder}/facts/border-security.toml:1 already"
    )
