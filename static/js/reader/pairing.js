/* A word and its box are one thing: whichever is under the mouse or has the focus, the other lights up. A click on
   either, or Enter, chooses the word. */

import { isMoved } from "./tables.js";

const STILL = 5; // pixels that a mouse may move in a click

/** Sends `ocrsite:pick` from the row when somebody chooses a word: `detail` has the `leaf` and the `word`. */
export function pair(reader, leaves) {
  let pressed = null;
  reader.addEventListener("pointerdown", (event) => (pressed = event), { capture: true });
  reader.addEventListener("pointermove", (event) => {
    const leaf = leaves.of(event.target);
    if (leaf?.words && event.pointerType !== "touch") leaf.light(wordAt(leaf, event));
  });
  reader.addEventListener("pointerout", ({ target, relatedTarget }) => {
    const leaf = leaves.of(target);
    if (leaf && !leaf.row.contains(relatedTarget)) leaf.light(null);
  });
  reader.addEventListener("click", (event) => {
    const leaf = leaves.of(event.target);
    const isClick = pressed && Math.hypot(event.clientX - pressed.clientX, event.clientY - pressed.clientY) < STILL;
    if (leaf?.words && isClick && event.target.closest(".sheet, .words")) pick(leaf, wordAt(leaf, event));
  });
  reader.addEventListener("focusin", ({ target }) => {
    const leaf = leaves.of(target);
    const word = leaf?.text?.wordOf(target);
    if (!word) return;
    leaf.text.focus(word);
    leaf.light(word);
    leaf.viewer?.show(word.box);
  });
  reader.addEventListener("focusout", ({ target }) => leaves.of(target)?.light(null));
  reader.addEventListener("keydown", (event) => walk(event, leaves));
}

export function pick(leaf, word) {
  leaf.select(word, { isRevealed: Boolean(word) });
  leaf.row.dispatchEvent(new CustomEvent("ocrsite:pick", { bubbles: true, detail: { leaf, word } }));
}

function wordAt(leaf, event) {
  if (!event.target.closest(".sheet")) return leaf.text?.wordOf(event.target) ?? null;
  const point = leaf.overlay?.locate(event);
  return point ? leaf.words.under(point.x, point.y) : null;
}

/* From word to word with the arrows, in the text; they move a wide table that has the focus. */
function walk(event, leaves) {
  if (isMoved(event)) event.stopPropagation();
  const leaf = leaves.of(event.target);
  const word = leaf?.text?.wordOf(event.target);
  if (!word || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const wanted = target(event, leaf.words, word);
  if (wanted === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  if (event.key === "Enter") pick(leaf, word);
  else if (wanted) leaf.text.focus(wanted);
}

function target({ key, target: element }, words, word) {
  const forward = getComputedStyle(element).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
  if (key === "Enter") return word;
  if (key === "ArrowRight" || key === "ArrowLeft") return words.all[word.order + (key === forward ? 1 : -1)] ?? null;
  if (key === "ArrowUp" || key === "ArrowDown") return beside(words, word, key === "ArrowDown" ? 1 : -1);
  return undefined;
}

/* The word of the next line, or the one before, that stands nearest to the same place across. */
function beside(words, word, by) {
  const line = words.lines[word.line + by];
  if (!line?.words.length) return null;
  const middle = (one) => one.box[0] + one.box[2];
  const distance = (one) => Math.abs(middle(one) - middle(word));
  return line.words.reduce((best, one) => (distance(one) < distance(best) ? one : best));
}
