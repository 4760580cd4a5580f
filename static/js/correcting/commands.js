/* What can be done with a word, a line or the page beside typing. */

import { saysTheSame } from "./applied.js";
import { CHANGES, OF_LINE, OF_WORD, moveBefore } from "./changes.js";
import { Frame } from "./frame.js";
import { Lines } from "./lines.js";
import { movedLine, nearest, sameWord } from "./places.js";
import { boxToRead } from "./region.js";
import { Reread } from "./reread.js";
import { Refusal, post } from "./save.js";

const NOTHING = { undo: "noUndo", redo: "noRedo" };
const METHODS = {
  undo: "back",
  redo: "back",
  before: "before",
  after: "after",
  retype: "line",
  box: "box",
  "insert-line": "newLine",
  region: "region",
  elsewhere: "elsewhere",
  know: "know",
  proofread: "proofread",
  move: "move",
  "put-again": "putAgain",
};

const DELETES = ["delete", "delete-line"];

export class Commands {
  constructor(corrector) {
    this.corrector = corrector;
    this.frame = new Frame(corrector.root.querySelector("[data-frame]"), corrector.bar.root);
    this.lines = new Lines(corrector.root.querySelector("[data-lines]"));
    this.reread = new Reread(corrector.root.querySelector("[data-reread]"));
  }

  /** Do what a button or a key of the bar says. */
  async run(name) {
    const leaf = this.corrector.task?.leaf ?? this.corrector.leaves.at(this.corrector.current());
    if (this.frame.isOpen) return this.frame.finish(name === "take-box");
    if (name === "take-over") return this.takeOver();
    if (name === "done") return this.corrector.end();
    if (!leaf?.words) return null;
    if (this.corrector.task) return this.runInField(this.corrector.task, name);
    const place = leaf.chosen ? nearest(leaf.words, leaf.chosen) : undefined;
    if (place || !isOfPlace(name)) return this.runAt(leaf, place, name);
    return this.corrector.bar.say(leaf.words.all.length ? "unchosen" : "cannot");
  }

  /* What is typed is saved first: the command is for the word in which the caret stands. Of an empty field there is nothing but
     to take it away. */
  async runInField(task, name) {
    const { corrector } = this;
    const { leaf } = task;
    const { value: text, caret, isEmpty } = corrector.field;
    const isThere = task.again();
    const isOfEmpty = isThere && isEmpty && (OF_WORD.includes(name) || (OF_LINE.includes(name) && !task.hasLine));
    if (isOfEmpty && !DELETES.includes(name)) return corrector.bar.say("cannot");
    if (!(await corrector.keep())) return corrector.fail();
    if (!isThere) return this.failAt(leaf, task.word); // what was meant is no more
    if (isOfEmpty) return corrector.open(leaf, task.address);
    const near = nearest(leaf.words, task.address);
    const meant = isEmpty ? { place: near } : task.meant({ text, caret });
    if (meant || !isOfPlace(name)) return this.runAt(leaf, meant?.place ?? near, name, meant?.caret);
    corrector.bar.say("cannot");
    return corrector.open(leaf, near);
  }

  runAt(leaf, place, name, caret) {
    if (Object.hasOwn(CHANGES, name)) return this.change(leaf, (words, at) => CHANGES[name](words, at, caret), place, name);
    return this[METHODS[name]](leaf, place, name);
  }

  /* `make` gives the changes to some words for the place that one is at. `name` is that of the command. */
  async change(leaf, make, place, name) {
    let made = make(leaf.words, place);
    if (!made.changes) {
      this.corrector.bar.say(made.why ?? "cannot");
      return this.corrector.open(leaf, place);
    }
    const { beside, another } = made;
    const changesIn = (words) => {
      const there = sameWord(words, place);
      made = there ? make(words, there) : {};
      const isAnother = there && beside && sameWord(words, beside) !== made.beside;
      if (isAnother) throw new Refusal("page-changed", { message: this.corrector.words[another] });
      return made.changes;
    };
    const command = `${name} ${place.text} ${place.box}`;
    this.corrector.field.expect();
    const isDone = await this.corrector.ask(leaf, changesIn, { command });
    return isDone ? this.corrector.open(leaf, made.then) : this.failAt(leaf, place);
  }

  /* It was not done, and so is nothing that was done ahead of it. */
  failAt(leaf, place) {
    this.corrector.fail();
    return this.corrector.open(leaf, place);
  }

