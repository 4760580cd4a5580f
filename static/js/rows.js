/* The rows of the reader. A page that is far away is a placeholder of its likely size; its row is asked for
   when it comes near. So page 700 of 1,000 is as close as page 2. */

import { Chore } from "./idle.js";
import { pageLabel } from "./numbers.js";
import { leaveSignedOut } from "./session.js";

const NEAR = "120% 0px";
const BELOW = 48; // pixels under the bar: the page that lies there is the one that is read
const AT_ONCE = 10; // placeholders
const HOLDS = CSS.supports("overflow-anchor", "auto"); // does the browser hold in its place what is in sight?
const SETTLE = 80; // milliseconds in which a fast scroll only passes by

export class Rows {
  /** `question` goes on with what is looked for: `q=…`, or nothing. */
  constructor(reader, total, question) {
    this.reader = reader;
    this.total = total;
    this.question = question;
    this.list = reader.querySelector(".rows");
    this.near = new Set();
    this.loading = new Map(); // what is on its way, by the number of the page
    this.observer = new IntersectionObserver((entries) => this.see(entries), { rootMargin: NEAR });
    for (const link of this.list.querySelectorAll(".window-link")) link.remove();
    this.learnAspect();
    this.filling = new Chore(this.placeholders());
    this.filling.step();
    this.uncover(this.list);
    reader.addEventListener("ocrsite:stale", ({ target }) => this.load(target));
  }

  at(number) {
    return document.getElementById(`page-${number}`);
  }

  /** Now that the first page is there, fetch those near it, and put placeholders where all others are. */
  fill() {
    this.isFirstThere = true;
    this.loadNear();
    this.filling.begin();
  }

  /** Scroll to the top of a page. */
  show(number) {
    this.reach(number)?.scrollIntoView({ block: "start", behavior: "instant" });
  }

  /** The row of a page with all that it holds, asked for at once if it was far away. */
  async there(number) {
    const row = this.reach(number);
    if (row.classList.contains("is-far")) {
      this.observer.unobserve(row);
      this.near.delete(row);
      await this.load(row);
    }
    return this.at(number);
  }

  /** Call `arrive` with the number of the page that is under the bar, as it changes, or of the one on which a word is typed, as
      long as one sees it. */
  watch(arrive) {
    let isAsked = false;
    const look = () => {
      isAsked = false;
      const line = parseFloat(getComputedStyle(this.list.querySelector(".row")).scrollMarginTop) + BELOW;
      const { left, top, width } = this.list.getBoundingClientRect();
      const row = this.typed(line) ?? document.elementFromPoint(left + width / 2, line)?.closest(".row");
      if (top > line && this.at(1)) arrive(1);
      else if (row) arrive(Number(row.dataset.row));
    };
    const ask = () => {
      if (!isAsked) requestAnimationFrame(look);
      isAsked = true;
    };
    document.addEventListener("scroll", ask, { passive: true });
    this.list.addEventListener("focusin", ask);
  }

  /* The row whose word is typed below the height `line` of the window. */
  typed(line) {
    const field = this.list.querySelector(".correct-field:focus");
    const { top, bottom } = field?.getBoundingClientRect() ?? {};
    return top < innerHeight && bottom > line ? field.closest(".row") : null;
  }

  /** Ask again for those of the pages, or of all for null, that are there already but not yet as they were read. */
  reload(numbers) {
    const open = [...this.list.querySelectorAll("[data-open]")].map((row) => Number(row.dataset.row));
    for (const number of new Set([...open, ...this.loading.keys()])) {
      if (!numbers || numbers.includes(number)) this.loadAgain(number);
    }
  }

  /* What is on its way already may be older than the news. */
  async loadAgain(number) {
    await this.loading.get(number);
    const row = this.at(number);
    if ("open" in row.dataset) this.load(row);
  }

  /* The row of a page, with all between it and those that are there. */
  reach(number) {
    if (!this.at(number)) this.filling.finish();
    return this.at(number);
  }

