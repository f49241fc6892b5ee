"use strict";
// The page of `tajsec export --html`: reads what is typed, lets MiniSearch rank the facts, and shows those that answer.
// The tables and constants in DATA are those of the tool, and the facts are elements that it wrote: nothing here makes
// markup of a text.

const DATA = JSON.parse(document.getElementById("data").textContent);
const { facts, scoring } = DATA;

// ---------------------------------------------------------------- words

const letters = new Map(Object.entries(DATA.letters));
const [stopWords, lightWords, conjunctions] = [DATA.stop, DATA.light, DATA.conjunctions].map((each) => new Set(each));
const stems = new Map(); // of every known word
const slipped = new Map(); // by a word with a letter left out, the words that it may be
for (const [kind, groups] of Object.entries(DATA.words)) {
  for (const [stem, ...forms] of groups.map((group) => group.split(":"))) {
    for (const form of forms.length ? forms : [stem]) {
      stems.set(form, stem);
      for (const key of kind === "known" ? [] : deletions(form)) slipped.set(key, [...(slipped.get(key) ?? []), form]);
    }
  }
}
const names = new Map();
for (const [term, importance, isDecisive, isCommon, reading, keys] of DATA.names) {
  for (const key of keys.split("|")) {
    names.set(key, { terms: [term], importance, isDecisive, isCommon, reading });
    for (const word of key.split(" ")) if (!stems.has(word)) stems.set(word, word);
  }
}

function fold(text) {
  const similar = (each) => Array.from(each, (letter) => letters.get(letter) ?? letter).join("");
  return similar(similar(text.toLowerCase().replaceAll("ß", "ss")).normalize("NFKD")).replace(/\p{Mn}/gu, "")
    .replace(/[٠-٩۰-۹]/g, (digit) => digit.charCodeAt(0) & 15).replace(/[‐‑‒–—―−﹣]/g, "-").replace(/٬/g, ",").toLowerCase();
}

function tokens(folded) {
  const found = folded.replaceAll("'", "").match(/[\p{L}\p{N}]+(?:[.,]\d+)*/gu) ?? [];
  return found.map((token) => (/^\d/.test(token) ? token.replaceAll(",", "") : token));
}

const english = Uint8Array.from(atob(DATA.english.bits), (letter) => letter.charCodeAt(0));

function isEnglish(word) { // a Bloom filter: of a hundred words that are not, it takes one for English
  const { size, hashes, seeds } = DATA.english;
  const hash = (seed) => Array.from(word).reduce((at, letter) => Math.imul(at ^ letter.charCodeAt(0), 16777619) >>> 0, seed);
  const [first, second] = seeds.map(hash);
  const places = Array.from({ length: hashes }, (_, turn) => (first + turn * second) % size);
  return /^[a-z]+$/.test(word) && places.every((place) => english[place >> 3] & (1 << (place & 7)));
}

// ---------------------------------------------------------------- mistyped and unfinished words

function deletions(word) {
  return [word, ...Array.from(word, (_, place) => word.slice(0, place) + word.slice(place + 1))];
}

function isPlausible(typed, word) { // in a short word another consonant mostly makes another word
  const changed = Array.from(typed + word).filter((letter) => typed.split(letter).length !== word.split(letter).length);
  const isUsual = (letter) => "aeiouy".includes(letter) || `${typed} ${word}`.includes(letter + letter);
  return word.length > 2 && (typed.length > 5 || (typed[0] === word[0] && changed.every(isUsual)));
}

function corrections(form) {
  if (form.length < 4 || /\d/.test(form)) return [];
  const near = (keys) => [...new Set(keys.flatMap((key) => slipped.get(key) ?? []))].filter((word) => isPlausible(form, word));
  const once = near(deletions(form));
  const found = once.length || form.length < 8 ? once : near(deletions(form).flatMap(deletions));
  return found.sort((a, b) => count(stems.get(b)) - count(stems.get(a)) || (a < b ? -1 : 1)).slice(0, scoring.nearest);
}

