"use strict";
// The page of `tajsec export --html`: reads what is typed, lets MiniSearch rank the facts, and shows those that answer.
// DATA has the tables and constants of the tool; the facts are elements that it wrote. Nothing here makes markup.

const DATA = JSON.parse(document.getElementById("data").textContent);
const { facts, scoring } = DATA;

// ---------------------------------------------------------------- words
const [letters, numberWords] = [DATA.letters, DATA.numberWords].map((each) => new Map(Object.entries(each)));
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
const names = new Map(); // by their stems
for (const [term, importance, isDecisive, isCommon, reading, keys] of DATA.names) {
  for (const key of keys.split("|")) {
    names.set(key, { terms: [term], importance, isDecisive, isCommon, reading });
    for (const word of key.split(" ")) if (!stems.has(word)) stems.set(word, word);
  }
}
const english = Uint8Array.from(atob(DATA.english.bits), (letter) => letter.charCodeAt(0));

function fold(text) {
  const similar = (each) => Array.from(each, (letter) => letters.get(letter) ?? letter).join("");
  return similar(similar(text.toLowerCase()).normalize("NFKD")).replace(/\p{Mn}/gu, "").toLowerCase();
}

function tokens(folded) {
  const found = folded.replaceAll("'", "").match(/[\p{L}\p{N}]+(?:[.,]\d+)*/gu) ?? [];
  return found.map((token) => (/^\d/.test(token) ? token.replaceAll(",", "") : token));
}

function isEnglish(word) { // a Bloom filter: of a hundred words that are not, it takes one for English
  const { size, hashes, seeds } = DATA.english;
  const fnv = (hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 16777619) >>> 0;
  const [first, second] = seeds.map((seed) => Array.from(word).reduce(fnv, seed));
  const places = Array.from({ length: hashes }, (_, turn) => (first + turn * second) % size);
  return /^[a-z]+$/.test(word) && places.every((place) => english[place >> 3] & (1 << (place & 7)));
}

// ---------------------------------------------------------------- mistyped and unfinished words
function deletions(word) {
  return [word, ...Array.from(word, (_, place) => word.slice(0, place) + word.slice(place + 1))];
}

function isPlausible(typed, word) { // in a short word another consonant mostly makes another word
  const isChanged = (letter) => typed.split(letter).length !== word.split(letter).length;
  const isUsual = (letter) => "aeiouy".includes(letter) || `${typed} ${word}`.includes(letter + letter);
  return typed.length > 5 || (typed[0] === word[0] && Array.from(typed + word).filter(isChanged).every(isUsual));
}

function corrections(form) {
  if (form.length < 4 || /\d/.test(form)) return [];
  const near = (keys) => [...new Set(keys.flatMap((key) => slipped.get(key) ?? []))];
  const once = near(deletions(form)).filter((word) => isPlausible(form, word));
  const found = once.length || form.length < 8 ? once : near(deletions(form).flatMap(deletions));
  return found.sort().sort((a, b) => count(stems.get(b)) - count(stems.get(a))).slice(0, scoring.nearest);
}

function unknownWord(form, isAcronym) {
  if (isAcronym || isEnglish(form)) return [{ form, stems: [] }];
  const found = corrections(form);
  const cuts = Array.from(form, (_, cut) => [form.slice(0, cut), form.slice(cut)]).slice(3, -2);
  const halves = found.length && form.length > 5 ? null : cuts.find((each) => each.every((half) => stems.has(half)));
  const note = `Showing ${halves?.join(" ") ?? found.join(" or ")}; nothing here is called ${form}`;
  if (halves) return halves.map((half) => ({ form: half, stems: [stems.get(half)], note }));
  return [{ form, stems: found.map((word) => stems.get(word)), note: found.length ? note : "" }];
}

function completions(start) {
  const found = new Set();
  for (const [form, stem] of stems) if (form.startsWith(start) && postings.has(stem)) found.add(stem);
  return start.length > 1 ? [...found].sort((a, b) => count(b) - count(a)).slice(0, scoring.pool) : [];
}

