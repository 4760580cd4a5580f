/* What can be done with the word or the line that one is at: the changes (docs/correcting.md), and the word that one is
   at afterwards. */

/** Keys with Alt, by what they do. */
export const KEYS = {
  s: "split",
  j: "join",
  b: "before",
  a: "after",
  Delete: "delete",
  Enter: "split-line",
  J: "join-lines",
  ArrowUp: "up",
  ArrowDown: "down",
  l: "retype",
  x: "box",
  i: "insert-line",
  D: "delete-line",
  g: "elsewhere",
  k: "know",
  r: "region",
  p: "proofread",
  m: "move",
};

/** Those that need a word, and those that need a line; the others are for the page. */
export const OF_WORD = ["split", "join", "before", "after", "delete", "box", "split-line", "elsewhere", "know"];
export const OF_LINE = ["retype", "join-lines", "up", "down", "move", "delete-line"];

/** Those that the site does by itself: each is given the `words` of the page, the address, and where the caret stands. Gives
    no changes where there is nothing to do, and `why`, where it is not plain. What takes a neighbour names the word `beside`, and
    what to say where that is `another` one by now. */
export const CHANGES = {
  split: (words, { line, word }, caret) => ({
    changes: caret > 0 && caret < words.at({ line, word }).text.length && [{ do: "split", line, word, at: letters(words.at({ line, word }).text, caret) }],
    then: { line, word: word + 1 },
    why: "noCaret",
  }),
  join: (words, { line, word }) => {
    const beside = words.at({ line, word: word + 1 });
    return { changes: beside && [{ do: "join", line, word }], then: { line, word }, beside, another: "anotherWord" };
  },
  delete: (_words, { line, word }) => ({ changes: [{ do: "delete", line, word }], then: { line, word } }),
  "split-line": (_words, { line, word }) => ({
    changes: word > 0 && [{ do: "split-line", line, word }],
    then: { line: line + 1, word: 0 },
  }),
  "join-lines": (words, { line, word }) => {
    const beside = words.at({ line: line + 1, word: 0 });
    return { changes: beside && [{ do: "join-lines", line }], then: { line, word }, beside, another: "anotherLine" };
  },
  "delete-line": (_words, { line }) => ({ changes: [{ do: "delete-line", line }], then: { line, word: 0 } }),
  up: (words, at) => move(words, at, -1),
  down: (words, at) => move(words, at, 1),
};

/** The command of a key; undefined where it has none. In a field of a Mac, Alt and a letter write another letter: `isTyping`. */
export function commandOf(event, isTyping) {
  const { altKey, ctrlKey, metaKey, shiftKey, key } = event;
  const letter = letterOf(event);
  if (!altKey || ctrlKey || metaKey || (isTyping && letter && !isLatin(key) && isMac())) return undefined;
  const name = letter && shiftKey ? letter.toUpperCase() : letter || key;
  return Object.hasOwn(KEYS, name) ? KEYS[name] : undefined;
}

/** The letter of a key, small; nothing where it has none. Where it writes one of another script, or a sign, its place on the
    keyboard tells. */
export function letterOf({ key, code }) {
  if (isLatin(key)) return key.toLowerCase();
  return /^Key[A-Z]$/.test(code) ? code.at(-1).toLowerCase() : "";
}

function isLatin(key) {
  return /^[a-z]$/i.test(key);
}

function isMac() {
  return /^(Mac|iP)/.test(navigator.platform);
}

/** A line goes before the line `target`, into its block; the number of lines means to the end of the page. */
export function moveBefore({ lines, blocks }, { line, word }, target) {
  const { block, at } = target < lines.length ? placeOf(blocks, target) : { block: blocks.length - 1, at: blocks.at(-1).lines };
  const from = placeOf(blocks, line);
  const isDown = line < target; // then what follows the line moves up
  const place = isDown && from.block === block ? at - 1 : at;
  const isThere = from.block === block && from.at === place;
  return { changes: !isThere && [{ do: "move-line", line, block, at: place }], then: { line: isDown ? target - 1 : target, word } };
}

/* A line goes past its neighbour, at an end of its block past the one in the block beside it. */
function move({ lines, blocks }, { line, word }, by) {
  const then = { line: line + by, word };
  if (!lines[then.line]) return { then };
  const from = placeOf(blocks, line);
  const { block, at } = placeOf(blocks, then.line);
  const isBehind = by > 0 && block !== from.block; // which stays where it is
  return { changes: [{ do: "move-line", line, block, at: isBehind ? at + 1 : at }], then };
}

/** The block of a line, and its place in there. */
export function placeOf(blocks, line) {
  let block = 0;
  let at = line;
  while (at >= blocks[block].lines) at -= blocks[block++].lines;
  return { block, at };
}

/* The site counts letters, a browser the halves of some. */
function letters(text, caret) {
  return [...text.slice(0, caret)].length;
}
