/* Where words stand in a text that was changed since they were looked at, and what puts others in their place. */

import { textOf } from "../reader/words.js";

export const SURE = 100;
const SAME_BOX = 1 / 3; // of what two boxes cover they share at least so much; close lines share a fifth

/** Find `words`, in their order, in `fresh`, the Words of a text. Each says `count` words now, the first of which is
    `text`, inside of `box`. They are given their new places; those that are gone have a `count` of 0. */
export function locate(words, fresh) {
  let last = -1;
  for (const word of words.filter(({ count }) => count)) {
    const found = closest(fresh.all.filter((one) => one.order > last && isThere(one, word)), word);
    if (found) Object.assign(word, { line: found.line, word: found.word });
    else word.count = 0;
    if (found) last = found.order + word.count - 1;
  }
}

/** The changes that put an `answer` in the place of each of `words`. The last comes first, as it moves those behind it. */
export function changesFor(words) {
  const lastFirst = [...words].sort((one, other) => other.line - one.line || other.word - one.word);
  return lastFirst.flatMap(({ line, word, count, answer }) => [
    ...(count > 1 ? [{ do: "delete", line, word: word + 1, count: count - 1 }] : []),
    { do: "replace", line, word, text: answer },
  ]);
}

/** What the site makes of something that was typed: the words, without what cannot be seen (`shown` of
    documents/ocr/correcting/typed.py). */
export function pieces(text) {
  const visible = text.replace(/[\u200B\u2060\uFEFF]/g, "").replace(/[\p{Cc}\p{Cs}]/gu, " ");
  return asRead(visible)
    .split(/\s+/)
    .filter((piece) => /[^\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Z}]/u.test(piece));
}

/** The piece of a `text` in which the caret stands, by its number, and the caret in there. Behind a space that is the next
    piece, at the end the last one; there is at least one. */
export function pieceAt(text, caret) {
  const all = pieces(text);
  const typed = pieces(`${text.slice(0, caret)}x`); // as if a letter were typed there
  const at = typed.length - 1;
  return at < all.length ? { at, caret: typed[at].length - 1 } : { at: all.length - 1, caret: all.at(-1).length };
}

/* Without marks of direction and what is no character, ligatures as their letters, the sign of the micrometre in Greek
   words as their letter: `as_read` of documents/ocr/elements.py. */
function asRead(text) {
  const meant = text.replace(/[\u200E\u200F\u202A-\u202E\u2066-\u2069]|\p{Noncharacter_Code_Point}/gu, "");
  const spelled = meant.replace(/[\uFB00-\uFB06\uFB13-\uFB17]/g, (ligature) => ligature.normalize("NFKC")).normalize("NFC");
  return spelled.replace(/(?<=[\u0370-\u03FF\u1F00-\u1FFF])\u00B5|\u00B5(?=[\u0370-\u03FF\u1F00-\u1FFF])/g, "\u03BC");
}

/** The word of `words` at a `place`: an address, or a word of another text. Where that is no more, the one that is nearest to
    where it was; undefined where there is none. */
export function nearest(words, place) {
  const { line, word, box } = place;
  const near = box && (sameWord(words, place) ?? closest(sayingSo(words, place), place));
  if (box) return near ?? words.nearest((box[0] + box[2]) / 2, (box[1] + box[3]) / 2) ?? undefined;
  const row = words.lines[Math.min(line, words.lines.length - 1)]?.words;
  return row?.[Math.min(word, row.length - 1)];
}

/** The address in `after` of the line that alone stands elsewhere than in `before`; undefined where there is none. Of two that
    changed places it is the one of the word `near`, which keeps its place in there. */
export function movedLine({ lines: before }, { lines: after }, near) {
  const [was, is] = [before, after].map((lines) => lines.map(({ words }) => words.map(({ text, box }) => `${text} ${box}`).join()));
  const first = is.findIndex((line, at) => line !== was[at]);
  const last = is.findLastIndex((line, at) => line !== was[at]);
  const ways = [[first, last], [last, first]].filter(([from, to]) => isMoved(was, is, from, to));
  const [from, to] = ways.find(([line]) => line === near?.line) ?? ways[0] ?? [];
  return to === undefined ? undefined : { line: to, word: from === near?.line ? near.word : 0 };
}

/** The address in `words` of a line of another text, which says `text` in `box`: see `thoseIn`; undefined where it is no more. */
export function sameLine(words, { line, text, box }) {
  return closest(linesLike(words, { text, box }), { line, word: 0 });
}

