/* Words selected on the image with the mouse, in the mode for it, or with a long press of the finger. They are
   copied in reading order when the hand lets go, and by Ctrl+C as long as they are marked. */

import { write } from "../copy.js";
import { textOf } from "./words.js";

const LONG = 450; // milliseconds of a long press
const STILL = 10; // pixels that a finger may move meanwhile

export class Selection {
  /** `say` tells the reader something. */
  constructor(reader, leaves, say) {
    this.reader = reader;
    this.leaves = leaves;
    this.say = say;
    this.words = [];
    reader.addEventListener("pointerdown", (event) => this.press(event), { capture: true });
    reader.addEventListener("pointermove", (event) => this.drag(event), { capture: true });
    for (const [kind, end] of [["pointerup", (event) => this.release(event)], ["pointercancel", () => this.stop()]]) {
      document.addEventListener(kind, end, { capture: true }); // the hand may let go anywhere
    }
    reader.addEventListener("contextmenu", (event) => this.leaf && event.preventDefault());
    reader.addEventListener("touchmove", (event) => this.leaf && event.cancelable && event.preventDefault(), { passive: false });
    document.addEventListener("copy", (event) => this.copyMarked(event));
  }

  get isOn() {
    return this.reader.classList.contains("is-selecting");
  }

  /** Turn the mode on or off, in which the mouse selects instead of moving the image. */
  toggle() {
    this.reader.classList.toggle("is-selecting");
    if (!this.isOn) this.clear();
    return this.isOn;
  }

  clear() {
    this.marked?.overlay?.sweep([]);
    this.marked = null;
    this.words = [];
  }

  press(event) {
    clearTimeout(this.timer);
    const leaf = event.target.closest(".sheet") && this.leaves.of(event.target);
    if (!leaf?.words || !event.isPrimary || event.button) return;
    this.pressed = event;
    if (event.pointerType === "touch" && !this.isOn) this.timer = setTimeout(() => this.begin(leaf, event), LONG);
    else if (this.isOn) this.begin(leaf, event);
    else this.clear();
  }

  begin(leaf, event) {
    const start = near(leaf, event);
    if (!start) return;
    this.clear();
    this.leaf = leaf;
    this.start = start;
    leaf.viewer?.setHands(true);
    this.sweep(event);
  }

  drag(event) {
    if (this.leaf) {
      event.preventDefault();
      this.sweep(event);
    } else if (this.pressed && Math.hypot(event.clientX - this.pressed.clientX, event.clientY - this.pressed.clientY) > STILL) {
      clearTimeout(this.timer);
    }
  }

  sweep(event) {
    const end = near(this.leaf, event);
    if (!end) return;
    this.words = this.leaf.words.between(this.start, end);
    this.marked = this.leaf;
    this.leaf.overlay.sweep(this.words);
  }

  async release(event) {
    clearTimeout(this.timer);
    this.pressed = null;
    if (!this.leaf) return;
    event.stopPropagation();
    this.stop();
    if (await write(textOf(this.words), this.reader)) this.say("wordsCopied", this.words.length);
  }

  stop() {
    clearTimeout(this.timer);
    this.leaf?.viewer?.setHands(false);
    this.leaf = null;
  }

  copyMarked(event) {
    const isTyping = event.target.closest?.("input, textarea");
    const inWindow = getSelection();
    const words = inWindow.isCollapsed ? this.words : wordsBetween(inWindow, this.leaves);
    if (isTyping || !words.length) return;
    event.clipboardData.setData("text/plain", textOf(words));
    event.preventDefault();
  }
}

function near(leaf, event) {
  const point = leaf.overlay?.locate(event);
  return point && leaf.words.nearest(point.x, point.y);
}

/* Words that lie over the image are selected by the browser, which knows neither their order nor their spaces. */
function wordsBetween(selection, leaves) {
  const [start, end] = [selection.anchorNode, selection.focusNode].map((node) => node?.parentElement?.closest(".typed text"));
  const leaf = start && leaves.of(start);
  if (!leaf?.words || leaf !== (end && leaves.of(end))) return [];
  const [one, other] = [start, end].map((text) => leaf.words.all[Number(text.dataset.order)]);
  return leaf.words.between(one, other);
}
