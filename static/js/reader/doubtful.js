/* From one doubtful word to the next, over the pages. */

import { number as inWords } from "../numbers.js";
import { pick } from "./pairing.js";

const FURTHEST = 20; // pages that one press looks through

export class Doubtful {
  /** `current` gives the number of the page that is read; `go` shows another one and gives its page. */
  constructor(reader, leaves, { current, go, say }) {
    this.reader = reader;
    this.leaves = leaves;
    this.current = current;
    this.go = go;
    this.say = say;
    this.total = Number(reader.dataset.total);
    this.fruitless = null; // how far the last press came, where it found nothing
    this.counter = reader.querySelector("[data-doubtful]");
    reader.addEventListener("ocrsite:words", () => this.count());
    reader.addEventListener("ocrsite:settings", ({ detail }) => detail.what === "below" && this.changeBelow());
  }

  changeBelow() {
    this.fruitless = null;
    this.count();
  }

  /** Say how many there are on the page that is read. */
  count() {
    const leaf = this.leaves.at(this.current());
    const count = leaf?.words ? leaf.doubtful().length : null;
    this.counter.textContent = count === null ? "–" : inWords(count);
  }

  /** Choose the next one (1) or the one before (-1), as `seek` finds it. */
  async walk(by) {
    const found = await this.seek(by);
    if (found) this.choose(found.leaf, found.word);
  }

  /** The `leaf` and the `word` of the next one (1) or the one before (-1), on this page or beyond; null where none is
      near: that is said, and the next press goes on from the last page that was looked at. */
  async seek(by) {
    const from = this.current();
    const here = this.leaves.at(from);
    await here?.read();
    const found = here && beyond(here.doubtful(), here.chosen, by);
    if (found) return { leaf: here, word: found };
    const { fruitless } = this;
    const start = fruitless?.from === from && fruitless.by === by ? fruitless.last : from;
    const end = start + by * FURTHEST;
    for (let number = start + by; number !== end + by && number >= 1 && number <= this.total; number += by) {
      const leaf = await this.go(number, { isShown: false });
      await leaf?.read();
      const words = leaf?.doubtful() ?? [];
      if (words.length) {
        await this.go(number, { isShown: true });
        return { leaf, word: words.at(by > 0 ? 0 : -1) };
      }
    }
    this.fruitless = end >= 1 && end <= this.total ? { from, by, last: end } : null;
    this.say(this.total === 1 && !here?.doubtful().length ? "noneOnPage" : "noDoubtful");
    return null;
  }

  choose(leaf, word) {
    for (const other of this.leaves.leaves.values()) if (other !== leaf) other.select(null);
    leaf.text?.focus(word);
    pick(leaf, word);
    this.say("word", word.text, word.confidence);
  }
}

function beyond(words, chosen, by) {
  if (!chosen) return words.at(by > 0 ? 0 : -1);
  if (by > 0) return words.find((word) => word.order > chosen.order);
  return words.findLast((word) => word.order < chosen.order);
}