/** The addresses in `words` of all lines that say `text` in `box`. */
export function linesLike({ lines }, { text, box }) {
  const there = thoseIn(lines.map((one, line) => ({ ...one, line, word: 0 })), box);
  return there.filter(({ words }) => textOf(words) === text);
}

/** How many lines of `words` lie where `box` was in another text. */
export function countThere({ lines }, box) {
  return thoseIn(lines, box).length;
}

/** The word in `words` that is one of another text, though perhaps in another line, or at another place of it: see `thoseIn`;
    undefined where it is no more. Of several in one box that say the same it is the one in the same turn: where there are
    more of them by now, or fewer, nobody knows which one is meant. */
export function sameWord(words, place) {
  const there = sayingSo(words, place);
  return there.length === place.twins ? there[place.twin] : undefined;
}

function sayingSo({ all }, { text, box }) {
  return thoseIn(all, box).filter((one) => one.text === text);
}

/* Of words, or lines, those that lie where `box` was in another text: upon it, and the others do less. Numbers shift when
   lines come and go, and what stands above each other may say the same and overlap a little; a box that nobody
   moved stays. Several may share one, as an engine gives them in lines without spaces. */
function thoseIn(all, box) {
  const shares = all.map((one) => shared(one.box, box));
  const most = shares.reduce((one, other) => Math.max(one, other), 0);
  return all.filter((_one, at) => most >= SAME_BOX && shares[at] === most);
}

/** How often `text`, which is not empty, stands right before the word of another text in the line that it has in `words`, or
    right `isBehind` it; 0 where it is no more. */
export function timesBeside(words, beside, text, isBehind) {
  const there = sameWord(words, beside);
  if (!there) return 0;
  const row = words.lines[there.line].words.map((one) => one.text);
  const [near, said] = isBehind ? [row.slice(there.word + 1), pieces(text)] : [row.slice(0, there.word).reverse(), pieces(text).reverse()];
  let times = 0;
  while (said.every((piece, at) => near[times * said.length + at] === piece)) times += 1;
  return times;
}

/** A box for `text` right before a `word` and away from the one `before` it, which stands in another cell of a table: so much
    stays free between them, by the height of their line, `words`, that they remain two cells. */
export function boxBefore({ text: beside, box: [x0, y0, x1, y1] }, { box: [left, , right] }, text, words) {
  const letter = (x1 - x0) / beside.length;
  const width = letter * text.length;
  const height = Math.max(...words.map(({ box: [, top, , bottom] }) => bottom - top));
  if (left < x0) {
    const start = Math.round(Math.max(x0 - letter / 2 - width, Math.min(right + height, x0 - 1)));
    return [start, y0, Math.max(Math.round(x0 - letter / 2), start + 1), y1];
  }
  const end = Math.round(Math.min(x1 + letter / 2 + width, Math.max(left - height, x1 + 1)));
  return [Math.min(Math.round(x1 + letter / 2), end - 1), y0, end, y1];
}

/* How much of what two boxes cover they share, from 0 to 1 (“intersection over union”). */
function shared([x0, y0, x1, y1], [left, top, right, bottom]) {
  const both = Math.max(0, Math.min(x1, right) - Math.max(x0, left)) * Math.max(0, Math.min(y1, bottom) - Math.max(y0, top));
  return both && both / ((x1 - x0) * (y1 - y0) + (right - left) * (bottom - top) - both);
}

/* The one of the `found` places that is nearest to an address. */
function closest(found, { line, word }) {
  const away = (one) => 1000 * Math.abs(one.line - line) + Math.abs(one.word - word);
  return found.sort((one, other) => away(one) - away(other))[0];
}

/** Whether `fresh` says an answer in the `box` of a word, and nothing else: it arrived already. As it was read is an
    answer, too, which makes a word certain. */
export function isSaid(fresh, { box }, answer) {
  const words = fresh.all.filter((one) => isWithin(one, box));
  return words.every(({ confidence }) => confidence === SURE) && words.map(({ text }) => text).join(" ") === pieces(answer).join(" ");
}

function isMoved(was, is, from, to) {
  if (from === to || was.length !== is.length) return false;
  const moved = was.toSpliced(from, 1).toSpliced(to, 0, was[from]);
  return moved.every((line, at) => line === is[at]);
}

function isThere(one, { text, box }) {
  return one.text === text && isWithin(one, box);
}

function isWithin({ box: [x0, y0, x1, y1] }, [left, top, right, bottom]) {
  return x0 >= left && y0 >= top && x1 <= right && y1 <= bottom;
}