  /* The line goes where the person says, however far, in one step. */
  async move(leaf, place) {
    this.corrector.field.close();
    const { lines } = leaf.words;
    const target = await this.lines.ask(leaf.words, place.line);
    if (target === null) return this.corrector.open(leaf, place);
    const next = lines[target]?.words[0];
    const make = (words, at) => {
      const before = next ? sameWord(words, next)?.line : words.lines.length;
      return before === undefined ? {} : moveBefore(words, at, before);
    };
    return this.change(leaf, make, place, `move ${target}`);
  }

  /* To the line that stands elsewhere now, or the first word that is another one, on whatever page. Where nothing can be taken
     back on the page of the last step any more, the one before is. */
  async back(leaf, place, name) {
    const { corrector } = this;
    const { steps } = corrector;
    const work = (await corrector.send()) ?? steps.next(name) ?? corrector.workOn(leaf);
    if (work instanceof HTMLFormElement) return this.backTogether(leaf, place, work);
    const { words: before } = work.leaf;
    corrector.field.expect();
    const isDone = await work.back(name);
    if (work.hindrance === "nothing") {
      steps.forget(name, work);
      if (steps.next(name) || work.leaf !== leaf) return this.back(leaf, place, name);
      corrector.bar.say(NOTHING[name]);
    }
    if (!isDone) return work.hindrance === "nothing" ? corrector.open(leaf, place) : this.failAt(leaf, place);
    const isHere = work.leaf === leaf;
    if (!isHere) await corrector.go(work.leaf.number, { isShown: true });
    const changed = movedLine(before, work.leaf.words, isHere ? place : null) ?? firstChanged(before, work.leaf.words);
    return corrector.open(work.leaf, changed ?? (isHere ? place : null));
  }

  /* What was corrected on many pages is taken back as one; the site leads back to the word that one is at. */
  backTogether(leaf, place, form) {
    if (place) form.elements.back.value = addressAt(leaf, place).searchParams;
    setTimeout(() => form.requestSubmit()); // once this is done: while something is, the browser warns who leaves
    return this.corrector.open(leaf, place);
  }

  before(leaf, place) {
    return this.corrector.openNew(leaf, place);
  }

  after(leaf, place) {
    return this.corrector.openNew(leaf, { line: place.line, word: place.word + 1 }, { isAfter: true });
  }

  line(leaf, place) {
    return this.corrector.openLine(leaf, place);
  }

  /* The box of the word, which is moved or resized. */
  box(leaf, place) {
    const done = (box) => {
      const make = (_words, { line, word }) => ({ changes: [{ do: "place", line, word, box }], then: { line, word } });
      return box ? this.change(leaf, make, place, `box ${box}`) : this.corrector.open(leaf, place);
    };
    this.drawn(leaf, place.box, { label: this.corrector.words.boxLabel, done });
  }

  newLine(leaf, place) {
    const done = (box) => {
      const above = place && nearest(leaf.words, place);
      return box ? this.corrector.openNewLine(leaf, above ? above.line + 1 : 0, box) : this.corrector.open(leaf, place);
    };
    const box = place ? below(leaf.words.lines[place.line].box) : middle(leaf.words);
    this.drawn(leaf, box, { label: this.corrector.words.newBoxLabel, isProposal: true, done });
  }

  region(leaf, place) {
    const work = this.corrector.workOn(leaf);
    const done = async (box) => {
      const address = `${this.corrector.reader.dataset.base}pages/${leaf.number}/region/`;
      const kept = this.corrector.bar.parts.filter((part) => part.work === work).map(({ id }) => id);
      const read = box && (await this.reread.ask(address, box, { languages: languagesOf(leaf), kept }));
      if (read) await this.putIn({ work, id: read.id, text: read.text, ask: (base) => this.reread.putIn(read, base) });
      this.corrector.open(leaf, place);
    };
    const box = place ? boxToRead(leaf.words, place.line) : middle(leaf.words);
    this.drawn(leaf, box, { label: this.corrector.words.newBoxLabel, isProposal: true, done });
  }

  putIn(part) {
    return part.work.alone(part.ask, { part });
  }

  /* The part that is kept in the notice: it came too late, or the site could not be reached. */
  async putAgain(leaf, place) {
    const part = this.corrector.bar.parts.shift();
    if (part) await this.putIn(part);
    this.corrector.open(leaf, place);
  }

