/* The strip of thumbnails. Those that are far away are asked for in pieces when they come near. */

import { Chore } from "./idle.js";
import { number as inWords, pageLabel } from "./numbers.js";

const PIECE = 24;
const SETTLE = 80; // milliseconds in which a fast scroll only passes by
const STEPS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1, Home: -Infinity, End: Infinity };

export class Strip {
  /** `jump` goes where a click says, `step` where the arrows do; `hits` knows what is looked for. */
  constructor(reader, total, hits, jump, step) {
    this.strip = reader.querySelector(".strip");
    if (!this.strip) return;
    this.base = reader.dataset.base;
    this.reader = reader;
    this.hits = hits;
    this.list = this.strip.querySelector("ol");
    this.pieces = new Set();
    this.told = new Set();
    this.observer = new IntersectionObserver((entries) => this.see(entries), { root: this.strip, rootMargin: "50%" });
    this.total = total;
    this.filling = new Chore(this.placeholders());
    for (const link of this.list.querySelectorAll("a")) link.tabIndex = -1;
    this.strip.addEventListener("click", (event) => {
      const item = event.target.closest("li");
      if (!item || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      jump(Number(item.dataset.thumbnail));
    });
    this.strip.addEventListener("keydown", (event) => this.key(event, step));
  }

  /** Now that the first page is there, put placeholders where the others are. */
  fill() {
    if (!this.strip) return;
    this.isFirstThere = true;
    this.loadPieces();
    this.filling.begin();
  }

  at(number) {
    const first = Number(this.list.firstElementChild?.dataset.thumbnail ?? 1);
    return this.list.children[number - first];
  }

  reach(number) {
    if (!this.at(number)) this.filling.finish();
    return this.at(number);
  }

  /** Show which page is being read. Only that one is a stop of the Tab key; the arrows lead from it to the others. */
  mark(number) {
    if (!this.strip) return;
    const before = this.list.querySelector("[aria-current]");
    before?.removeAttribute("aria-current");
    if (before) before.tabIndex = -1;
    const link = this.reach(number).firstElementChild;
    link.ariaCurrent = "page";
    link.tabIndex = 0;
    this.reveal(link);
  }

  /* Here the arrows work for who has turned the shortcuts off, too. */
  key(event, step) {
    const by = Object.hasOwn(STEPS, event.key) && STEPS[event.key];
    const item = event.target.closest("li");
    if (!by || !item || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    const wanted = Number(item.dataset.thumbnail) + by;
    const number = Math.min(Math.max(wanted, 1), this.total);
    step(number);
    this.reach(number).firstElementChild.focus({ preventScroll: true });
  }

  /* Not scrollIntoView, which would move the page as well. */
  reveal(link) {
    const outer = this.strip.getBoundingClientRect();
    const inner = link.getBoundingClientRect();
    if (inner.top < outer.top || inner.bottom > outer.bottom) {
      this.strip.scrollTop += inner.top - outer.top - (outer.height - inner.height) / 2;
    }
    if (inner.left < outer.left || inner.right > outer.right) {
      this.strip.scrollLeft += inner.left - outer.left - (outer.width - inner.width) / 2;
    }
  }

  /** Ask again for the pieces in which one of the pages, or any for null, changed. The same news may come twice. */
  reload(changed) {
    if (!this.strip) return;
    for (const { dataset } of this.list.querySelectorAll("li:not(.is-far)")) {
      const number = Number(dataset.thumbnail);
      if (changed && (this.told.has(number) || !changed.includes(number))) continue;
      this.told.add(number);
      this.pieces.add(pieceOf(number));
    }
    this.loadPieces();
  }

  * placeholders() {
    const template = document.getElementById("far-thumbnail").content.firstElementChild;
    const { firstElementChild: first, lastElementChild: last } = this.list;
    let before = Number(first?.dataset.thumbnail ?? 1) - 1;
    let after = Number(last?.dataset.thumbnail ?? 0) + 1;
    for (; before >= 1 || after <= this.total; [before, after] = [before - PIECE, after + PIECE]) {
      this.list.append(this.some(template, after, Math.min(after + PIECE - 1, this.total)));
      this.putBefore(this.some(template, Math.max(before - PIECE + 1, 1), before));
      yield;
    }
  }

  some(template, first, last) {
    const items = document.createDocumentFragment();
    for (let number = first; number <= last; number += 1) items.append(this.placeholder(template, number));
    return items;
  }

  /* What is shown stays where it is. */
  putBefore(items) {
    if (!items.childElementCount) return;
    const { scrollWidth, scrollHeight } = this.strip;
    this.list.prepend(items);
    this.strip.scrollLeft += this.strip.scrollWidth - scrollWidth;
    this.strip.scrollTop += this.strip.scrollHeight - scrollHeight;
  }

  placeholder(template, number) {
    const item = template.cloneNode(true);
    item.dataset.thumbnail = number;
    item.firstElementChild.href = this.hits.addressOf(number);
    item.firstElementChild.ariaLabel = pageLabel(this.reader, number);
    item.firstElementChild.tabIndex = -1;
    item.querySelector("[data-number]").append(inWords(number));
    this.tellHits(item, number);
    this.observer.observe(item);
    return item;
  }

  tellHits(item, number) {
    if (!this.hits.has(number)) return;
    item.classList.add("has-hits");
    item.firstElementChild.ariaLabel = this.reader.dataset.pageWithHits.replace("{number}", inWords(number));
  }

  see(entries) {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) this.pieces.add(pieceOf(Number(target.dataset.thumbnail)));
    }
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.loadPieces(), SETTLE);
  }

  loadPieces() {
    if (!this.isFirstThere) return;
    for (const first of this.pieces) this.load(first);
    this.pieces.clear();
  }

  async load(first) {
    const response = await fetch(`${this.base}strip/?first=${first}&${this.hits.question}`).catch(() => null);
    if (!response?.ok || response.redirected) return;
    const template = document.createElement("template");
    template.innerHTML = await response.text();
    for (const fresh of template.content.querySelectorAll("li")) {
      const old = this.at(Number(fresh.dataset.thumbnail));
      const [link, oldLink] = [fresh.firstElementChild, old.firstElementChild];
      link.ariaCurrent = oldLink.ariaCurrent;
      link.tabIndex = oldLink.tabIndex;
      this.tellHits(fresh, Number(fresh.dataset.thumbnail));
      this.observer.unobserve(old);
      const hasFocus = oldLink === document.activeElement;
      old.replaceWith(fresh);
      if (hasFocus) link.focus({ preventScroll: true });
    }
  }
}

function pieceOf(number) {
  return number - ((number - 1) % PIECE);
}
