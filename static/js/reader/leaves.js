/* The pages that are there: those in sight are alive, the others rest. */

import { Leaf } from "./leaf.js";

const SETTLE = 80; // milliseconds in which a fast scroll only passes by
const NEAR = "20% 0px";
const FAR = 20; // pages

export class Leaves {
  constructor(reader, settings) {
    this.reader = reader;
    this.settings = settings;
    this.leaves = new Map();
    this.inSight = new Set();
    this.due = new WeakSet();
    this.observer = new IntersectionObserver((entries) => this.see(entries), { rootMargin: NEAR });
    for (const row of reader.querySelectorAll(".row:not(.is-far)")) this.add(row);
    reader.addEventListener("ocrsite:row", ({ detail }) => this.add(detail));
    reader.addEventListener("ocrsite:settings", ({ detail }) => this.change(detail.what));
    addEventListener("online", () => this.settle());
    document.addEventListener("scroll", () => this.follow(), { passive: true });
  }

  /** The page of that number; undefined while it is far away. */
  at(number) {
    return this.leaves.get(number);
  }

  /** The page that an element belongs to. */
  of(target) {
    const row = target.closest?.(".row");
    return row ? this.at(Number(row.dataset.row)) : undefined;
  }

  add(row) {
    const leaf = new Leaf(row, this.reader, this.settings);
    const before = this.at(leaf.number);
    if (before) {
      this.observer.unobserve(before.row);
      this.inSight.delete(before);
      before.close({ isGone: true });
    }
    this.leaves.set(leaf.number, leaf);
    this.observer.observe(row);
  }

  see(entries) {
    for (const { target, isIntersecting } of entries) {
      const leaf = this.of(target);
      if (leaf?.row !== target) continue;
      if (isIntersecting) this.inSight.add(leaf);
      else this.inSight.delete(leaf);
    }
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.settle(), this.isSettled ? SETTLE : 0);
    this.isSettled = true;
  }

  /* Of image and text one stands still while the other goes by, so that what lies over them has to move. */
  follow() {
    if (this.settings.view !== "both") return;
    for (const { row } of this.inSight) row.dispatchEvent(new CustomEvent("ocrsite:placed"));
  }

  settle() {
    for (const leaf of this.leaves.values()) {
      if (!this.inSight.has(leaf)) leaf.close();
      if (this.isFar(leaf)) leaf.rest();
    }
    for (const leaf of this.inSight) {
      if (this.due.delete(leaf)) leaf.underline();
      leaf.read();
      leaf.open();
    }
  }

  /* Corrections go from page to page, and each keeps its words. */
  isFar(leaf) {
    const isCorrecting = this.reader.classList.contains("is-correcting");
    return !isCorrecting && this.inSight.size && [...this.inSight].every(({ number }) => Math.abs(number - leaf.number) > FAR);
  }

  /* Pages out of sight are underlined anew when they come near. */
  underline() {
    for (const leaf of this.inSight) leaf.underline();
    for (const leaf of this.leaves.values()) if (!this.inSight.has(leaf)) this.due.add(leaf);
  }

  change(what) {
    if (what === "below") this.underline();
    for (const leaf of this.leaves.values()) {
      if (what === "view") leaf.showView();
      if (what === "cleaned") leaf.clean();
      if (what === "view" || what === "fit") {
        leaf.place();
        leaf.viewer?.home();
      }
    }
  }
}
