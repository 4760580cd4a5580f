/* One page of the reader: its image, what is drawn over it, its words and its text, kept in step. */

import { Overlay } from "./overlay.js";
import { bringIntoSight, isAbove, measure } from "./sight.js";
import { linesOf, watchFrames } from "./tables.js";
import { Text } from "./text.js";
import { fetchSeen, Viewer } from "./viewer.js";
import { fetchWords } from "./words.js";

const PATIENCE = 400; // milliseconds after which one is told to wait
const WAITING = {}; // for how the engine saw a page

export class Leaf {
  constructor(row, reader, settings) {
    this.row = row;
    this.reader = reader;
    this.settings = settings;
    this.number = Number(row.dataset.row);
    this.sheet = row.querySelector(".sheet");
    this.image = this.sheet.querySelector("img");
    this.words = null;
    this.text = null;
    this.chosen = null; // the word that is worked on
    this.withdrawals = 0;
    this.seen = null; // the page as the engine saw it, where that is wanted
    this.notes = [];
    watchFrames(row);
    if (!this.image) return;
    this.overlay = new Overlay(this.sheet);
    this.page = describe(this.image);
    this.columns = [this.sheet, row.querySelector(".text")];
    this.sizes = new ResizeObserver(() => this.fit());
    for (const column of this.columns) this.sizes.observe(column);
    this.place();
  }

  /** Fetch the words, once. Gives them, or null where there are none, or none to be had now; `isEmptyToo`: a page
      without text has none, but may get some. */
  async read({ isEmptyToo = false } = {}) {
    if (this.words) return this.words;
    if (!isEmptyToo && !this.row.querySelector(".words")) return null;
    this.reading ??= fetchWords(`${this.reader.dataset.base}pages/${this.number}/words`).finally(() => (this.reading = null));
    return this.take(await this.reading);
  }

  /* Words of another text than the one that is shown are of no use: then the row is asked for again. */
  take(words) {
    if (!words || this.words || this.isGone) return this.words;
    if (words.base !== Number(this.row.dataset.text)) {
      this.row.dispatchEvent(new CustomEvent("ocrsite:stale", { bubbles: true }));
      return null;
    }
    const text = new Text(this.row, words);
    if (!text.isAsShown) return null;
    this.words = words;
    this.text = text;
    if (this.overlay) {
      this.overlay.words = words;
      this.overlay.draw(words);
    }
    this.underline();
    this.showView();
    this.row.dispatchEvent(new CustomEvent("ocrsite:words", { bubbles: true, detail: { leaf: this } }));
    performance.mark("ocrsite:words"); // for benchmarks/viewer.py
    return words;
  }

  /** Show other words: those of the text that somebody changed. One of them is `chosen` from now on, or none. */
  renew(words, chosen) {
    if (!this.words) return; // a page that rests: it is asked for again
    this.words = words;
    this.isChanged = true;
    this.row.dataset.text = words.base;
    this.lit = null;
    if (this.overlay) {
      this.overlay.words = words;
      this.overlay.draw(words);
      this.overlay.light(null);
    }
    this.text?.rewrite(words);
    this.underline();
    this.showView();
    this.select(chosen, { isRevealed: false });
    this.row.dispatchEvent(new CustomEvent("ocrsite:words", { bubbles: true, detail: { leaf: this } }));
  }

  /** Take over what the site shows of the page beside its words: its head, and the hits of a search. */
  adopt(fresh) {
    const head = this.row.querySelector(".row-head");
    if (!head.contains(document.activeElement)) head.replaceWith(fresh.querySelector(".row-head"));
    this.row.dataset.count = fresh.dataset.count;
    this.overlay?.showHits(fresh);
    const [before, after] = [this.row, fresh].map((row) => row.querySelector(".words"));
    if (!before?.querySelector(".hit") && !after?.querySelector(".hit")) return;
    if (!after || linesOf(fresh).length !== this.words.lines.length) return;
    before.replaceWith(after);
    watchFrames(this.row);
    this.text = new Text(this.row, this.words);
    this.underline();
    this.text.select(this.chosen);
    this.place();
  }

  /** Let it be looked at closely. */
  open() {
    if (!this.image || this.viewer) return;
    const viewer = new Viewer(this.sheet, this.page, () => this.place());
    this.viewer = viewer;
    this.opening = viewer.open(this.reader.dataset.library).then(() => (viewer.isOpen ? this.clean() : this.forget(viewer)));
  }

  /* It could not be opened now, but perhaps later. */
  forget(viewer) {
    if (this.viewer === viewer) this.viewer = null;
  }

  /** Let go of what takes memory while it is looked at closely, or, for good, of everything. */
  close({ isGone = false } = {}) {
    this.isGone = isGone;
    if (isGone) this.sizes?.disconnect();
    if (!this.viewer) return;
    this.viewer.close();
    this.viewer = null;
    this.seen = null;
    this.notes = [];
    this.place();
  }

