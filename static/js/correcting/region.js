/* A part of a page, read again by itself (docs/cleaning.md). Nothing of the page changes before it is put in. */

import { Refusal, answerOf, postData } from "./save.js";

const PAUSES = [250, 500, 1000]; // milliseconds between questions; the last one again and again

/** The parts of the page at `address`, /documents/<id>/pages/<n>/region/. */
export class Regions {
  constructor(address) {
    this.address = address;
  }

  /** Read `box`, `[x0, y0, x1, y1]` in pixels of the page, in `languages` (codes, or `detect`; none: those of the page), laid out as
      `layout` says: "auto", "line", "column", "table", "sparse". Gives what was read, `{ text, confidence, words, image,
      put }`, or throws a Refusal. `signal` ends the waiting. */
  async read(box, { languages = [], layout = "auto", signal } = {}) {
    let told = await postData(this.address, { box: box.map(Math.round), languages, layout });
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
