/* What the words of a page are after a word was typed anew, before the site has said so. It knows better how a box is
   shared; what matters here is that every word has the place that it will have there. */

import { SURE, closest, overlap, pieces } from "./places.js";

const SPACE = 1;

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
    that their words have there, and those that do not. A change fits where its word says what it said, in its place. */
export function refit(changes, data) {
  const [kept, lost] = [[], []];
  let now = data;
  for (const change of changes) {
    const place = find(now, change);
    if (!place) {
      lost.push(change);
      continue;
    }
    kept.push({ ...change, ...place });
    now = replaced(now, kept.at(-1));
  }
  return { kept, lost };
}

/** Do both say the same, word by word? */
export function saysTheSame(one, other) {
  return said(one) === said(other);
}

function said({ lines }) {
  return lines.map((line) => line[4].map(([text]) => text).join(" ")).join("\n");
}

function parts([, , x0, y0, x1, y1, flags], texts) {
  const letters = texts.join("").length;
  let at = 0;
  return texts.map((text, number) => {
    const [start, end] = [at, (at += text.length)].map((end) => Math.round(x0 + ((x1 - x0) * end) / letters));
    return [text, SURE, start, y0, end, y1, number ? SPACE : flags & SPACE];
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

/* The word that a change is about: it may stand in another line now, and at another place of it, but not elsewhere on the image. */
function find({ lines }, { line: near, word: beside, was, box }) {
  const found = lines.flatMap(([, , , , words], line) =>
    words.flatMap(([text, , ...place], word) => (text === was && overlap(place, box) ? [{ line, word }] : [])),
  );
  return closest(found, { line: near, word: beside });
}