function unknownWord(form, isAcronym) {
  if (isAcronym || isEnglish(form)) return [{ form, stems: [] }];
  const note = (read) => `showing ${read}; nothing here is called ${form}`;
  const found = corrections(form);
  const cuts = Array.from(form, (_, cut) => [form.slice(0, cut), form.slice(cut)]).slice(3, -2);
  const halves = found.length && form.length > 5 ? null : cuts.find((parts) => parts.every((part) => stems.has(part)));
  if (halves) return halves.map((part) => ({ form: part, stems: [stems.get(part)], note: note(halves.join(" ")) }));
  return [{ form, stems: found.map((word) => stems.get(word)), note: found.length ? note(found.join(" or ")) : "" }];
}

function completions(start) {
  const found = [...stems].filter(([form, stem]) => form.startsWith(start) && postings.has(stem)).map(([, stem]) => stem);
  return /^\p{L}{2,}$/u.test(start) ? [...new Set(found)].sort((a, b) => count(b) - count(a)) : [];
}

function readWords(typed, acronyms, isFinished) {
  const found = [];
  for (let place = 0; place < typed.length; place++) {
    const [form, next] = [typed[place], typed[place + 1]];
    const singular = form.endsWith("s") ? stems.get(form.slice(0, -1)) : undefined;
    const pair = !next || [form, next].some((each) => stopWords.has(each)) || (stems.has(form) && stems.has(next)) ? "" : form + next;
    if (stems.has(pair)) {
      found.push({ form: pair, stems: [stems.get(pair)], note: `showing ${pair}; nothing here is called ${form} ${next}` });
      place++;
    } else if (stopWords.has(form) || stems.has(form) || singular) {
      found.push({ form, stems: [stems.get(form) ?? singular ?? form] });
    } else if (next || isFinished || !completions(form).length) {
      found.push(...unknownWord(form, acronyms.has(form)));
    } else found.push({ form: `${form}*`, stems: completions(form) });
  }
  return found;
}

// ---------------------------------------------------------------- dates and numbers

const oneOf = (words) => [...words].sort((a, b) => b.length - a.length).map((word) => word.replace(/[^\p{L}\p{N} ]/gu, "\\$&")).join("|");
const keysOf = (...tables) => oneOf(tables.flatMap(Object.keys));
const whole = (pattern) => new RegExp(`(?<![\\p{L}\\p{N}.,])(?:${pattern})(?![\\p{L}\\p{N}])(?![.,]\\d)`, "gu");
const before = (bounds) => new RegExp(`(?<!\\p{L})(${keysOf(bounds)}) *(?:the |year )*$`, "u");
const behind = (bounds) => new RegExp(`^ *(${keysOf(bounds)})(?!\\p{L})`, "u");
const months = { ...DATA.months, ...DATA.otherMonths };
const measures = `(?:${keysOf(DATA.scales)}|${oneOf(DATA.dollars)}|%|km)(?!\\p{L})`;
const MONTH = `(?<month>${keysOf(months)})\\.?`;
const YEAR = "(?<year>(?:19|20)\\d\\d)";
const DAY = "(?<day>\\d\\d?)(?:st|nd|rd|th|-?го|\\.)?";
const TO = /^ ?(?:-|~|to|or|through|thru|till|until|по|до|или|то|تا|یا|bis|à) ?$/u;
const AND = /^ ?(?:\/|and|и|ва|و|und|et) ?$/u;
const dayNumber = (year, month, day) => year * 10000 + month * 100 + day;
const yearsOf = (first, more) => ({ first: dayNumber(first, 1, 1), last: dayNumber(first + more, 12, 31) });

