/* What a field is open for: a word, a line anew, a word or a line that is not there. A task finds its place in whatever text
   the page has by now, and takes the place of what of it arrived there without an answer. */

import { linesOf } from "../reader/tables.js";
import { textOf } from "../reader/words.js";
import { fill } from "../sentences.js";
import { emptyCell, placeInCell } from "./cells.js";
import { boxBefore, changesFor, countThere, linesLike, nearest, pieceAt, pieces, sameLine, sameWord, timesBeside } from "./places.js";

/** `word` is chosen while one types, `last` the last one in the place of which something may come, `previous` the one before:
    both by their order. `options` are those of the field. `labels` are the words of the interface. Each kind can `find` itself in
    `words`, those of any text; where it is no more, that is undefined; and `stand` at what was found. */
class Task {
  constructor(leaf, labels) {
    this.leaf = leaf;
    this.labels = labels;
    this.arrived = ""; // what was typed before, and is saved
  }

  /** `text` of it is saved, and stands in the text of now. */
  arrive(text) {
    this.arrived = text;
    this.again();
  }

  /** Find the place in the text of now. Gives whether there is one. */
  again() {
    const there = this.find(this.leaf.words);
    if (there) this.stand(there);
    return Boolean(there);
  }

  /** Where its place is gone: stay as near as one can. */
  stay() {
    const there = nearest(this.leaf.words, this.word);
    if (there) this.stand(there);
  }

  /** There is nothing to do for `text`. */
  isIdle(text) {
    return !pieces(text).length;
  }

  /** Whether its line is there where nothing is typed. */
  get hasLine() {
    return false;
  }

  /** The word of the text of now in which the caret stands, and the caret in there, once all that was `typed` is in the text:
      a `text` in which one can see something, with its `caret`, none where all is selected as it was found. */
  meant({ text, caret }) {
    const { at, caret: inside } = pieceAt(text, caret ?? 0);
    const place = this.placeOf(caret === null ? null : at, text);
    return place && { place, caret: inside };
  }
}

/** A word of the text, which is saved while one goes on. */
export class TypedWord extends Task {
  constructor(leaf, labels, word) {
    super(leaf, labels);
    this.isSavedLater = true;
    this.stand(word);
  }

  stand(found) {
    const { line, word, order, text, box } = found;
    Object.assign(this, { word: found, address: { line, word }, last: order, previous: order - 1 });
    const of = () => this.leaf.text.of(this.find(this.leaf.words));
    this.options = { value: text, label: fill(this.labels.wordLabel, word + 1, line + 1), box, of };
  }

  find(words) {
    return sameWord(words, this.word);
  }

  /* Its box is the same. */
  arrive(text) {
    const there = this.leaf.words.at(this.address);
    if (there?.text === spaced(text)) this.stand(there);
  }

  get hasLine() {
    return this.leaf.words.lines[this.address.line].words.length > 1;
  }

  placeOf(at) {
    const { line, word } = this.address;
    return nearest(this.leaf.words, { line, word: word + (at ?? 0) });
  }
}

export class RetypedLine extends Task {
  constructor(leaf, labels, address) {
    super(leaf, labels);
    this.stand(address);
  }

  stand({ line, word }) {
    const { leaf } = this;
    const { words, box } = leaf.words.lines[line];
    this.was = { line, text: textOf(words), box };
    this.arrived = ""; // it is what the line says
    this.isThere = madeLine(leaf.words, box);
    this.word = words[Math.min(word, words.length - 1)];
    Object.assign(this, { address: { line, word }, last: words.at(-1).order, previous: words[0].order - 1 });
    const of = () => linesOf(leaf.row)[line] ?? [];
    this.options = { value: this.was.text, label: fill(this.labels.lineLabel, line + 1), box, of, isLine: true };
  }

  isIdle(text) {
    return text === this.was.text;
  }

  /** The changes that put `text` into `words`, those of another text perhaps; undefined where it has no place there. */
  changes(words, text) {
    const there = this.find(words);
    return there && [{ do: "retype", line: there.line, text }];
  }

  find(words) {
    const there = sameLine(words, { ...this.was, text: spaced(this.arrived) || this.was.text });
    return there && { line: there.line, word: this.address.word };
  }

  placeOf(at) {
    const { line, word } = this.address;
    return nearest(this.leaf.words, { line, word: at ?? word });
  }
}

export class NewWord extends Task {
  /** Right before the word `beside`, or right `isBehind` it. `boxOf` gives the box of a text, or none where the site knows
      better where there is room; `put` puts an element into the text, where another place than beside the word is meant. */
  constructor(leaf, labels, beside, { isBehind, boxOf = () => null, put = null }) {
    super(leaf, labels);
    Object.assign(this, { isBehind, boxOf, put: put ?? ((made) => leaf.text.of(this.word)[0]?.[isBehind ? "after" : "before"](made)) });
    this.stand(beside);
  }

