/* The words of a page: what they say, where they stand on its image, and in which order they are read.
   A word is addressed as in docs/correcting.md: by its line on the page and its place in the line, from 0. */

const SPACE = 1;
const KNOWN = 2;
const PATIENCE = 30_000; // milliseconds

export class Words {
  /** `data` as /documents/<id>/pages/<n>/words answers it: see docs/viewer.md. */
  constructor(data) {
    this.data = data;
    this.base = data.base;
    this.width = data.width;
    this.height = data.height;
    this.blocks = data.blocks.map(([x0, y0, x1, y1, lines]) => ({ box: [x0, y0, x1, y1], lines }));
    this.lines = data.lines.map(([x0, y0, x1, y1, words], line) => ({
      box: [x0, y0, x1, y1],
      words: words.map((word, at) => describe(word, line, at)),
    }));
    this.tables = (data.tables ?? []).map(([first, direction, head, columns, rows]) => ({
      ...{ first, direction, head, columns },
      rows: rows.map((row) => row.map(([column, span, count]) => ({ column, span, count }))),
    }));
    this.all = this.lines.flatMap((line) => line.words);
    this.all.forEach((word, order) => (word.order = order));
    this.countTwins();
  }

  /* An engine may give several words one box. Those of them that say the same differ by their order: each knows which
     `twin` it is, from 0, of how many `twins`. */
  countTwins() {
    const groups = Map.groupBy(this.all, ({ text, box }) => `${box} ${text}`);
    for (const twins of groups.values()) twins.forEach((word, twin) => Object.assign(word, { twin, twins: twins.length }));
  }

  /** The word at an address, or undefined. */
  at({ line, word }) {
    return this.lines[line]?.words[word];
  }

  /** The word whose box holds a point of the image, or null. */
  under(x, y) {
    for (const line of this.lines) {
      if (!holds(line.box, x, y)) continue;
      const found = line.words.find((word) => holds(word.box, x, y));
      if (found) return found;
    }
    return null;
  }

  /** The word nearest to a point of the image; null where there is none. Lines count before words. */
  nearest(x, y) {
    const line = least(this.lines.filter((one) => one.words.length), ({ box }) => away(box, x, y));
    return line && least(line.words, ({ box }) => away(box, x, y));
  }

  /** All words from one to another, both included, in reading order. */
  between(one, other) {
    const [first, last] = one.order < other.order ? [one, other] : [other, one];
    return this.all.slice(first.order, last.order + 1);
  }

  /** Those of which the engine was less sure than `below` (0–100), but for those on the reader's own list. */
  doubtful(below) {
    return this.all.filter((word) => word.confidence < below && !word.isKnown);
  }
}

/** The text of words that follow each other, a line of the page in each line. */
export function textOf(words) {
  return words.reduce((text, word, at) => {
    if (!at) return word.text;
    return `${text}${word.line !== words[at - 1].line ? "\n" : word.hasSpace ? " " : ""}${word.text}`;
  }, "");
}

/** The words of a page, asked for at `url`; null where it has none, or they could not be had. */
export async function fetchWords(url) {
  const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE) }).catch(() => null);
  const data = response?.ok && !response.redirected ? await response.json().catch(() => null) : null;
  return data && new Words(data);
}

function describe([text, confidence, x0, y0, x1, y1, flags], line, word) {
  return { line, word, text, confidence, box: [x0, y0, x1, y1], hasSpace: Boolean(flags & SPACE), isKnown: Boolean(flags & KNOWN) };
}

function holds([x0, y0, x1, y1], x, y) {
  return x >= x0 && x < x1 && y >= y0 && y < y1;
}

/* How far a point lies from a box, 0 within. Beside a line is nearer than above or below it. */
function away([x0, y0, x1, y1], x, y) {
  return Math.max(x0 - x, 0, x - x1) + 4 * Math.max(y0 - y, 0, y - y1);
}

function least(things, measure) {
  let best = null;
  let smallest = Infinity;
  for (const thing of things) {
    const size = measure(thing);
    if (size < smallest) [best, smallest] = [thing, size];
  }
  return best;
}