const DATES = {
  patterns: [
    `${YEAR}[-/.](?<number>\\d\\d?)[-/.](?<day>\\d\\d?)`, `(?<number>\\d\\d?)/(?<day>\\d\\d?)/${YEAR}`,
    `(?<day>\\d\\d?)[./](?<number>\\d\\d?)[./]${YEAR}`, `${DAY} (?:of )?${MONTH},? ${YEAR}`, `${MONTH} ${DAY},? ${YEAR}`,
    `${MONTH},? (?:of )?${YEAR}`, `${YEAR},? ${MONTH}`, `${YEAR}-(?<number>0[1-9]|1[0-2])`, `${YEAR}[-/](?<until>\\d\\d)`,
    `${DAY} ${MONTH}`, `${MONTH} ${DAY}`, "(?<decade>(?:19|20)?\\d0)'?s", `${YEAR}(?! ?${measures})`,
    `(?<month>${keysOf(DATA.months)})`, `(?<=(?:in|since|last|this|of|until|before|after) )${MONTH}`,
  ].map(whole),
  read({ year, month, number, day, until, decade }) {
    const [y, m, d] = [Number(year), months[month] ?? Number(number ?? 0), Number(day ?? 0)];
    const lastDay = new Date(Date.UTC(y || 2000, m, 0)).getUTCDate();
    if (m > 12 || (m && d > lastDay) || (number && !m)) return null;
    if (decade) return yearsOf(Number(decade) + (decade.length > 2 ? 0 : decade < 50 ? 2000 : 1900), 9);
    if (!year) return { month: m, day: d };
    if (until) return yearsOf(y, (Number(until) - (y % 100) + 100) % 100);
    return m ? { first: dayNumber(y, m, d || 1), last: dayNumber(y, m, d || lastDay) } : { ...yearsOf(y, 0), year: y };
  },
  join(one, other, between) {
    const isSpan = one.first && other.first && (TO.test(between) || AND.test(between));
    return isSpan && { first: Math.min(one.first, other.first), last: Math.max(one.last, other.last) };
  },
  open({ first, last, month, day }, bound) {
    const span = { since: [first, DATA.noEnd], after: [last + 1, DATA.noEnd], until: [0, last], before: [0, first - 1] }[bound];
    return month ? { month, day } : { first: span[0], last: span[1], isOpen: true };
  },
  before: before(DATA.dateBounds[0]),
  behind: behind(DATA.dateBounds[1]),
  bounds: Object.assign({}, ...DATA.dateBounds),
  weight(fact, { first, last, isOpen, month, day, year }) {
    const isOfMonth = ([starts, ends]) => Math.floor(ends / 100) % 100 === month && (!day || day === starts % 100) &&
      (starts < DATA.firstYear || Math.floor(starts / 100) === Math.floor(ends / 100));
    if (month) return Number(fact.when.some(isOfMonth));
    const closeness = ([starts, ends]) => {
      if (ends < first || starts > last) return 0;
      const [noStart, noEnd] = [starts < DATA.firstYear, ends >= DATA.noEnd];
      const isWithin = (noStart || first <= starts) && (noEnd || ends <= last) && !(noStart && noEnd);
      if (!isWithin) return (Math.min(last, ends) - Math.max(first, starts) + 1) / (ends - starts + 1);
      return isOpen && ((starts === first && first >= DATA.firstYear) || (ends === last && last < DATA.noEnd)) ? 2 : 1;
    };
    const weight = fact.when.length ? Math.max(...fact.when.map(closeness)) : closeness(fact.extent) / 2;
    if (year && fact.numbers.some(([value]) => value === year)) return weight === 1 ? 2 : 1;
    const isBeyond = isOpen && last < DATA.noEnd && Math.floor(last / 10000) > DATA.years[1];
    return isBeyond && weight <= 1 ? 0 : weight; // beyond the last document, only what ends then
  },
};

