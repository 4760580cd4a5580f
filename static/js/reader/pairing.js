/* A word and its box are one thing: whichever is under the mouse or has the focus, the other lights up. A click on
   either, or Enter, chooses the word; likewise an empty cell of a table, where a word can be typed into it. */

import { isMoved } from "./tables.js";

const STILL = 5; // pixels that a mouse may move in a click
const CELL = "td[tabindex]"; // an empty one that can be filled

/** Sends `ocrsite:pick` from the row when somebody chooses a word: `detail` has the `leaf` and the `word`, or an empty `cell`. */
export function pair(reader, leaves) {
  let pressed = null;
  reader.addEventListener("pointerdown", (event) => (pressed = event), { capture: true });
  reader.addEventListener("pointermove", (event) => {
    const leaf = leaves.of(event.target);
    const isFraming = event.target.closest(".is-framing"); // a box is drawn there, whatever it holds
    if (leaf?.words && event.pointerType !== "touch" && !isFraming) leaf.light(wordAt(leaf, event));
  });
  reader.addEventListener("pointerout", ({ target, relatedTarget }) => {
    const leaf = leaves.of(target);
    if (leaf && !leaf.row.contains(relatedTarget)) leaf.light(null);
  });
  reader.addEventListener("click", (event) => {
    const leaf = leaves.of(event.target);
    const isClick = pressed && Math.hypot(event.clientX - pressed.clientX, event.clientY - pressed.clientY) < STILL;
    if (leaf?.words && isClick && event.target.closest(".sheet, .words")) pick(leaf, wordAt(leaf, event), event.target.closest(CELL));
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

export function pick(leaf, word, cell = null) {
  leaf.select(word, { isRevealed: Boolean(word) });
  leaf.row.dispatchEvent(new CustomEvent("ocrsite:pick", { bubbles: true, detail: { leaf, word, cell } }));
}

function wordAt(leaf, event) {
  if (!event.target.closest(".sheet")) return leaf.text?.wordOf(event.target) ?? null;
  const point = leaf.overlay?.locate(event);
  return point ? leaf.words.under(point.x, point.y) : null;
}

/* From word to word with the arrows, in the text, and to the empty cells between them; they move a wide table that has the
   focus. */
function walk(event, leaves) {
  if (isMoved(event)) event.stopPropagation();
  const { target, key } = event;
  const leaf = leaves.of(target);
  const word = leaf?.text?.wordOf(target) ?? null;
  const cell = leaf?.text && target.matches(CELL) ? target : null;
  if ((!word && !cell) || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const wanted = key === "Enter" ? null : word ? fromWord(event, leaf, word) : fromCell(event, leaf);
  if (wanted === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  if (key === "Enter") pick(leaf, word, cell);
  else if (wanted instanceof Element) wanted.focus();
  else if (wanted) leaf.text.focus(wanted);
}

/* The word, or the empty cell, to which a key leads; null: none, undefined: it leads nowhere. */
function fromWord(event, leaf, word) {
  const [down, on] = steps(event);
  if (down) return beside(leaf.words, word, down);
  const cell = on && stopBeside(leaf, leaf.text.of(word).at(on > 0 ? -1 : 0), on);
  return on && (cell?.matches(CELL) ? cell : leaf.words.all[word.order + on] ?? null);
}

function fromCell(event, leaf) {
  const [down, on] = steps(event);
  const { target: cell } = event;
  const row = cell.parentElement[down > 0 ? "nextElementSibling" : "previousElementSibling"];
  const there = down ? row?.cells[cell.cellIndex] : null;
  if (!down && !on) return undefined;
  const stop = down ? there?.querySelector(".word") ?? there : stopBeside(leaf, cell, on);
  return stop?.matches(".word") ? leaf.text.wordOf(stop) : stop ?? null;
}

/* How far down a key leads, and how far on in the text. */
function steps({ key, target }) {
  const forward = getComputedStyle(target).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
  const down = { ArrowDown: 1, ArrowUp: -1 }[key];
  const on = { ArrowRight: 1, ArrowLeft: -1 }[key];
  return [down, on && (forward === "ArrowRight" ? on : -on)];
}

/* What the text has next that can be reached, or before: an element of a word, or an empty cell. */
function stopBeside(leaf, element, by) {
  const stops = [...leaf.row.querySelectorAll(`.words :is(.word, ${CELL})`)];
  return stops[stops.indexOf(element) + by] ?? null;
}

/* The word of the next line, or the one before, that stands nearest to the same place across. */
function beside(words, word, by) {
  const line = words.lines[word.line + by];
  if (!line?.words.length) return null;
  const middle = (one) => one.box[0] + one.box[2];
  const distance = (one) => Math.abs(middle(one) - middle(word));
  return line.words.reduce((best, one) => (distance(one) < distance(best) ? one : best));
}