  drawn(leaf, box, options) {
    if (!leaf.overlay) return this.corrector.bar.say("noImage");
    this.corrector.field.close();
    if (this.corrector.settings.view === "text") this.corrector.settings.setView("both");
    const done = (drawn) => {
      this.corrector.bar.ask(null);
      this.corrector.field.expect();
      this.corrector.next(() => options.done(drawn));
    };
    this.corrector.bar.ask(options.isProposal ? "drawing" : "placing");
    return this.frame.open(leaf, box, { ...options, done });
  }

  /* Where else in the document the word was misread so. */
  async elsewhere(leaf, place) {
    const work = this.corrector.workOn(leaf);
    const read = work.before(place);
    if (!(await work.send())) return this.corrector.open(leaf, place);
    const there = sameWord(leaf.words, place);
    if (!there) return this.corrector.open(leaf, place);
    this.corrector.field.close();
    const query = new URLSearchParams({ from: read, to: place.text === read ? "" : place.text });
    // Once this is done: while something is, the browser warns who leaves.
    setTimeout(() => {
      this.corrector.tell(addressAt(leaf, there)); // to which the page there leads back, and the browser, too
      location.assign(`${this.corrector.reader.dataset.base}misreadings/?${query}`);
    });
    return null;
  }

  async know(leaf, place) {
    try {
      await post(this.corrector.words.known, { body: new URLSearchParams({ word: place.text }) });
      await this.corrector.workOn(leaf).refresh();
      this.corrector.bar.say("known");
    } catch (refusal) {
      this.corrector.hear(this.corrector.workOn(leaf), refusal.kind, { refusal });
    }
    this.corrector.open(leaf, place);
  }

  async proofread(leaf, place) {
    const work = this.corrector.workOn(leaf);
    const isRight = !work.state.is_proofread;
    const seen = leaf.words.data;
    const ask = (base) => {
      if (!saysTheSame(leaf.words.data, seen)) throw new Refusal("page-changed");
      return work.texts.proofread(base, isRight);
    };
    if (await work.alone(ask)) this.corrector.bar.say(isRight ? "right" : "open");
    this.corrector.open(leaf, place);
  }

  /* What somebody else made of pages is shown, and what was typed here goes into it where it fits. */
  async takeOver() {
    const { corrector } = this;
    const { task } = corrector;
    const work = task && corrector.workOn(task.leaf);
    const isAgain = Boolean(task && !task.isSavedLater && work.conflict);
    const { value, isChanged } = corrector.field;
    if (isAgain && isChanged) corrector.bar.kept.add(work, [value], task);
    if (isAgain) corrector.drop();
    else await corrector.keep();
    let place = null;
    for (const one of corrector.conflicts) place = (await this.takeOverOn(one)) ?? place;
    if (isAgain && work.conflict && !corrector.task) corrector.takeUp(task, value);
    else if (!corrector.task && (place ?? task)) corrector.open((place ?? task).leaf, place?.address ?? task.word ?? task.address);
    corrector.refocus();
  }

  /* Lines that were typed anew, and what is not there yet, go to their place in the new text; where that is another one by
     now, it is told, to be copied. Gives the last place that was found. */
  async takeOverOn(work) {
    const { conflict: refusal } = work;
    await work.takeOver();
    let place = null;
    for (const { task, text } of work.conflict ? [] : this.corrector.bar.kept.tasksOf(work)) {
      this.corrector.bar.kept.settle(task);
      if (this.corrector.again(task)) place = await this.saveAgain(text);
      else this.corrector.hear(work, "lineChanged", { refusal, typed: [text] });
      if (this.corrector.task) break; // it could not be saved
    }
    return place;
  }

  async saveAgain(value) {
    const { corrector } = this;
    const { leaf, address } = corrector.task;
    corrector.field.type(value);
    await corrector.keep();
    return { leaf, address };
  }
}

/** The address of this document where a word is corrected: `word` is its line and its place in there. */
export function addressAt({ number }, { line, word }) {
  const address = new URL(location);
  address.searchParams.set("page", number);
  address.searchParams.set("word", `${line}-${word}`);
  address.searchParams.set("correct", "1");
  return address;
}

function isOfPlace(name) {
  return OF_WORD.includes(name) || OF_LINE.includes(name);
}

function languagesOf(leaf) {
  return leaf.row.dataset.readIn.split(" ");
}

function firstChanged({ all: before }, { all }) {
  return all.find(({ text, box }, at) => text !== before[at]?.text || String(box) !== String(before[at].box));
}

function below([x0, y0, x1, y1]) {
  return [x0, y1, x1, 2 * y1 - y0];
}

function middle({ width, height }) {
  return [width / 4, height * 0.4, width * 0.75, height * 0.6].map(Math.round);
}
