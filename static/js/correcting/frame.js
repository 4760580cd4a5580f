/* A box on the image that is moved, resized or drawn, by mouse, finger or keys. */

const LEAST = 2; // pixels of the page
const DRAWN = 6; // pixels of the screen that a pointer moves before it draws
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export class Frame {
  /** `root` is the element of the box, with a handle in each corner. */
  constructor(root) {
    this.root = root;
    this.place = this.place.bind(this);
    root.addEventListener("keydown", (event) => this.key(event));
    root.addEventListener("pointerdown", (event) => this.press(event));
    this.draw = this.draw.bind(this);
  }

  get isOpen() {
    return !this.root.hidden;
  }

  /** Let a `box` of the page be changed; `mayDraw`: another one may be drawn in its place. `done` is given the box, or null
      where it is to stay as it was. */
  open(leaf, box, { label, mayDraw = false, done }) {
    this.finish(null);
    Object.assign(this, { leaf, box: [...box], before: String(box), mayDraw, done });
    this.root.ariaLabel = label;
    this.root.hidden = false;
    leaf.sheet.append(this.root);
    leaf.sheet.classList.add("is-framing");
    leaf.viewer?.setHands(true);
    leaf.row.addEventListener("ocrsite:placed", this.place);
    if (mayDraw) leaf.sheet.addEventListener("pointerdown", this.draw);
    this.place();
    this.root.focus({ preventScroll: true });
    const { top, bottom } = this.root.getBoundingClientRect();
    if (top < 0 || bottom > innerHeight) this.root.scrollIntoView({ block: "center", behavior: "instant" });
  }

  /** Let go of the box; `isKept`: it is as it should be. */
  finish(isKept) {
    if (!this.isOpen) return;
    this.root.hidden = true;
    this.leaf.sheet.classList.remove("is-framing");
    this.leaf.viewer?.setHands(false);
    this.leaf.row.removeEventListener("ocrsite:placed", this.place);
    this.leaf.sheet.removeEventListener("pointerdown", this.draw);
    const isNew = this.mayDraw || String(this.box) !== this.before;
    this.done(isKept && isNew ? this.box : null);
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

  key(event) {
    const step = STEPS[event.key];
    if (event.key === "Enter" || event.key === "Escape") this.finish(event.key === "Enter");
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

  /* A corner, or the box itself, is taken and drawn along. */
  press(event) {
    if (event.button) return;
    const sides = JSON.parse(event.target.dataset.sides ?? "null"); // the sides that the corner moves, by their places in a box
    const [start, from] = [[...this.box], this.leaf.overlay.locate(event)];
    this.follow(event, (point) => {
      const by = [point.x - from.x, point.y - from.y];
      const moved = start.map((side, at) => (!sides || sides.includes(at) ? side + by[at % 2] : side));
      this.set(moved, { isWhole: !sides });
    });
  }

  /* Elsewhere on the page another box is begun. */
  draw(event) {
    if (event.button || this.root.contains(event.target)) return;
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

function within(first, last, size) {
  const [from, to] = first < last ? [first, last] : [last, first];
  const start = Math.min(Math.max(from, 0), size - LEAST);
  return [start, Math.max(Math.min(to, size), start + LEAST)];
}
