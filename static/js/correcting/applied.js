/* What the words of a page are after a word was typed anew, before the site has said so. It knows better how wide the parts of a
   box are; what matters here is that every word has the place that it will have there. */

import { Words } from "../reader/words.js";
import { SURE, isSaid, pieces, sameWord } from "./places.js";

const SPACE = 1;
const FROM_RIGHT = /^\P{L}*[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const MAY_RUN_DOWN = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** `data`, words as the site answers them, after `text` took the place of a word. Gives new data. */
export function replaced(data, { line, word, text }) {
  const [x0, y0, x1, y1, words] = data.lines[line];
  const made = parts(words[word], pieces(text));
  const rest = [...words.slice(0, word), ...made, ...words.slice(word + 1)];
  const lines = [...data.lines];
  if (rest.length) lines[line] = [x0, y0, x1, y1, rest];
  else lines.splice(line, 1);
  const order = data.lines.slice(0, line).reduce((count, before) => count + before[4].length, word);
  const tables = (data.tables ?? []).map((table) => recounted(table, order, made.length - 1));
  return { ...data, lines, blocks: rest.length ? data.blocks : withoutLine(data.blocks, line), tables };
}

/** `changes` made to one text of a page, as they are made to `data`, another one: those that still fit, with the places
    that their words have there, and those that do not. A change fits where its word says what it said, in its place;
    and where all words have the places that were `expected`. What the place says already had arrived. */
export function refit(changes, data, expected = null) {
  const isAsExpected = Boolean(expected) && countsOf(expected) === countsOf(data);
  const [kept, lost] = [[], []];
  let now = data;
  for (const change of changes) {
    const words = new Words(now);
    const there = isAsExpected ? words.at(change) : sameWord(words, { ...change, text: change.was });
    if (!there) {
      if (!isSaid(words, change, change.text)) lost.push(change);
      continue;
    }
    const { line, word, text: was, box, twin, twins } = there;
    kept.push({ ...change, line, word, was, box, twin, twins });
    now = replaced(now, kept.at(-1));
  }
  return { kept, lost };
}

/** Do both say the same, word by word? */
export function saysTheSame(one, other) {
  return said(one) === said(other);
}

/* How many words each line has. */
function countsOf({ lines }) {
  return lines.map((line) => line[4].length).join();
}

function said({ lines }) {
  return lines.map((line) => line[4].map(([text]) => text).join(" ")).join("\n");
}

/* They share the box by their letters, from where their writing begins. */
function parts([, , x0, y0, x1, y1, flags], texts) {
  const letters = texts.join("").length;
  const isDown = letters > 1 && y1 - y0 > x1 - x0 && MAY_RUN_DOWN.test(texts[0]);
  const [first, last] = isDown ? [y0, y1] : FROM_RIGHT.test(texts[0]) ? [x1, x0] : [x0, x1];
  let at = 0;
  return texts.map((text, number) => {
    const ends = [at, (at += text.length)].map((end) => Math.round(first + ((last - first) * end) / letters));
    const [start, end] = ends.sort((one, other) => one - other);
    return [text, SURE, ...(isDown ? [x0, start, x1, end] : [start, y0, end, y1]), number ? SPACE : flags & SPACE];
  });
}

function withoutLine(blocks, line) {
  let first = 0;
  return blocks.flatMap((block) => {
    const count = block[4] - (first <= line && line < first + block[4] ? 1 : 0);
    first += block[4];
    return count ? [[...block.slice(0, 4), count]] : [];
  });
}

/* The table after `more` words came into the cell of the word number `order`; or it stands behind them. */
function recounted([first, direction, head, columns, rows], order, more) {
  if (order < first) return [first + more, direction, head, columns, rows];
  let end = first;
  const counted = rows.map((row) =>
    row.map(([column, span, count]) => {
      const isIn = order >= end && order < end + count;
      end += count;
      return [column, span, isIn ? count + more : count];
    }),
  );
  return [first, direction, head, columns, counted];
}
