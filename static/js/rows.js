/* The rows of the reader. A page that is far away is a placeholder of its likely size; its row is asked for
   when it comes near. So page 700 of 1,000 is as close as page 2. */

import { pageLabel } from "./numbers.js";

const NEAR = "120% 0px";
const BELOW = 48; // pixels under the bar: the page that lies there is the one that is read
const SETTLE = 80; // milliseconds in which a fast scroll only passes by

export class Rows {
  /** `question` goes on with what is looked for: `q=…`, or nothing. */
  constructor(reader, total, question) {
    this.reader = reader;
    this.total = total;
    this.question = question;
    this.list = reader.querySelector(".rows");
    this.near = new Set();
    this.observer = new IntersectionObserver((entries) => this.see(entries), { rootMargin: NEAR });
    for (const link of this.list.querySelectorAll(".window-link")) link.remove();
    this.learnAspect();
    this.fill();
    this.uncover(this.list);
  }

  at(number) {
    return document.getElementById(`page-${number}`);
  }

  /** Scroll to the top of a page. */
  show(number) {
    this.at(number)?.scrollIntoView({ block: "start", behavior: "instant" });
  }

  /** The row of a page with all that it holds, asked for at once if it was far away. */
  async there(number) {
    const row = this.at(number);
    if (row.classList.contains("is-far")) {
      this.observer.unobserve(row);
      this.near.delete(row);
      await this.load(row);
    }
    return this.at(number);
  }

  /** Call `arrive` with the number of the page that is under the bar, as it changes. */
  watch(arrive) {
    let isAsked = false;
    const look = () => {
      isAsked = false;
      const line = parseFloat(getComputedStyle(this.at(1)).scrollMarginTop) + BELOW;
      const { left, top, width } = this.list.getBoundingClientRect();
      const row = document.elementFromPoint(left + width / 2, line)?.closest(".row");
      if (top > line) arrive(1);
      else if (row) arrive(Number(row.dataset.row));
    };
    document.addEventListener("scroll", () => {
      if (!isAsked) requestAnimationFrame(look);
      isAsked = true;
    }, { passive: true });
  }

  /** Ask again for those of the pages, or of all for null, that are there already but not yet as they were read. */
  reload(numbers) {
    for (const row of this.list.querySelectorAll("[data-open]")) {
      if (!numbers || numbers.includes(Number(row.dataset.row))) this.load(row);
    }
  }

  fill() {
    const template = document.getElementById("far-row").content.firstElementChild;
    let before = null;
    for (let number = 1; number <= this.total; number += 1) {
      let row = this.at(number);
      if (!row) {
        row = this.placeholder(template, number);
        if (before) before.after(row);
        else this.list.prepend(row);
      }
      before = row;
    }
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
    for (const row of this.near) {
      this.observer.unobserve(row);
      this.load(row);
    }
    this.near.clear();
  }

  async load(row) {
    try {
      const response = await fetch(`${this.reader.dataset.base}pages/${row.dataset.row}/?${this.question}`);
      if (response.redirected) location.reload();
      else if (response.ok) this.replace(row, await response.text());
      else this.fail(row);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      this.fail(row);
    }
  }

  replace(row, html) {
    const template = document.createElement("template");
    template.innerHTML = html;
    const fresh = template.content.querySelector(".row");
    this.uncover(fresh);
    const before = row.getBoundingClientRect();
    row.replaceWith(fresh);
    this.reader.dispatchEvent(new CustomEvent("ocrsite:row", { detail: fresh }));
    // Where the browser does not hold what is in sight in its place, we do.
    if (!CSS.supports("overflow-anchor", "auto") && before.bottom < 0) {
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