function readWords(typed, acronyms, isFinished) {
  const found = [];
  for (let place = 0; place < typed.length; place++) {
    const [form, next] = [typed[place], typed[place + 1]];
    const mayJoin = next && !stopWords.has(form) && !stopWords.has(next) && !(stems.has(form) && stems.has(next));
    const known = stems.get(form) ?? (stopWords.has(form) ? form : form.endsWith("s") && stems.get(form.slice(0, -1)));
    if (mayJoin && stems.has(form + next)) {
      const note = `Showing ${form + next}; nothing here is called ${form} ${next}`;
      found.push({ form: form + next, stems: [stems.get(form + next)], note });
      place++;
    } else if (known) found.push({ form, stems: [known] });
    else {
      const ends = isFinished || next ? [] : completions(form);
      found.push(...(ends.length ? [{ form: `${form}*`, stems: ends }] : unknownWord(form, acronyms.has(form))));
    }
  }
  return found;
}

// ---------------------------------------------------------------- dates and numbers
const escaped = (word) => word.replace(/[$.*+?()|]/g, "\\$&");
const oneOf = (words) => words.sort((a, b) => b.length - a.length).map(escaped).join("|");
const keysOf = (table) => oneOf(Object.keys(table));
const whole = (pattern) => new RegExp(`(?<![\\p{L}\\p{N}.,])(?:${pattern})(?![\\p{L}\\p{N}])(?![.,]\\d)`, "gu");
const boundsOf = ([ahead, behind]) => ({ ahead: new RegExp(`(?<!\\p{L})(${keysOf(ahead)}) *(?:the |year )*$`, "u"),
  behind: new RegExp(`^ *(${keysOf(behind)})(?!\\p{L})`, "u"), kinds: { ...ahead, ...behind } });
const months = { ...DATA.months, ...DATA.otherMonths };
const CURRENCY = oneOf([...DATA.dollars, ...Object.keys(DATA.currencies)]);
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
    `(?<day>\\d\\d?)[./](?<number>\\d\\d?)[./]${YEAR}`, `${DAY} (?:of )?${MONTH},? ${YEAR}`,
    `${MONTH} ${DAY},? ${YEAR}`, `${MONTH},? (?:of )?${YEAR}`, `${YEAR},? ${MONTH}`, `(?<number>\\d\\d?)[/.]${YEAR}`,
    `${YEAR}-(?<number>0[1-9]|1[0-2])`, `${YEAR}[-/](?<until>\\d\\d)`, `${DAY} ${MONTH}`, `${MONTH} ${DAY}`,
    "(?<decade>(?:19|20)?\\d0)'?s", `${YEAR}(?! ?(?:${keysOf(DATA.scales)}|${CURRENCY}|%|km)(?!\\p{L}))`,
    `(?<month>${keysOf(DATA.months)})`, `(?<=(?:in|since|last|this|of|until|before|after) )${MONTH}`,
  ].map(whole),
  bounds: boundsOf(DATA.dateBounds),
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
  open({ first, last, month }, bound) {
    const [since, until] = [{ since: first, after: last + 1 }[bound] ?? 0, { until: last, before: first - 1 }[bound]];
    return month ? {} : { first: since, last: until ?? DATA.noEnd, isOpen: true, year: 0 };
  },
  weight(fact, { first, last, isOpen, month, day, year }) { // as `tajsec.search.dated` has it
    const isOfMonth = ([starts, ends]) => Math.floor(ends / 100) % 100 === month && (!day || day === starts % 100) &&
      (starts < DATA.firstYear || Math.floor(starts / 100) === Math.floor(ends / 100));
    if (month) return Number(fact.when.some(isOfMonth));
    const closeness = ([starts, ends]) => {
      const [noStart, noEnd] = [starts < DATA.firstYear, ends >= DATA.noEnd];
      const isWithin = (noStart || first <= starts) && (noEnd || ends <= last) && !(noStart && noEnd);
      if (ends < first || starts > last) return 0;
      if (!isWithin) return (Math.min(last, ends) - Math.max(first, starts) + 1) / (ends - starts + 1);
      return isOpen && (starts === Math.max(first, DATA.firstYear) || ends === Math.min(last, DATA.noEnd - 1)) ? 2 : 1;
    };
    const isNear = fact.extent[0] <= last && fact.extent[1] >= first;
    const found = fact.when.length ? Math.max(...fact.when.map(closeness)) : closeness(fact.extent) / 2;
    const isBeyond = isOpen && last < DATA.noEnd && Math.floor(last / 10000) > DATA.years[1];
    const weight = !isNear || (isBeyond && found <= 1) ? 0 : found; // beyond the last document, only what ends then
    return year && fact.numbers.some(([value]) => value === year) ? 1 + (weight === 1) : weight;
  },
};

