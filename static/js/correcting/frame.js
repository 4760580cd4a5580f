/* A box on the image that is moved, resized or drawn, by mouse, finger or keys. */

import { seenOf } from "../reader/sight.js";

const LEAST = 2; // pixels of the page
const DRAWN = 6; // pixels of the screen that a pointer moves before it draws
const SEEN = 24; // of which one can see so many, one can take hold
const WHOLE = [0, 1, 2, 3];
const PRESSED = "a, button, input, select, summary, textarea";
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export class Frame {
  /** `root` is the element of the box, with a handle in its middle and in each corner; `cover` is what covers the lower
      end of the window. */
  constructor(root, cover) {
    this.root = root;
    this.cover = cover;
    this.place = this.place.bind(this);
  }

  get isOpen() {
    return !this.root.hidden;
  }

  /** Let a `box` of the page be changed, or another one be drawn beside it; where it `isProposal`, even within it.
      `done` is given the box, or null where it is to stay as it was. */
  open(leaf, box, { label, isProposal = false, done }) {
    this.finish(null);
    Object.assign(this, { leaf, box: [...box], before: String(box), isProposal, done });
    this.root.ariaLabel = label;
    this.root.classList.toggle("is-drawn", isProposal);
    this.root.hidden = false;
    leaf.sheet.append(this.root);
    leaf.sheet.classList.add("is-framing");
    leaf.viewer?.setHands(true);
    this.over = new AbortController();
    const { signal } = this.over;
    leaf.row.addEventListener("ocrsite:placed", this.place, { signal });
    leaf.sheet.addEventListener("pointerdown", (event) => this.press(event), { signal });
    leaf.sheet.addEventListener("click", (event) => event.stopPropagation(), { signal }); // no word is picked
    document.addEventListener("keydown", (event) => this.key(event), { capture: true, signal });
    if (isProposal) leaf.withdraw();
    leaf.viewer?.settle(); // what is seen is measured
    this.place();
    this.root.focus({ preventScroll: true });
    if (isProposal) this.propose();
    else this.bringIntoSight();
  }

  /** Let go of the box; `isKept`: it is as it should be. */
  finish(isKept) {
    if (!this.isOpen) return;
    this.root.hidden = true;
    this.leaf.sheet.classList.remove("is-framing");
    this.leaf.viewer?.setHands(false);
    this.over.abort();
    const isNew = this.isProposal || String(this.box) !== this.before;
    this.done(isKept && isNew ? this.box : null);
  }

  bringIntoSight() {
    const { top, bottom } = this.root.getBoundingClientRect();
    const seen = seenOf(this.leaf.sheet, this.cover);
    if (top < seen.top || bottom > seen.bottom) this.root.scrollIntoView({ block: "center", behavior: "instant" });
  }

  /* Where somebody looks: as much of the box as can be seen, else the middle of what can. */
  propose() {
    if (!this.inSight(this.box) && !this.leaf.viewer?.isZoomed()) this.bringIntoSight();
    const { width, height } = this.leaf.page;
    const seen = this.inSight([0, 0, width, height]);
    if (seen) this.set(this.inSight(this.box) ?? inner(seen));
  }

  /* The part of a box that can be seen, in pixels of the page; null where that is next to nothing of it. */
  inSight([x0, y0, x1, y1]) {
    const { left, right, top, bottom } = seenOf(this.leaf.sheet, this.cover);
    const corners = [[left, top], [right, top], [left, bottom], [right, bottom]];
    const points = corners.map(([clientX, clientY]) => this.leaf.overlay.locate({ clientX, clientY }));
    const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
    const seen = [Math.max(x0, Math.min(...xs)), Math.max(y0, Math.min(...ys)), Math.min(x1, Math.max(...xs)), Math.min(y1, Math.max(...ys))];
    const isWhole = String(seen) === String([x0, y0, x1, y1]); // a line may be very low
    const size = Math.min(seen[2] - seen[0], seen[3] - seen[1]) * this.leaf.overlay.scale;
    return right > left && bottom > top && (isWhole || size >= SEEN) ? seen : null;
  }

  /* The element has the size of the box in pixels of the page, and lies as the page does. */
  place() {
    const { a, b, c, d, e, f } = this.leaf.overlay.tilted.getScreenCTM();
    const { left, top } = this.leaf.sheet.getBoundingClientRect();
    const [x0, y0, x1, y1] = this.box;
    const { style } = this.root;
    style.transform = `matrix(${a}, ${b}, ${c}, ${d}, ${e - left}, ${f - top}) translate(${x0}px, ${y0}px)`;
    style.width = `${x1 - x0}px`;
    style.height = `${y1 - y0}px`;
    style.setProperty("--pixel", `${1 / Math.hypot(a, b)}px`);
  }

  /* Wherever the focus is, but for Enter on what is pressed with it. */
  key(event) {
    const { key, target } = event;
    const isOwn = this.root.contains(target) || target === document.body;
    if (event.isComposing || document.querySelector("dialog[open]")) return;
    const step = isOwn && STEPS[key];
    if (key === "Escape" || (key === "Enter" && (isOwn || !target.closest(PRESSED)))) this.finish(key === "Enter");
    else if (step) this.step(step.map((by) => by * (event.shiftKey ? 10 : 1)), event.altKey);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /* The whole box, or its lower right corner. */
  step([x, y], isSize) {
    const [x0, y0, x1, y1] = this.box;
    this.set(isSize ? [x0, y0, x1 + x, y1 + y] : [x0 + x, y0 + y, x1 + x, y1 + y], { isWhole: !isSize });
  }

  press(event) {
    if (event.button) return;
    const sides = JSON.parse(event.target.dataset.sides ?? "null");
    if (sides) this.drag(event, sides);
    else if (event.target === this.root && !this.isProposal) this.drag(event, WHOLE);
    else this.draw(event);
  }

  /* The box is taken by a corner, or as a whole: `sides` are those that move, by their places in a box. */
  drag(event, sides) {
    const [start, from] = [[...this.box], this.leaf.overlay.locate(event)];
    this.follow(event, (point) => {
      const by = [point.x - from.x, point.y - from.y];
      const moved = start.map((side, at) => (sides.includes(at) ? side + by[at % 2] : side));
      this.set(moved, { isWhole: sides.length === WHOLE.length });
    });
  }

  /* Where one presses, another box is begun. */
  draw(event) {
    const from = this.leaf.overlay.locate(event);
    this.follow(event, (point, now) => {
      if (Math.hypot(now.clientX - event.clientX, now.clientY - event.clientY) < DRAWN) return;
      this.set([Math.min(from.x, point.x), Math.min(from.y, point.y), Math.max(from.x, point.x), Math.max(from.y, point.y)]);
    });
  }

  follow(event, move) {
    event.preventDefault();
    event.stopPropagation();
    this.root.setPointerCapture(event.pointerId);
    this.root.focus({ preventScroll: true });
    const over = new AbortController();
    const { signal } = over;
    this.root.addEventListener("pointermove", (now) => move(this.leaf.overlay.locate(now), now), { signal });
    for (const kind of ["pointerup", "pointercancel"]) this.root.addEventListener(kind, () => over.abort(), { signal });
  }

  set(box, { isWhole = false } = {}) {
    const { width, height } = this.leaf.page;
    let [x0, y0, x1, y1] = box.map(Math.round);
    if (isWhole) {
      const [x, y] = [Math.min(Math.max(x0, 0), width - (x1 - x0)), Math.min(Math.max(y0, 0), height - (y1 - y0))];
      [x0, y0, x1, y1] = [x, y, x + x1 - x0, y + y1 - y0];
    }
    [x0, x1] = within(x0, x1, width);
    [y0, y1] = within(y0, y1, height);
    this.box = [x0, y0, x1, y1];
    this.place();
  }
}

/* Half as wide and a third as high, in the middle. */
function inner([x0, y0, x1, y1]) {
  const [across, down] = [(x1 - x0) / 4, (y1 - y0) / 3];
  return [x0 + across, y0 + down, x1 - across, y1 - down];
}

function within(first, last, size) {
  const [from, to] = first < last ? [first, last] : [last, first];
  const start = Math.min(Math.max(from, 0), size - LEAST);
  return [start, Math.max(Math.min(to, size), start + LEAST)];
}
