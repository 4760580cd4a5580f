/* A part of a page, read again by itself (docs/cleaning.md). Nothing of the page changes before it is put in. */

import { placeOf } from "./changes.js";
import { Refusal, answerOf, postData } from "./save.js";

const PAUSES = [250, 500, 1000]; // milliseconds between questions; the last one again and again
const MARGIN = 1 / 4; // of the height of a line: letters may stand out of the box that they were read in

/** What is proposed where one is at a `line` (its number): the box of its block with a margin, as far as the page goes, and over no
    more than half of the white to other blocks. */
export function boxToRead({ blocks, lines, width, height }, line) {
  const { block, at } = placeOf(blocks, line);
  const { box, lines: count } = blocks[block];
  const first = line - at;
  const heights = lines.slice(first, first + count).map(({ box: own }) => heightOf(own)).sort((one, other) => one - other);
  const margins = box.map(() => MARGIN * heights[count >> 1]);
  for (const other of lines.toSpliced(first, count)) {
    const whites = whitesTo(box, other.box);
    const side = whites.indexOf(Math.max(...whites));
    margins[side] = Math.min(margins[side], Math.max(0, whites[side] / 2));
  }
  const [left, above, right, below] = margins.map(Math.floor);
  const [x0, y0, x1, y1] = box;
  return [Math.max(0, x0 - left), Math.max(0, y0 - above), Math.min(width, x1 + right), Math.min(height, y1 + below)];
}

/* Of a line, which may run down. */
function heightOf([x0, y0, x1, y1]) {
  return Math.min(x1 - x0, y1 - y0);
}

/* How much is white between a box and another one, by the sides of the first; less than 0 where they overlap. */
function whitesTo([x0, y0, x1, y1], [left, top, right, bottom]) {
  return [x0 - right, y0 - bottom, left - x1, top - y1];
}

/** The parts of the page at `address`, /documents/<id>/pages/<n>/region/. */
export class Regions {
  constructor(address) {
    this.address = address;
  }

  /** Read `box`, `[x0, y0, x1, y1]` in pixels of the page, in `languages` (codes, or `detect`; none: those of the page), laid out as
      `layout` says: "auto", "line", "column", "table", "sparse". Gives what was read, `{ id, text, confidence, words, image,
      put }`, or throws a Refusal. The site forgets what this person had read there before, but for those `kept`: their ids.
      `signal` ends the waiting. */
  async read(box, { languages = [], layout = "auto", kept = [], signal } = {}) {
    let told = await postData(this.address, { box: box.map(Math.round), languages, layout, kept });
    for (let asked = 0; told.state === "waiting" || told.state === "working"; asked += 1) {
      await pause(PAUSES[Math.min(asked, PAUSES.length - 1)], signal);
      told = await ask(told.url, signal);
    }
    if (told.state === "failed") throw new Refusal(told.code, told);
    return told;
  }

  /** Let what was `read` take the place of what stands there in the text `base`. Gives the new state of the page, as
      PageText does, or throws a Refusal. */
  put(read, base) {
    return postData(read.put, { base });
  }
}

async function ask(url, signal) {
  const response = await fetch(url, { headers: { Accept: "application/json" }, signal }).catch(() => null);
  signal?.throwIfAborted();
  return answerOf(response);
}

function pause(milliseconds, signal) {
  return new Promise((go, stop) => {
    signal?.throwIfAborted();
    const timer = setTimeout(go, milliseconds);
    signal?.addEventListener("abort", () => (clearTimeout(timer), stop(signal.reason)), { once: true });
  });
}
