/* The field in which a word is typed: it lies over the word, in the text or on the image, and what is typed is in the
   text below it too, so that the line makes room. So the text may be drawn anew without the field losing the focus. */

import { edit, editOfInput } from "./ahead.js";
import { pieces } from "./places.js";

const AIR = 4; // pixels, as in the style sheet
const LEAST = 16; // the caret can be seen, and the next word, too

export class Field {
  /** `bar` is what covers the lower end of the window. `ahead` gives what takes an edit (ahead.js) that comes between two words,
      for the field that is open by then. */
  constructor(input, bar, ahead) {
    Object.assign(this, { input, bar, ahead });
    this.covered = 0; // pixels
    this.place = this.place.bind(this);
    this.composed = Promise.resolve(); // once nothing is composed between two words
    input.addEventListener("input", this.place);
    input.addEventListener("beforeinput", (event) => this.catch(event));
    input.addEventListener("compositionstart", () => this.compose());
    addEventListener("resize", this.place);
    // A wide table is moved in its frame.
    document.addEventListener("scroll", ({ target }) => target !== document && this.place(), { capture: true, passive: true });
    visualViewport?.addEventListener("resize", () => this.show());
    new ResizeObserver(() => this.uncover()).observe(bar);
  }

  get isOpen() {
    return !this.input.hidden;
  }

  get value() {
    return this.input.value;
  }

  /** Where the caret stands; null where all of it is selected, as it was when the field was opened. */
  get caret() {
    const { selectionStart: start, selectionEnd: end, value } = this.input;
    return value && start === 0 && end === value.length ? null : start;
  }

  /** There is no word in it. One that was read is there, though nothing can be seen of it. */
  get isEmpty() {
    return !pieces(this.value).length && (this.isChanged || !this.value);
  }

  get isChanged() {
    return Boolean(this.leaf) && this.value !== this.before;
  }

  /** Between two words: what is typed now is for the next one. */
  get isBetween() {
    return this.isOpen && !this.leaf;
  }

  /* What is not composed; the browser tells it of its own only where a field is open. */
  catch(event) {
    if (!this.isBetween || event.isComposing) return;
    event.preventDefault();
    const made = editOfInput(event);
    if (made) this.ahead()(made);
  }

  /* An input method would be broken off by a field that opens: between two words, that waits for what is composed. */
  compose() {
    const take = this.isBetween && this.ahead();
    const over = new AbortController();
    const end = ({ data }) => {
      over.abort();
      this.isComposing = false;
      if (!take) return;
      this.opening?.();
      this.opening = null;
      done();
      if (data) take({ text: data });
    };
    let done;
    this.isComposing = true;
    if (take) this.composed = new Promise((resolve) => (done = resolve));
    for (const kind of ["compositionend", "blur"]) this.input.addEventListener(kind, end, { signal: over.signal });
  }

  /** Lie over `of()`, elements of the text, or over a `box` of the image, with what was `typed`, if anything. */
  open(leaf, options, typed = null) {
    this.leave();
    if (this.isComposing) this.opening = () => this.open(leaf, options, typed);
    else this.lie(leaf, options, typed);
  }

  lie(leaf, { value, label, box, of, isOnImage = false, isLine = false }, typed) {
    Object.assign(this, { leaf, box, of, isOnImage, isLine, before: value });
    this.input.value = value;
    this.input.ariaLabel = label;
    this.input.classList.toggle("is-on-image", isOnImage);
    this.input.classList.remove("is-expected");
    this.input.hidden = false;
    if (this.input.parentElement !== leaf.row) leaf.row.append(this.input);
    for (const kind of ["ocrsite:placed", "ocrsite:words"]) leaf.row.addEventListener(kind, this.place);
    this.place();
    this.input.focus({ preventScroll: true });
    this.input.select();
    this.show();
    if (typed !== null) this.type(typed);
  }

  /** What it is open for has another place by now; what is typed stays. */
  follow({ label, box, of }) {
    if (!this.leaf) return;
    Object.assign(this, { box, of });
    this.input.ariaLabel = label;
    this.place();
  }

  focus() {
    this.input.focus({ preventScroll: true });
  }

  /** It will be opened, or closed: have the focus already, for what is typed until then. */
  expect() {
    if (this.input.hidden) this.input.classList.add("is-expected");
    this.input.hidden = false;
    this.focus();
  }

