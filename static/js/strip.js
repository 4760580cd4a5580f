/* The strip of thumbnails. Those that are far away are asked for in pieces when they come near. */

const PIECE = 24;
const SETTLE = 80; // milliseconds in which a fast scroll only passes by
const numbers = new Intl.NumberFormat(document.documentElement.lang);

export class Strip {
  constructor(reader, total, go) {
    this.strip = reader.querySelector(".strip");
    if (!this.strip) return;
    this.base = reader.dataset.base;
    this.list = this.strip.querySelector("ol");
    this.pieces = new Set();
    this.observer = new IntersectionObserver((entries) => this.see(entries), { root: this.strip, rootMargin: "50%" });
    this.fill(total);
    this.strip.addEventListener("click", (event) => {
      const item = event.target.closest("li");
      if (!item || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      go(Number(item.dataset.thumbnail));
    });
  }

  at(number) {
    return this.list.children[number - 1];
  }

  /** Show which page is being read. Only that one is a stop of the Tab key; the arrows lead to the others. */
  mark(number) {
    if (!this.strip) return;
    const before = this.list.querySelector("[aria-current]");
    before?.removeAttribute("aria-current");
    if (before) before.tabIndex = -1;
    const link = this.at(number).firstElementChild;
    link.ariaCurrent = "page";
    link.tabIndex = 0;
    this.reveal(link);
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

  /** Ask again for the pieces in which something changed. */
  reload(changed) {
    if (!this.strip) return;
    for (const number of changed) {
      if (!this.at(number).classList.contains("is-far")) this.pieces.add(pieceOf(number));
    }
    this.loadPieces();
  }

  fill(total) {
    const template = document.getElementById("far-thumbnail").content.firstElementChild;
    const there = new Map([...this.list.children].map((item) => [Number(item.dataset.thumbnail), item]));
    for (let number = 1; number <= total; number += 1) {
      this.list.append(there.get(number) ?? this.placeholder(template, number));
    }
    for (const link of this.list.querySelectorAll("a:not([aria-current])")) link.tabIndex = -1;
  }

  placeholder(template, number) {
    const item = template.cloneNode(true);
    item.dataset.thumbnail = number;
    item.firstElementChild.href = `?page=${number}`;
    item.firstElementChild.lastElementChild.append(numbers.format(number));
    this.observer.observe(item);
    return item;
  }

  see(entries) {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) this.pieces.add(pieceOf(Number(target.dataset.thumbnail)));
    }
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.loadPieces(), SETTLE);
  }

  loadPieces() {
    for (const first of this.pieces) this.load(first);
    this.pieces.clear();
  }

  async load(first) {
    const response = await fetch(`${this.base}strip/?first=${first}`).catch(() => null);
    if (!response?.ok || response.redirected) return;
    const template = document.createElement("template");
    template.innerHTML = await response.text();
    for (const fresh of template.content.querySelectorAll("li")) {
      const old = this.at(Number(fresh.dataset.thumbnail));
      const [link, oldLink] = [fresh.firstElementChild, old.firstElementChild];
      link.ariaCurrent = oldLink.ariaCurrent;
      link.tabIndex = oldLink.tabIndex;
      this.observer.unobserve(old);
      old.replaceWith(fresh);
    }
  }
}

function pieceOf(number) {
  return number - ((number - 1) % PIECE);
}