  /** Give back what the words take, until the page is read again. What somebody changed stays as it is. */
  rest() {
    if (!this.words || this.isChanged || this.row.contains(document.activeElement)) return;
    this.select(null);
    this.light(null);
    this.text.unwrap();
    this.overlay?.clear();
    this.words = null;
    this.text = null;
  }

  doubtful() {
    return this.words?.doubtful(this.settings.below) ?? [];
  }

  underline() {
    const doubtful = this.doubtful();
    this.overlay?.underline(doubtful);
    this.text?.underline(doubtful, this.reader.dataset.unsure);
  }

  showView() {
    if (this.settings.view === "over") this.overlay?.typeset(this.words);
  }

  light(word) {
    if (word === this.lit) return;
    this.lit = word;
    this.overlay?.light(word);
    this.text?.light(word);
  }

  /** Whether the image stays above the text, in a part of its height. */
  get isAbove() {
    return Boolean(this.image) && isAbove(...this.columns);
  }

  /** Choose a word by its address, on the image and in the text; null for none. Gives the word. */
  select(address, { isRevealed = true } = {}) {
    this.chosen = (address && this.words?.at(address)) || null;
    this.overlay?.select(this.chosen);
    this.text?.select(this.chosen);
    if (this.chosen && isRevealed) this.reveal(this.chosen);
    return this.chosen;
  }

  /** Bring a word into sight, wherever it can be seen. */
  reveal(word) {
    this.viewer?.show(word.box);
    bringIntoSight([this.overlay?.layers.chosen, this.text?.of(word)[0]], this.columns);
  }

  /** The point of the window to which one comes closer: of what is seen the middle, or the word there, as one wants to read.
      The word that is chosen counts for more than one that is nearer. */
  aim() {
    const middle = this.viewer.inSight();
    const there = this.overlay.locate({ clientX: middle.x, clientY: middle.y });
    const words = [this.chosen, this.words?.nearest(there.x, there.y)].filter(Boolean);
    return words.map(({ box }) => this.overlay.show(box)).find((point) => this.viewer.isSeen(point)) ?? middle;
  }

  /** Let the word that is worked on be made out on the image: come so close as its line needs, and no closer. */
  async approach() {
    if (!this.image?.checkVisibility()) return;
    this.open();
    const { withdrawals } = this;
    await this.opening;
    const { chosen } = this;
    if (!chosen || withdrawals !== this.withdrawals) return; // meanwhile it is over
    this.viewer?.approach(chosen.box, heightOf(this.words.lines[chosen.line].words));
    bringIntoSight([this.overlay.layers.chosen, this.text?.of(chosen)[0]], this.columns);
  }

  /** Show the whole page again, where `approach` came close, or is about to. */
  withdraw() {
    this.withdrawals += 1;
    this.viewer?.withdraw();
  }

  /** Show the page as the engine saw it, or as it is, whichever is wanted. */
  async clean() {
    const { isCleaned } = this.settings;
    const { viewer } = this;
    if (!viewer?.isOpen || isCleaned === Boolean(this.seen)) return;
    const isWanted = () => this.viewer === viewer && viewer.isOpen && this.settings.isCleaned;
    this.seen = isCleaned ? WAITING : null;
    if (isCleaned) {
      const waiting = setTimeout(() => this.note(["waiting"]), PATIENCE);
      const seen = await fetchSeen(this.page.cleaned, isWanted);
      clearTimeout(waiting);
      if (!isWanted() || this.seen !== WAITING) return; // meanwhile it is over
      this.seen = seen;
    }
    viewer.clean(this.seen?.levels ? this.seen : null);
    this.note(this.seen ? [this.seen.state, ...(this.seen.notes ?? [])] : []);
  }

  /* What one should know of it. */
  note(notes) {
    this.notes = notes;
    this.row.dispatchEvent(new CustomEvent("ocrsite:cleaned", { bubbles: true }));
  }

  fit() {
    this.columns.forEach(measure);
    this.place();
  }

  /* As the plain image lies, or as the viewer shows it. */
  place() {
    if (!this.overlay) return;
    const { width, height } = this.page;
    const matrix = this.viewer?.matrix();
    const scale = this.image.clientWidth / width;
    this.overlay.place(matrix ?? [scale, 0, 0, scale, this.image.offsetLeft, this.image.offsetTop]);
    this.overlay.tilt(this.viewer?.tilt ?? 0, width, height);
    this.row.dispatchEvent(new CustomEvent("ocrsite:placed"));
  }
}

/* How tall most words of a line are, also of one that runs down the page. */
function heightOf(words) {
  const heights = words.map(({ box: [x0, y0, x1, y1] }) => Math.min(x1 - x0, y1 - y0)).sort((one, other) => one - other);
  return heights[Math.floor(heights.length / 2)];
}

function describe(image) {
  const { levels, pieces, cleaned } = image.dataset;
  const [width, height] = [Number(image.getAttribute("width")), Number(image.getAttribute("height"))];
  return { width, height, pieces, cleaned, levels: levels ? levels.split(" ").map(Number) : [] };
}