const NUMBERS = {
  patterns: [`(?:(?<sign>${CURRENCY}) ?)?(?<digits>\\d+(?:[ ,]\\d{3})+(?:\\.\\d+)?|\\d+(?:[.,]\\d+)?)(?:km|%)?` +
    `(?<scale>(?: ?(?:${keysOf(DATA.scales)})(?!\\p{L}))*)(?: ?(?<unit>${CURRENCY}))?`].map(whole),
  bounds: boundsOf(DATA.numberBounds),
  read({ sign, digits, scale, unit }) {
    const factor = (scale.match(/[^\s\d]+/gu) ?? []).reduce((product, word) => product * DATA.scales[word], 1);
    const plain = digits.replace(/[ ,]/g, /^\d+,\d\d?$/.test(digits) ? "." : "");
    const value = Number((Number(plain) * factor).toFixed(6));
    const currency = [sign, unit].map((each) => each && (DATA.currencies[each] ?? "usd")).find(Boolean) ?? "";
    return value === 1 && factor === 1 ? null : { least: value, most: value, factor, currency };
  },
  join(one, other, between) {
    const isScaled = one.factor === 1 && one.least < other.least / other.factor; // 6-7 thousand
    const least = isScaled ? one.least * other.factor : one.least;
    return TO.test(between) && least < other.least && { ...other, least, currency: one.currency || other.currency };
  },
  open({ least, most }, bound) {
    if (bound === "about") return {};
    return ["over", "at least"].includes(bound) ? { least, most: Infinity, bound } : { least: -Infinity, most, bound };
  },
  weight(fact, { least, most, factor, currency, bound }) {
    const mayLackScale = factor === 1 && least === most && (currency === "usd" || !Number.isInteger(least));
    const qualifiers = { over: ["over"], under: ["up-to", "nearly"] }[bound];
    const weightOf = ([value, unit, qualifier], scale) => {
      const isIn = least * scale <= value && value <= most * scale && (scale === 1 || unit === "usd");
      const isLeftOut = qualifiers && (value === least || value === most) && !qualifiers.includes(qualifier);
      const isYear = least !== most && !unit && value >= 1900 && value < 2100 && Number.isInteger(value);
      const weight = !currency || currency === unit ? 1 : currency === "usd" ? 1 / 2 : 0;
      return isIn && !isLeftOut && !isYear ? weight : 0;
    };
    const scales = [1, ...(mayLackScale ? DATA.unsaidScales : [])];
    return Math.max(0, ...fact.numbers.flatMap((number) => scales.map((scale) => weightOf(number, scale))));
  },
};

