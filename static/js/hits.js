/* What is looked for in a document: where its hits are, and the walk from one to the next. */

import { number as inWords } from "./numbers.js";

const AIR = 96; // pixels between a hit and the edge of what is in sight

export class Hits {
  constructor(reader) {
    this.reader = reader;
    this.walk = reader.querySelector(".walk");
    this.question = this.walk?.dataset.question ?? "";
    this.counts = new Map(this.walk ? JSON.parse(this.walk.dataset.counts) : []);
    this.page = Number(reader.dataset.page);
    this.hit = Number(this.walk?.dataset.hit ?? 0);
    reader.addEventListener("ocrsite:row", ({ detail }) => this.recount(detail));
  }

  has(number) {
    return this.counts.has(number);
  }

  /** The address of a page, with what is looked for, and the hit if the walk stands at one of that page. */
  addressOf(number) {
    const parts = [];
    // With a question, no page would mean the first that has a hit.
    if (number > 1 || this.question) parts.push(`page=${number}`);
    if (this.question) parts.push(this.question);
    if (this.hit && number === this.page) parts.push(`hit=${this.hit}`);
    return parts.length ? `?${parts.join("&")}` : location.pathname;
  }

  /** The page and number of the next hit seen from page `current`, or of the one before for -1; it goes round. */
  beside(current, by) {
    const isHere = current === this.page && this.hit > 0;
    const wanted = this.hit + by;
    if (isHere && wanted >= 1 && wanted <= this.counts.get(current)) return { page: current, hit: wanted };
    const pages = [...this.counts.keys()];
    if (!pages.length) return null;
    if (by < 0) {
      const page = pages.findLast((number) => number < current) ?? pages.at(-1);
      return { page, hit: this.counts.get(page) };
    }
    return { page: pages.find((number) => number > current || (number === current && !isHere)) ?? pages[0], hit: 1 };
  }

  /** Stand at a hit of the page whose row this is, and bring it into sight. */
  mark(row, wanted) {
    this.recount(row);
    this.page = Number(row.dataset.row);
    this.hit = Math.min(wanted, Number(row.dataset.count));
    for (const element of this.reader.querySelectorAll(".hit.is-now")) element.classList.remove("is-now");
    const parts = [...row.querySelectorAll(`[data-hit="${this.hit}"]`)];
    for (const part of parts) part.classList.add("is-now");
    this.tell();
    this.tellWhere(row, parts);
    reveal(row, parts.filter((part) => part.checkVisibility()));
  }

  /* An image that is looked at closely moves to the hit before the page does. */
  tellWhere(row, parts) {
    const boxes = parts.filter((part) => part instanceof SVGRectElement).map(boxOf);
    if (!boxes.length) return;
    const box = [0, 1].map((at) => Math.min(...boxes.map((one) => one[at]))).concat([2, 3].map((at) => Math.max(...boxes.map((one) => one[at]))));
    this.reader.dispatchEvent(new CustomEvent("ocrsite:hit", { detail: { row, box } }));
  }

  /** Let the links to the next and the previous hit walk instead, with `go` 1 or -1. What takes the question
      away, Escape in its field among it, leads to the page `current()`. */
  watch(go, current) {
    const clear = () => location.assign(`?page=${current()}`);
    this.walk?.addEventListener("click", (event) => {
      const link = event.target.closest("[data-walk], [data-clear]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      if (link.dataset.walk) go(Number(link.dataset.walk));
      else clear();
    });
    const field = this.reader.querySelector("#within");
    // The count is that of the question before.
    field?.addEventListener("input", () => this.walk?.classList.toggle("is-old", field.value !== field.defaultValue));
    field?.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      if (this.walk) clear();
      else field.value = "";
    });
  }

  /* What a row really holds counts; it may have been read again since the counts were taken. */
  recount(row) {
    const number = Number(row.dataset.row);
    const count = Number(row.dataset.count ?? 0);
    if (!this.walk || (this.counts.get(number) ?? 0) === count) return;
    if (count) this.counts.set(number, count);
    else this.counts.delete(number);
    this.counts = new Map([...this.counts].sort(([a], [b]) => a - b));
    this.tell();
  }

  tell() {
    if (!this.hit) return;
    const before = [...this.counts].filter(([page]) => page < this.page);
    const position = this.hit + sum(before);
    const text = this.walk.dataset.words.replace("{position}", inWords(position)).replace("{total}", inWords(sum(this.counts)));
    this.walk.querySelector("p").textContent = text;
    for (const link of this.walk.querySelectorAll("[data-walk]")) {
      const { page, hit } = this.beside(this.page, Number(link.dataset.walk));
      link.href = `?page=${page}&${this.question}&hit=${hit}#hit`;
    }
  }
}

function boxOf({ x, y, width, height }) {
  const [left, top] = [x.baseVal.value, y.baseVal.value];
  return [left, top, left + width.baseVal.value, top + height.baseVal.value];
}

function sum(counts) {
  return [...counts].reduce((total, [, count]) => total + count, 0);
}

/* The hit on the image and the one in the text, where both fit; else the one on the image. The page keeps its
   place under the bar or moves up, so that it stays the page that is read. */
function reveal(row, parts) {
  if (!parts.length) return;
  const bar = parseFloat(getComputedStyle(row).scrollMarginTop);
  const boxes = parts.map((part) => part.getBoundingClientRect());
  let [top, bottom] = [Math.min(...boxes.map((box) => box.top)), Math.max(...boxes.map((box) => box.bottom))];
  if (bottom - top > innerHeight - bar - 2 * AIR) ({ top, bottom } = boxes[0]);
  const isFirst = row.dataset.row === "1"; // which is the page that is read wherever above it one is
  const page = row.getBoundingClientRect();
  const isPageRead = (isFirst || page.top <= bar + 1) && page.bottom > bar + AIR;
  if (isPageRead && top > bar + AIR / 2 && bottom < innerHeight - AIR / 2) return;
  const middle = (top + bottom) / 2 - (innerHeight + bar) / 2;
  const wanted = isFirst ? middle : Math.max(middle, page.top - bar);
  scrollBy({ top: wanted, behavior: "instant" });
}