  * placeholders() {
    const template = document.getElementById("far-row").content.firstElementChild;
    const rows = this.list.querySelectorAll(".row");
    let above = Number(rows[0]?.dataset.row ?? 1) - 1;
    let below = Number(rows[rows.length - 1]?.dataset.row ?? 0) + 1;
    for (; above >= 1 || below <= this.total; [above, below] = [above - AT_ONCE, below + AT_ONCE]) {
      this.list.append(this.some(template, below, Math.min(below + AT_ONCE - 1, this.total)));
      this.putAbove(this.some(template, Math.max(above - AT_ONCE + 1, 1), above));
      yield;
    }
  }

  some(template, first, last) {
    const rows = document.createDocumentFragment();
    for (let number = first; number <= last; number += 1) rows.append(this.placeholder(template, number));
    return rows;
  }

  /* What is in sight stays in its place: most browsers see to that themselves. */
  putAbove(rows) {
    if (!rows.childElementCount) return; // which spares the browser a layout
    const row = this.list.querySelector(".row");
    const before = HOLDS ? 0 : row.getBoundingClientRect().top;
    this.list.prepend(rows);
    if (!HOLDS) scrollBy({ top: row.getBoundingClientRect().top - before, behavior: "instant" });
  }

  placeholder(template, number) {
    const row = template.cloneNode(true);
    row.id = `page-${number}`;
    row.dataset.row = number;
    row.querySelector("h2").textContent = pageLabel(this.reader, number);
    this.observer.observe(row);
    return row;
  }

  /* Pages of a document tend to be alike: the first one known tells how tall the others are. */
  learnAspect() {
    const image = this.list.querySelector(".sheet img");
    if (image) this.reader.style.setProperty("--aspect", String(image.getAttribute("width") / image.getAttribute("height")));
  }

  see(entries) {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) this.near.add(target);
      else this.near.delete(target);
    }
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.loadNear(), SETTLE);
  }

  loadNear() {
    if (!this.isFirstThere) return;
    for (const row of this.near) {
      this.observer.unobserve(row);
      this.load(row);
    }
    this.near.clear();
  }

  /** Show a row as the site has it now. Whoever wants the same row meanwhile waits for the same answer. */
  load(row) {
    const number = Number(row.dataset.row);
    if (!this.loading.has(number)) this.loading.set(number, this.ask(row).finally(() => this.loading.delete(number)));
    return this.loading.get(number);
  }

  async ask(row) {
    try {
      const response = await fetch(this.addressOf(row.dataset.row));
      if (response.redirected) this.signOut(row);
      else if (response.ok) this.replace(row, await response.text());
      else this.fail(row);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      this.fail(row);
    }
  }

  /* Who types on stays, and hears of it with what is to be saved. */
  signOut(row) {
    if (!leaveSignedOut() && row.classList.contains("is-far")) this.fail(row);
  }

  /** The row of a page as the site shows it now; null where it cannot be had. */
  async fresh(number) {
    const response = await fetch(this.addressOf(number)).catch(() => null);
    const html = response?.ok && !response.redirected ? await response.text().catch(() => null) : null;
    return html && this.rowIn(html);
  }

  addressOf(number) {
    return `${this.reader.dataset.base}pages/${number}/?${this.question}`;
  }

  rowIn(html) {
    const template = document.createElement("template");
    template.innerHTML = html;
    const row = template.content.querySelector(".row");
    this.uncover(row);
    return row;
  }

  replace(row, html) {
    if (!row.isConnected) return; // another one took its place
    const fresh = this.rowIn(html);
    // Who works on the page may want to keep the row.
    const news = new CustomEvent("ocrsite:fresh", { bubbles: true, cancelable: true, detail: fresh });
    if (!row.dispatchEvent(news)) return;
    const before = row.getBoundingClientRect();
    row.replaceWith(fresh);
    this.reader.dispatchEvent(new CustomEvent("ocrsite:row", { detail: fresh }));
    if (!HOLDS && before.bottom < 0) {
      scrollBy({ top: fresh.getBoundingClientRect().height - before.height, behavior: "instant" });
    }
  }

  uncover(root) {
    for (const button of root.querySelectorAll("[data-copy]")) button.hidden = false;
  }

  fail(row) {
    const { failed, again } = this.reader.dataset;
    const text = document.createElement("p");
    const button = document.createElement("button");
    text.textContent = failed;
    button.type = "button";
    button.textContent = again;
    button.addEventListener("click", () => this.load(row));
    row.querySelector(".text").replaceChildren(text, button);
  }
}