function take(text, { patterns, bounds, read, join, open, weight }) { // units, and the text with "|" in their places
  const blank = (all, { start, end }) => all.slice(0, start) + "|".repeat(end - start) + all.slice(end);
  const values = [];
  for (const match of patterns.flatMap((pattern) => [...text.matchAll(pattern)])) {
    const [value, start, end] = [read(match.groups), match.index, match.index + match[0].length];
    if (!value || text.slice(start, end).includes("|")) continue;
    values.push({ ...value, text: match[0], start, end });
    text = blank(text, values.at(-1));
  }
  values.sort((a, b) => a.start - b.start);
  for (let place = values.length - 1; place > 0; place--) {
    const [one, other] = values.slice(place - 1);
    const both = join(one, other, text.slice(one.end, other.start));
    const span = { text: `${one.text} to ${other.text}`, start: one.start, end: other.end, isJoined: true };
    if (both) values.splice(place - 1, 2, { ...both, ...span });
  }
  const units = values.map((value) => {
    const ahead = !value.isJoined && bounds.ahead.exec(text.slice(0, value.start));
    const bound = ahead || (!value.isJoined && bounds.behind.exec(text.slice(value.end)));
    const start = ahead ? bound.index : value.end;
    if (bound) text = blank(text, { start, end: start + bound[0].length });
    const opened = bound ? { ...value, ...open(value, bounds.kinds[bound[1]]) } : value;
    const weights = facts.map((fact) => weight(fact, opened));
    const frequency = weights.filter((each) => each >= 1).length || weights.filter(Boolean).length;
    const unit = { text: value.text, group: 0, notes: [], terms: [], weights, isDecisive: true };
    return { ...unit, isKnown: frequency > 0, importance: rarity(frequency) };
  });
  return [units, values.reduce(blank, text)];
}

// ---------------------------------------------------------------- search
const weighed = (groups) => Object.entries(groups).flatMap(([weight, all]) => all.map((each) => [each, +weight]));
const postings = new Map(DATA.index.index.map(([term, ...fields]) => [term, fields.map(weighed)]));
const index = MiniSearch.loadJS(
  { ...DATA.index, index: [...postings].map(([term, fields]) => [term, fields.map(Object.fromEntries)]) },
  { fields: Object.keys(DATA.index.fieldIds), tokenize: (text) => [text], processTerm: (term) => term },
);
const count = (term) => (postings.get(term) ?? []).flat().length;
const rarity = (frequency) => Math.log(1 + (2 * (facts.length - frequency) + 1) / (2 * frequency + 1));
const isLight = (form) => lightWords.has(form) || form.length === 1;

function wordUnits(words) { // from left to right the longest name that begins at a word, or else the word
  const keyOf = (some) => some.map((word) => word.stems[0] ?? word.form).join(" ");
  const units = [];
  const isName = (some) => names.has(keyOf(some)) && some.some((word) => !stopWords.has(word.form));
  for (let start = 0, group = 0, length; start < words.length; start += length || 1) {
    for (length = scoring.longestName; length && !isName(words.slice(start, start + length));) length--;
    const typed = words.slice(start, start + (length || 1));
    const [text, notes] = [typed.map((word) => word.form).join(" "), typed.map((word) => word.note).filter(Boolean)];
    if (length) {
      const name = names.get(keyOf(typed));
      if (name.reading && !notes.length) notes.push(`Showing ${name.reading}; nothing here is called ${text}`);
      units.push({ text, group, notes, ...name, isLight: typed.every((word) => isLight(word.form)) });
    } else if (!stopWords.has(text)) {
      const terms = typed[0].stems;
      units.push({ text, group, notes, terms, importance: rarity(count(terms[0])), isLight: isLight(text) });
    }
    if (!length && conjunctions.has(text) && !words.some((word) => word.form === "between")) group++;
  }
  return units.map((unit) => ({ ...unit, isKnown: unit.terms.some(count) }));
}

function unitsOf(text, isFinished) {
  const isLoud = text === text.toUpperCase() && text.includes(" ");
  const acronyms = new Set(isLoud ? [] : (text.match(/\p{Lu}{2,}/gu) ?? []).map(fold));
  const digits = fold(text).replace(/\p{L}+/gu, (word) => (word !== "one" && numberWords.get(word)) || word);
  const spelled = digits.replace(/(?<!\d)([2-9]0)[ -]([1-9])(?!\d)/g, (_, tens, ones) => Number(tens) + Number(ones));
  const [dates, undated] = take(spelled, DATES);
  const [numbers, rest] = take(undated, NUMBERS);
  return [...dates, ...numbers, ...wordUnits(readWords(tokens(rest), acronyms, isFinished))];
}