const NUMBERS = {
  patterns: [whole(`(?:(?<sign>us\\$|[$€£₽¥]) ?)?(?<digits>\\d+(?:[ ,\u00a0\u202f]\\d{3})+(?:\\.\\d+)?|\\d+(?:[.,]\\d+)?)` +
    `(?<scale>(?: ?(?:${keysOf(DATA.scales)})(?!\\p{L}))*)(?: ?(?<unit>${oneOf([...DATA.dollars, ...Object.keys(DATA.currencies)])}))?`)],
  read({ sign, digits, scale, unit }) {
    const factor = (scale.match(/[^\s\d]+/gu) ?? []).reduce((product, word) => product * DATA.scales[word], 1);
    const plain = digits.replace(/[ ,\u00a0\u202f]/g, /^\d+,\d\d?$/.test(digits) ? "." : "");
    const value = Number((Number(plain) * factor).toFixed(6));
    const currency = [sign, unit].map((each) => each && (DATA.currencies[each] ?? "usd")).find(Boolean) ?? "";
    return value === 1 && factor === 1 ? null : { least: value, most: value, factor, currency };
  },
  join(one, other, between) {
    const least = one.factor === 1 && one.least < other.least / other.factor ? one.least * other.factor : one.least;
    return TO.test(between) && least < other.least && { ...other, least, currency: one.currency || other.currency };
  },
  open({ least, most }, bound) {
    const ends = { over: [least, Infinity], "at least": [least, Infinity], about: [least, most] }[bound];
    return { least: ends ? ends[0] : -Infinity, most: ends ? ends[1] : most, bound };
  },
  before: before(DATA.numberBounds[0]),
  behind: behind(DATA.numberBounds[1]),
  bounds: Object.assign({}, ...DATA.numberBounds),
  weight(fact, { least, most, factor, currency, bound }) {
    const mayLackScale = factor === 1 && least === most && (currency === "usd" || !Number.isInteger(least));
    const qualifiers = { over: ["over"], under: ["up-to", "nearly"] }[bound];
    const weights = fact.numbers.flatMap(([value, unit, qualifier]) => [1, ...(mayLackScale ? DATA.unsaidScales : [])].map((scale) => {
      const isIn = least * scale <= value && value <= most * scale && (scale === 1 || unit === "usd");
      const isLeftOut = qualifiers && (value === least || value === most) && !qualifiers.includes(qualifier);
      const isYear = least !== most && !unit && value >= 1900 && value < 2100 && Number.isInteger(value);
      if (!isIn || isLeftOut || isYear) return 0;
      return !currency || currency === unit ? 1 : currency === "usd" ? 1 / 2 : 0;
    }));
    return Math.max(0, ...weights);
  },
};

