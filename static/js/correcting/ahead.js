/* What is typed while no field is open for it: keys of editing, and what comes as text, be it from a key, an input method,
   a keyboard on glass or the clipboard. It is done in the field that opens, on what stands there, as an edit: `text` that is
   put in, or a `key`, which goes by a whole word where it `isWord`, and selects on its way where it `isSelecting`. */

import { letterOf } from "./changes.js";

const FORWARD = ["Delete", "ArrowRight", "ArrowDown", "End"];
const BACKWARD = ["Backspace", "ArrowLeft", "ArrowUp", "Home"];
const DELETES = ["Delete", "Backspace"];
const STEPS = ["undo", "redo"];
const BESIDE = ["ArrowRight", "ArrowLeft"]; // all other moves of a line lead to one of its ends
const WITHOUT_KEY = {
  deleteContentBackward: { key: "Backspace" },
  deleteContentForward: { key: "Delete" },
  deleteWordBackward: { key: "Backspace", isWord: true },
  deleteWordForward: { key: "Delete", isWord: true },
  historyUndo: { key: "undo" },
  historyRedo: { key: "redo" },
};

/** All that is done ahead leads on from one place, up to a click that names another one. Where one does not get there, the way
    `isBroken`. What was typed for no place is `told`, as `Kept` has it: the word that is typed last. */
export class Way {
  constructor() {
    this.isBroken = false;
    this.told = null;
  }
}

/** The edit of a keydown; null where the key writes something, or nothing is done by it. */
export function editOfKey(event) {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
  const letter = (ctrlKey || metaKey) && !altKey && letterOf(event);
  if (letter === "a") return { key: "all" };
  if (letter === "z") return { key: shiftKey ? "redo" : "undo" };
  if (letter === "y") return { key: "redo" };
  if (altKey || metaKey || ![...FORWARD, ...BACKWARD].includes(key)) return null;
  return { key, isWord: ctrlKey, isSelecting: shiftKey };
}

/** The edit of what a `beforeinput` tells; null where it is none. */
export function editOfInput({ inputType, data, dataTransfer }) {
  const text = data ?? dataTransfer?.getData("text/plain");
  if (inputType.startsWith("insert")) return text ? { text: text.replace(/[\r\n]+/g, " ") } : null;
  return WITHOUT_KEY[inputType] ?? null;
}

/** Whether an edit takes a step back or forth. */
export function isStep({ key }) {
  return STEPS.includes(key);
}

/** A `text` that stands in no field after an edit at its end. */
export function jotted(text, { text: more = "", key, isWord = false }) {
  const isShorter = key === "Backspace" || key === "undo";
  return isShorter ? text.slice(0, beside(text, text.length, false, isWord)) : text + more;
}

/** Do an edit in an `input` that has the focus, as the browser does it: so it can be taken back in there, each by itself. */
export function edit(input, { text, key, isWord = false, isSelecting = false }) {
  const { value, selectionStart: start, selectionEnd: end, selectionDirection: direction } = input;
  const isDeleting = DELETES.includes(key);
  if (key === "all") input.select();
  else if (isStep({ key })) document.execCommand(key);
  else if (!text && !isDeleting) move(input, key, { isWord, isSelecting });
  else {
    const other = isDeleting && start === end ? beside(value, start, FORWARD.includes(key), isWord) : end;
    // Without a selection that is set, the browser makes one step of several edits.
    input.setSelectionRange(Math.min(start, other), Math.max(start, other), direction);
    if (text) document.execCommand("insertText", false, text);
    else if (start !== other) document.execCommand("delete");
  }
}

function move(input, key, { isWord, isSelecting }) {
  const { value, selectionStart: start, selectionEnd: end, selectionDirection: direction } = input;
  const isFromRight = BESIDE.includes(key) && getComputedStyle(input).direction === "rtl";
  const isForward = FORWARD.includes(key) !== isFromRight;
  const [fixed, caret] = direction === "backward" ? [end, start] : [start, end];
  let to;
  if (!BESIDE.includes(key)) to = isForward ? value.length : 0;
  else if (start < end && !isSelecting && !isWord) to = isForward ? end : start;
  else to = beside(value, caret, isForward, isWord);
  const from = isSelecting ? fixed : to;
  input.setSelectionRange(Math.min(from, to), Math.max(from, to), to < from ? "backward" : "forward");
}

/* The place beside the caret: past a letter with all that belongs to it, or a word. */
function beside(value, caret, isForward, isWord) {
  const [before, after] = [value.slice(0, caret), value.slice(caret)];
  if (isWord) return isForward ? caret + /^\s*\S*/.exec(after)[0].length : before.search(/\S*\s*$/);
  const letters = [...new Intl.Segmenter().segment(isForward ? after : before)];
  const length = letters.at(isForward ? 0 : -1)?.segment.length ?? 0;
  return isForward ? caret + length : caret - length;
}