  /** Let go of the word, but not of the focus: another one follows. */
  leave() {
    if (!this.leaf) return;
    if (this.isComposing) this.breakOff();
    for (const kind of ["ocrsite:placed", "ocrsite:words"]) this.leaf.row.removeEventListener(kind, this.place);
    this.restore();
    this.leaf = null;
  }

  /* What is composed is in the field by then; what follows is for the next one. */
  breakOff() {
    this.input.blur();
    this.focus();
  }

  close() {
    this.leave();
    this.opening = null;
    this.input.hidden = true;
  }

  /** What stood there before it was typed. */
  reset() {
    this.type(this.before);
    this.input.select();
  }

  type(value) {
    this.input.value = value;
    this.place();
  }

  /** As if it were typed: an edit (ahead.js). */
  edit(one) {
    this.focus();
    edit(this.input, one);
  }

  place() {
    if (!this.leaf) return;
    const frame = this.leaf.row.getBoundingClientRect();
    const rect = this.isOnImage ? this.onImage() : this.inText();
    if (!rect) return;
    const room = frame.right - AIR - rect.left;
    this.input.style.width = `${Math.max(LEAST, Math.min(rect.width, room))}px`;
    this.input.style.left = `${rect.left - frame.left}px`;
    this.input.style.top = `${rect.top - frame.top}px`;
  }

  /* Below the word, so that it can be seen. */
  onImage() {
    const matrix = this.leaf.overlay.tilted.getScreenCTM();
    const [x0, y0, x1, y1] = this.box;
    const corners = [[x0, y0], [x1, y0], [x0, y1], [x1, y1]].map(([x, y]) => new DOMPoint(x, y).matrixTransform(matrix));
    const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)];
    this.input.style.fontSize = "";
    const typed = (this.isLine ? 24 : 3 + this.value.length) * 10;
    const width = Math.max(typed, Math.max(...xs) - Math.min(...xs) + 2 * AIR);
    const { left, right } = this.leaf.row.getBoundingClientRect();
    const start = Math.min(Math.max((Math.min(...xs) + Math.max(...xs) - width) / 2, left), Math.max(right - width, left));
    return { left: start, top: Math.max(...ys) + AIR, width };
  }

  inText() {
    const elements = this.of();
    if (!elements.length) return null;
    this.hold(elements);
    const rects = elements[0].getClientRects();
    const { left, top, width, height, right } = rects[0] ?? elements[0].getBoundingClientRect();
    const { direction, fontSize } = getComputedStyle(elements[0]);
    this.input.style.fontSize = fontSize;
    const wide = this.isLine ? this.leaf.row.querySelector(".words").getBoundingClientRect().width : Math.max(width + 2 * AIR, LEAST);
    const start = direction === "rtl" ? right + AIR - wide : left - AIR;
    return { left: start, top: top + height / 2 - this.input.offsetHeight / 2, width: wide };
  }

  /* The text makes room for what is typed. */
  hold(elements) {
    if (this.held?.[0] !== elements[0]) this.restore();
    this.held ??= elements;
    this.texts ??= elements.map(({ textContent }) => textContent);
    for (const element of elements) element.classList.add("is-typed");
    if (this.isLine || !elements[0].classList.contains("word")) return;
    elements[0].textContent = this.value || " ";
    for (const element of elements.slice(1)) element.textContent = "";
  }

  restore() {
    this.held?.forEach((element, at) => {
      element.classList.remove("is-typed");
      if (!this.isLine && element.isConnected && element.classList.contains("word")) element.textContent = this.texts[at];
      if (element.classList.contains("is-new")) element.remove();
    });
    this.held = null;
    this.texts = null;
  }

  /* The bar is as tall as what it has to say. */
  uncover() {
    const { offsetHeight: covered } = this.bar;
    if (covered > this.covered) this.show();
    this.covered = covered;
  }

  /* Neither the image above, nor the bar, nor a keyboard on the glass hides what is typed. */
  show() {
    if (!this.leaf) return;
    const { top, bottom } = this.input.getBoundingClientRect();
    const { offsetTop: first, height } = visualViewport ?? { offsetTop: 0, height: innerHeight };
    const { row, isAbove, sheet } = this.leaf;
    const above = isAbove && !this.isOnImage ? sheet.offsetHeight : 0;
    const head = parseFloat(getComputedStyle(row).scrollMarginTop) + above + AIR;
    const foot = first + height - this.bar.offsetHeight - AIR;
    if (top < first + head || bottom > foot) scrollBy({ top: (top + bottom) / 2 - (first + head + foot) / 2, behavior: "instant" });
  }
}