function queryOf(unit, factor) { // MiniSearch weighs a term by its rarity; boosts make that the unit's importance
  const ratios = (term) => (postings.get(term) ?? []).map((found) => unit.importance / rarity(found.length));
  const boost = (term) => ({ said: ratios(term)[0], about: ratios(term)[1] });
  if (!unit.weights) return { queries: unit.terms.map((term) => ({ queries: [term], boost: boost(term) })) };
  const saturated = (weight) => 2 * weight / (1 + weight); // BM25+ with the `k` below
  const boostDocument = (place) => factor(place) * unit.importance * saturated(unit.weights[place]);
  return { queries: [MiniSearch.wildcard], boostDocument };
}

const isMetBy = (met) => (unit) => met.includes(unit);
const isRequired = (unit) => unit.isDecisive || !(unit.isKnown || unit.isLight || unit.isCommon);
const sum = (units) => units.reduce((total, unit) => total + unit.importance, 0);

function hasHalf(units, met) { // half of the weight, or of more than two units; light ones count only alone
  const heavy = units.filter((unit) => !unit.isLight);
  const counted = [heavy.filter((unit) => !isRequired(unit)), heavy, units].find((each) => each.length) ?? [];
  const found = counted.filter(isMetBy(met));
  const isMost = counted.length > 2 && 2 * found.length >= counted.length;
  return isMost || (found.length > 0 && 2 * sum(found) >= sum(counted));
}

function doesAnswer(units, met) {
  const sides = [...Map.groupBy(units, (unit) => unit.group).values()];
  const hasSide = sides.length > 1 && sides.some((side) => side.every(isMetBy(met)) && hasHalf(side, met));
  return units.filter(isRequired).every(isMetBy(met)) && (hasSide || hasHalf(units, met));
}

function search(text, isFinished, isSelected) {
  const units = unitsOf(text, isFinished);
  const typed = ` ${tokens(fold(text)).join(" ")} `;
  const asked = Object.entries(DATA.asking).filter(([words]) => typed.includes(` ${words} `)).map(([, kind]) => kind);
  const factor = (place) => (1 + scoring.kind * asked.some((kind) => facts[place].answers.includes(kind))) *
    (1 + scoring.preferred * ((facts[place].rank === 0) - facts[place].worse));
  const queries = units.map((unit) => queryOf(unit, factor));
  const bm25 = { k: 1, b: 0, d: 0 };
  const telling = units.filter((unit) => !unit.isLight && !unit.isCommon);
  const results = index.search({ queries }, { bm25, boostDocument: factor, filter: ({ id }) => isSelected(id) });
  const scored = results.map(({ id: place, score, queryTerms, match }) => {
    const has = (term) => Object.hasOwn(match, term);
    const met = units.filter(({ weights, terms }) => weights?.[place] || terms.some(has));
    const says = Object.values(match).flat().includes("said") || met.some((unit) => unit.weights?.[place] >= 1);
    const share = telling.length ? telling.filter(isMetBy(met)).length / telling.length : 1;
    return { place, score: share * score / (queryTerms.length || 1), met, says };
  });
  const isWrong = ({ place }) => facts[place].rank === 2;
  const byScore = (a, b) => isWrong(a) - isWrong(b) || b.score - a.score || facts[a.place].order - facts[b.place].order;
  const cut = (found) => { // without what is far behind the first, or behind it does not say what was asked for
    const first = found.findIndex((each) => each.says);
    const said = found.filter((each, place) => each.says || place < first || first < 0);
    return said.filter((each) => each.score >= scoring.cut * said[0].score);
  };
  const enough = {}; // by the places of the units that a fact has: most facts have the same few
  const isAnswer = ({ met }) => (enough[met.map((unit) => units.indexOf(unit))] ??= doesAnswer(units, met));
  const answers = cut(scored.filter(isAnswer).sort(byScore));
  const unknown = units.filter((unit) => !unit.isKnown && !unit.isLight).map((unit) => unit.text);
  if (!answers.length && !isFinished) return search(text, true, isSelected);
  const near = answers.length ? [] : scored.filter((each) => each.met.length).sort(byScore);
  return { units, unknown, answers, nearest: cut(near).slice(0, scoring.nearest) };
}