  /** Before the word at an address or, at the end of the line, after the last one. Where a cell of a table ends before it,
      `isAfter` tells to which one it belongs. */
  static at(leaf, labels, { line, word }, isAfter) {
    const { words } = leaf.words.lines[line];
    const [before, next] = [words[word - 1], words[word]];
    const isBetween = Boolean(before && next) && leaf.text.cellOf(before) !== leaf.text.cellOf(next);
    const isBehind = isBetween ? isAfter : !next;
    const boxOf = isBetween && !isBehind ? (text) => boxBefore(next, before, text, words) : undefined;
    return new NewWord(leaf, labels, isBehind ? before : next, { isBehind, boxOf });
  }

  /** In an empty cell of a table; null where it has no place. */
  static inCell(leaf, labels, cell) {
    const there = emptyCell(leaf.row, cell) && placeInCell(leaf.words, cell);
    const put = (made) => emptyCell(leaf.row, cell)?.append(made);
    return there && new NewWord(leaf, labels, there.beside, { ...there, put });
  }

  stand(beside) {
    const { leaf } = this;
    const { words } = leaf;
    const count = pieces(this.arrived).length;
    this.word = beside;
    this.isThere = (now, text) => this.timesIn(now, beside, text) > this.timesIn(words, beside, text);
    const { line, word, order } = beside;
    const [previous, last] = this.isBehind ? [order, order + count] : [order - 1 - count, order - 1];
    Object.assign(this, { address: { line, word }, last, previous });
    const of = () => (this.find(leaf.words) ? [this.gap()] : []);
    this.options = { value: "", label: fill(this.labels.newLabel, line + 1), box: this.boxOf("—") ?? beside.box, of };
  }

  timesIn(words, beside, text) {
    return timesBeside(words, beside, text, this.isBehind);
  }

  changes(words, text) {
    const there = this.find(words);
    if (!there) return undefined;
    const isArrived = this.arrived && this.timesIn(words, this.word, this.arrived);
    const count = isArrived ? pieces(this.arrived).length : 0;
    const place = this.first(there, count);
    if (count) return changesFor([{ ...place, count, answer: text }]);
    const box = this.boxOf(text);
    return [{ do: "insert", ...place, text, ...(box && { box }) }];
  }

  find(words) {
    return sameWord(words, this.word);
  }

  get hasLine() {
    return true;
  }

  placeOf(at, text) {
    const there = this.find(this.leaf.words);
    const said = pieces(text);
    const { line, word } = there ? this.first(there, said.length) : {};
    const place = there && this.leaf.words.at({ line, word: word + (at ?? 0) });
    return place?.text === said[at ?? 0] ? place : undefined;
  }

  /* The address of the first of `count` new words, beside the word that is `there`. */
  first({ line, word }, count) {
    return { line, word: this.isBehind ? word + 1 : word - count };
  }

  /* The place of the word in the text. */
  gap() {
    const made = this.leaf.row.querySelector(".word.is-new") ?? document.createElement("span");
    made.className = "word is-new";
    if (!made.isConnected) this.put(made);
    return made;
  }
}

export class NewLine extends Task {
  /** At the place `line`, with a `box` on the image. */
  constructor(leaf, labels, line, box) {
    super(leaf, labels);
    this.box = box;
    this.begin(line);
  }

  /** Below the line that has the number now of the one that was above. */
  stay() {
    this.begin(Math.min(this.line, this.leaf.words.lines.length));
  }

  /* Below the line that is above that place in the text of now. */
  begin(line) {
    const { words } = this.leaf;
    const above = words.lines[line - 1];
    this.above = above && { line: line - 1, text: textOf(above.words), box: above.box };
    this.thereBefore = countThere(words, this.box);
    this.stand({ line });
  }

  stand({ line }) {
    const { leaf, box } = this;
    const previous = leaf.words.lines[line - 1]?.words.at(-1)?.order ?? -1;
    this.line = line;
    this.isThere = madeLine(leaf.words, box);
    Object.assign(this, { address: { line: Math.max(line - 1, 0), word: 0 }, last: previous + pieces(this.arrived).length, previous });
    this.options = { value: "", label: fill(this.labels.lineLabel, line + 1), box, of: () => [], isOnImage: true, isLine: true };
  }

  placeOf(at, text) {
    const made = this.made(this.leaf.words, text);
    return made && this.leaf.words.at({ line: made.line, word: at ?? 0 });
  }

  /* The line that was made of `text`. */
  made(words, text) {
    return sameLine(words, { line: this.line, text: spaced(text), box: this.box });
  }

  changes(words, text) {
    const { box } = this;
    const made = this.arrived && this.made(words, this.arrived);
    if (made) return [{ do: "retype", line: made.line, text }];
    const there = this.find(words);
    return there && [{ do: "insert-line", line: there.line, text, box }];
  }

  /* Below the line that was above. There is no place where another line came into the box: it may be this one, which
     arrived and was changed by somebody else. */
  find(words) {
    if (!this.arrived && countThere(words, this.box) > this.thereBefore) return undefined;
    if (!this.above) return { line: 0 };
    const above = sameLine(words, this.above);
    return above && { line: above.line + 1 };
  }
}

/* Tells of another text whether a line was made of what was typed where `box` is, since the text was that of `words`. */
function madeLine(words, box) {
  return (now, text) => {
    const line = { text: spaced(text), box };
    return linesLike(now, line).length > linesLike(words, line).length;
  };
}

function spaced(text) {
  return pieces(text).join(" ");
}