function take(text, kind) { // the units of one kind in a text, and the text with "|" in their places
  const blank = (all, { start, end }) => all.slice(0, start) + "|".repeat(end - start) + all.slice(end);
  const found = [];
  for (const match of kind.patterns.flatMap((pattern) => [...text.matchAll(pattern)])) {
    const value = { ...kind.read(match.groups), text: match[0], start: match.index, end: match.index + match[0].length };
    const isFree = !text.slice(value.start, value.end).includes("|");
    if (Object.keys(value).length > 3 && isFree) text = blank(text, found[found.push(value) - 1]);
  }
  const joined = [];
  for (const each of found.sort((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    const both = last && kind.join(last, each, text.slice(last.end, each.start));
    if (both) joined.splice(-1, 1, { ...both, isJoined: true, text: `${last.text} to ${each.text}`, start: last.start, end: each.end });
    else joined.push(each);
  }
  const values = joined.map((each) => {
    const [ahead, after] = [kind.before.exec(text.slice(0, each.start)), kind.behind.exec(text.slice(each.end))];
    if (each.isJoined || !(ahead || after)) return each;
    const [start, end] = [each.start - (ahead?.[0].length ?? 0), each.end + (ahead ? 0 : after[0].length)];
    return { ...each, ...kind.open(each, kind.bounds[(ahead ?? after)[1]]), start, end, text: text.slice(start, each.start) + each.text };
  });
  return [values.map((value) => keyed(kind, value)), values.reduce(blank, text)];
}

function keyed(kind, value) { // a unit that facts answer by their dates or numbers
  const weights = facts.map((fact) => kind.weight(fact, value));
  const frequency = weights.filter((weight) => weight >= 1).length || weights.filter(Boolean).length;
  const unit = { text: value.text.trim(), group: 0, notes: [], terms: [], weights, isDecisive: true };
  return { ...unit, isKnown: frequency > 0, importance: rarity(frequency) };
}

// ---------------------------------------------------------------- search

const fields = Object.entries(DATA.index.fieldIds);
const postings = new Map(DATA.index.index.map(([term, found]) =>
  [term, Object.fromEntries(fields.map(([field, number]) => [field, Object.keys(found[number] ?? {}).length]))]));
const index = MiniSearch.loadJS(DATA.index, {
  fields: fields.map(([field]) => field),
  tokenize: (text) => [text],
  processTerm: (term) => term,
  searchOptions: { bm25: { k: scoring.saturation, b: scoring.length, d: 0 } },
});
const count = (term) => Object.values(postings.get(term) ?? {}).reduce((sum, size) => sum + size, 0);
const rarity = (frequency) => Math.log(1 + (2 * (facts.length - frequency) + 1) / (2 * frequency + 1));
const isLight = (form) => lightWords.has(form) || form.length === 1;

function wordUnits(words) { // from left to right the longest name that begins at a word, or else the word
  const keyOf = (some) => some.map((word) => word.stems[0] ?? word.form).join(" ");
  const maySplit = !words.some((word) => word.form === "between");
  const units = [];
  for (let start = 0, group = 0, length; start < words.length; start += length || 1) {
    const isName = (some) => names.has(keyOf(some)) && some.some((word) => !stopWords.has(word.form));
    for (length = scoring.longestName; length && !isName(words.slice(start, start + length));) length--;
    const typed = words.slice(start, start + (length || 1));
    const [text, notes] = [typed.map((word) => word.form).join(" "), typed.map((word) => word.note).filter(Boolean)];
    if (length) {
      const name = names.get(keyOf(typed));
      if (name.reading && !notes.length) notes.push(`showing ${name.reading}; nothing here is called ${text}`);
      units.push({ text, group, notes, ...name, isLight: typed.every((word) => isLight(word.form)) });
    } else if (!stopWords.has(text)) {
      const terms = typed[0].stems;
      units.push({ text, group, notes, terms, importance: rarity(terms.length ? count(terms[0]) : 0), isLight: isLight(text) });
    }
    if (maySplit && !length && conjunctions.has(text)) group++;
  }
  return units.map((unit) => ({ ...unit, isKnown: unit.terms.some(count) }));
}

function unitsOf(text, isFinished) {
  const isLoud = text === text.toUpperCase() && text.includes(" ");
  const acronyms = new Set(isLoud ? [] : (text.match(/\p{Lu}{2,}/gu) ?? []).map(fold));
  const spelled = fold(text).replace(/\p{L}+/gu, (word) => (word !== "one" && DATA.numberWords[word]) || word);
  const [dates, undated] = take(spelled, DATES);
  const [numbers, rest] = take(undated, NUMBERS);
  return [...dates, ...numbers, ...wordUnits(readWords(tokens(rest), acronyms, isFinished))];
}

function queryOf(unit, factor) { // MiniSearch weighs a term by the facts that have it; the boosts make that the unit's importance
  const boost = (term) => Object.fromEntries(fields.map(([field]) => [field, unit.importance / rarity(postings.get(term)?.[field] ?? 0)]));
  if (!unit.weights) return { queries: unit.terms.map((term) => ({ queries: [term], boost: boost(term) })) };
  const { saturation, length } = scoring;
  const mean = DATA.index.averageFieldLength[0];
  const share = (weight, size) => weight * (1 + saturation) / (weight + saturation * (1 - length + length * size / mean));
  const boostDocument = (place) => factor(place) * unit.importance * share(unit.weights[place], facts[place].size);
  return { queries: [MiniSearch.wildcard], boostDocument };
}

const isRequired = (unit) => unit.isDecisive || !(unit.isKnown || unit.isLight || unit.isCommon);

function hasHalf(units, met) { // half of the weight; light words count only alone
  const heavy = units.filter((unit) => !unit.isLight);
  const counted = [heavy.filter((unit) => !isRequired(unit)), heavy, units].find((each) => each.length) ?? [];
  const sum = (some) => some.reduce((total, unit) => total + unit.importance, 0);
  const found = sum(counted.filter((unit) => met.includes(unit)));
  return found > 0 && 2 * found >= sum(counted);
}

function doesAnswer(units, met) {
  const sides = [...Map.groupBy(units, (unit) => unit.group).values()];
  const hasSide = () => sides.length > 1 && sides.some((side) => side.every((unit) => met.includes(unit)) && hasHalf(side, met));
  return units.filter(isRequired).every((unit) => met.includes(unit)) && (hasHalf(units, met) || hasSide());
}

function search(text, isFinished, isSelected) {
  const units = unitsOf(text, isFinished);
  const asked = Object.entries(DATA.asking).filter(([words]) => ` ${tokens(fold(text)).join(" ")} `.includes(` ${words} `)).map(([, kind]) => kind);
  const factor = (place) => (1 + scoring.kind * asked.some((kind) => facts[place].answers.includes(kind))) *
    (1 + scoring.preferred * ((facts[place].rank === 0) - facts[place].worse));
  const options = { boostDocument: factor, filter: ({ id }) => isSelected(id) };
  const scored = index.search({ queries: units.map((unit) => queryOf(unit, factor)) }, options).map((result) => {
    const met = units.filter((unit) => (unit.weights ? unit.weights[result.id] : unit.terms.some((term) => Object.hasOwn(result.match, term))));
    const says = Object.values(result.match).flat().includes("said") || met.some((unit) => unit.weights?.[result.id] >= 1);
    return { place: result.id, score: result.score / (result.queryTerms.length || 1), met, says };
  });
  const isLast = ({ place }) => facts[place].rank === 2; // what is known to be wrong
  const byScore = (a, b) => isLast(a) - isLast(b) || b.score - a.score || (facts[a.place].id < facts[b.place].id ? -1 : 1);
  const cut = (found) => {
    const said = found.some((each) => each.says) ? found.filter((each) => each.says) : found;
    return said.filter((each) => each.score >= scoring.cut * said[0].score);
  };
  const ordered = scored.filter((each) => each.met.length).sort(byScore);
  const answers = cut(ordered.filter((each) => doesAnswer(units, each.met)));
  const unknown = units.filter((unit) => !unit.isKnown && !unit.isLight).map((unit) => unit.text);
  if (!answers.length && !isFinished) return search(text, true, isSelected);
  return { units, unknown, answers, nearest: answers.length ? [] : cut(ordered).slice(0, scoring.nearest) };
}

// ---------------------------------------------------------------- page

const SHOWN = 25; // facts shown at a time: a few screens, which a browser lays out in some milliseconds
const part = (name) => document.getElementById(name);
const [query, list, status, more, isTimeline] = ["query", "list", "status", "more", "timeline"].map(part);
const choices = [...document.querySelectorAll("select")];
const cards = [...part("cards").content.children]; // a fact each, in the order of DATA.facts
const bars = new Map([...part("bars").content.children].map((each) => [Number(each.dataset.place), each])); // in order of time
const everyPlace = facts.map((_, place) => place);
let found = everyPlace;
let shown = SHOWN;

function update(isFinished) {
  const chosen = choices.map((each, filter) => each.value && new Set(DATA.filters[filter][each.value])).filter(Boolean);
  const isSelected = (place) => chosen.every((places) => places.has(place));
  const text = query.value.slice(0, scoring.longestQuery);
  shown = SHOWN;
  if (!/[\p{L}\p{N}]/u.test(text)) {
    found = everyPlace.filter(isSelected);
    return render([]);
  }
  const { units, unknown, answers, nearest } = search(text, isFinished, isSelected);
  found = (answers.length ? answers : nearest).map((each) => each.place);
  const notes = [...new Set(units.flatMap((unit) => unit.notes))];
  if (answers.length && unknown.length) notes.push(`left out: ${unknown.join(", ")}; nothing here is called that`);
  if (!answers.length) notes.push(unknown.length ? `nothing here on ${unknown.join(" or ")}` : "no fact joins all of it");
  if (nearest.length) notes.push("these answer part of it:");
  return render(notes);
}

function render(notes) {
  const dated = [...bars.keys()].filter((place) => new Set(found).has(place));
  const places = isTimeline.checked ? dated : found;
  const counted = `${places.length} ${places.length === 1 ? "fact" : "facts"}`;
  const undated = isTimeline.checked && found.length > dated.length ? `${found.length - dated.length} without a date of their own left out` : "";
  status.textContent = [counted, undated, ...notes].filter(Boolean).join(". ");
  list.replaceChildren(...places.slice(0, shown).map((place) => (isTimeline.checked ? bars.get(place) : cards[place])));
  list.classList.toggle("bars", isTimeline.checked);
  part("axis").hidden = !isTimeline.checked;
  more.hidden = places.length <= shown;
  more.textContent = `Show more (${places.length - shown} left)`;
  more.onclick = () => { shown += SHOWN; render(notes); };
}

function showLinked() { // the fact of the address comes first, open
  const place = facts.findIndex(({ id }) => location.hash === `#fact-${id}`);
  if (place < 0) return;
  [query, ...choices].forEach((each) => { each.value = ""; });
  isTimeline.checked = false;
  found = [place, ...everyPlace.filter((each) => each !== place)];
  shown = SHOWN;
  render([]);
  const card = cards[place].querySelector("details");
  card.open = true;
  card.querySelector("summary").focus();
  card.scrollIntoView();
}

async function copy(button) {
  const citation = button.previousElementSibling;
  try {
    await navigator.clipboard.writeText(citation.textContent);
    button.textContent = "Copied";
  } catch {
    getSelection().selectAllChildren(citation);
    button.textContent = "Selected: press Ctrl+C";
  }
}

function tellAges() { // as of today, not as of the day on which the page was written
  const now = new Date();
  for (const each of cards.flatMap((card) => [...card.querySelectorAll("[data-from]")])) {
    const [year, month, day] = each.dataset.from.split("-").map(Number);
    const isBefore = now.getMonth() + 1 < month || (now.getMonth() + 1 === month && now.getDate() < day);
    const years = now.getFullYear() - year - isBefore;
    each.textContent = years >= 2 ? `, ${years} years ago` : "";
  }
}

query.addEventListener("input", () => update(false));
query.form.addEventListener("submit", (event) => { event.preventDefault(); update(true); });
[isTimeline, ...choices].forEach((each) => each.addEventListener("change", () => update(true)));
list.addEventListener("click", ({ target }) => { if (target.matches("button.copy")) copy(target); });
addEventListener("hashchange", showLinked);
addEventListener("keydown", (event) => {
  if (event.key === "/" && !event.target.matches("input, select")) { event.preventDefault(); query.focus(); }
});
let closed = []; // on paper every fact has its receipt
addEventListener("beforeprint", () => {
  closed = [...list.querySelectorAll("details:not([open])")];
  closed.forEach((each) => { each.open = true; });
});
addEventListener("afterprint", () => closed.forEach((each) => { each.open = false; }));
tellAges();
update(true);
showLinked();