// ---------------------------------------------------------------- page
const SHOWN = 25; // facts shown at a time: a few screens, which a browser lays out in some milliseconds
const part = (name) => document.getElementById(name);
const [query, list, status, more, isTimeline] = ["query", "list", "status", "more", "timeline"].map(part);
const choices = [...document.querySelectorAll("select")];
const cards = [...part("cards").content.children]; // a fact each, in the order of DATA.facts
const bars = new Map([...part("bars").content.children].map((each) => [Number(each.dataset.place), each])); // in time
const everyPlace = facts.map((_, place) => place);
let [found, shown] = [everyPlace, SHOWN];

function update(isFinished) {
  const chosen = choices.map((each, filter) => each.value && new Set(DATA.filters[filter][each.value])).filter(Boolean);
  const isSelected = (place) => chosen.every((places) => places.has(place));
  const text = query.value.slice(0, scoring.longestQuery);
  [found, shown] = [everyPlace.filter(isSelected), SHOWN];
  if (!/[\p{L}\p{N}]/u.test(text)) return render([]);
  const { units, unknown, answers, nearest } = search(text, isFinished, isSelected);
  found = (answers.length ? answers : nearest).map((each) => each.place);
  const notes = new Set(units.flatMap((unit) => unit.notes));
  if (unknown.length) notes.add(`Nothing here on ${unknown.join(" or ")}`);
  else if (!answers.length) notes.add("No fact joins all of it");
  if (nearest.length) notes.add("These answer part of it:");
  return render(notes);
}

function render(notes) {
  const chosen = new Set(found);
  const places = isTimeline.checked ? [...bars.keys()].filter((place) => chosen.has(place)) : found;
  const counted = `${places.length} ${places.length === 1 ? "fact" : "facts"}`;
  const undated = found.length > places.length ? [`${found.length - places.length} without a date left out`] : [];
  status.textContent = [counted, ...undated, ...notes].join(". ");
  list.replaceChildren(...places.slice(0, shown).map((place) => (isTimeline.checked ? bars.get(place) : cards[place])));
  more.hidden = places.length <= shown;
  more.textContent = `Show more (${places.length - shown} left)`;
  more.onclick = () => { shown += SHOWN; render(notes); };
}

function showLinked() { // the fact of the address comes first, open
  const place = facts.findIndex(({ id }) => location.hash === `#fact-${id}`);
  if (place < 0) return;
  query.form.reset();
  [found, shown] = [[place, ...everyPlace.filter((each) => each !== place)], SHOWN];
  render([]);
  cards[place].querySelector("details").open = true;
  cards[place].querySelector("summary").focus();
}

function copy(button) {
  getSelection().selectAllChildren(button.previousElementSibling);
  button.textContent = document.execCommand("copy") ? "Copied" : "Selected: press Ctrl+C";
}

query.addEventListener("input", () => update(false));
query.form.addEventListener("submit", (event) => { event.preventDefault(); update(true); });
[isTimeline, ...choices].forEach((each) => each.addEventListener("change", () => update(true)));
list.addEventListener("click", ({ target }) => { if (target.matches("button.copy")) copy(target); });
addEventListener("hashchange", showLinked);
addEventListener("keyup", ({ key, target }) => { if (key === "/" && !target.matches("input, select")) query.focus(); });
addEventListener("beforeprint", () => list.querySelectorAll("details").forEach((each) => { each.open = true; }));
for (const each of part("cards").content.querySelectorAll("[data-from]")) { // ages on the day of reading
  const age = new Date(Date.now() - new Date(each.dataset.from)).getUTCFullYear() - 1970;
  each.textContent = age >= 2 ? `, ${age} years ago` : "";
}
update(true);
showLinked();
