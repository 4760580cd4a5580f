/* Correcting where one reads: a word becomes a field in its place, and one goes from word to word. */

import { linesOf } from "../reader/tables.js";
import { textOf } from "../reader/words.js";
import { Bar } from "./bar.js";
import { commandOf } from "./changes.js";
import { Commands } from "./commands.js";
import { Field } from "./field.js";
import { boxBefore, linesLike, nearest, pieces, sameLine, sameWord, timesBeside } from "./places.js";
import { Work } from "./work.js";

const REST = 400; // milliseconds without a change, until the page is shown as the site has it

export class Corrector {
  /** `rows` are those of the reader, `current` gives the number of the page that is read, `go` shows another one, `tell` puts
      an address in the place of the one that the browser shows. */
  constructor(reader, { rows, leaves, settings, doubtful, current, go, tell }) {
    Object.assign(this, { reader, rows, leaves, settings, doubtful, current, go, tell });
    this.root = reader.querySelector("[data-correcting]");
    this.words = this.root.dataset;
    const run = (name) => this.queue(() => this.isOn && this.commands.run(name));
    this.bar = new Bar(this.root.querySelector("[data-bar]"), run, () => this.close());
    this.field = new Field(this.root.querySelector("[data-field]"), this.bar.root);
    this.commands = new Commands(this);
    this.works = new Map();
    this.task = null;
    this.doing = Promise.resolve();
    this.count = 0;
    this.watch();
  }

  /** Do one thing after the other, however fast somebody is. */
  queue(action) {
    this.count += 1;
    const done = this.doing.then(action).finally(() => (this.count -= 1));
    this.doing = done.catch(() => null);
    return done;
  }

  watch() {
    const { reader, field } = this;
    for (const button of reader.querySelectorAll("[data-correct]")) button.addEventListener("click", () => this.queue(() => this.toggle()));
    reader.addEventListener("ocrsite:pick", ({ detail }) => this.isOn && this.queue(() => this.isOn && this.pick(detail.leaf, detail.word)));
    reader.addEventListener("pointerdown", ({ target }) => this.press(target), { capture: true });
    field.input.addEventListener("blur", (event) => this.blur(event));
    document.addEventListener("keydown", (event) => this.key(event), { capture: true });
    document.addEventListener("visibilitychange", () => document.hidden && this.queue(() => this.stay()));
    for (const kind of ["online", "focus"]) addEventListener(kind, () => this.works.forEach((work) => work.retry()));
    addEventListener("beforeunload", (event) => this.isUnsaved() && event.preventDefault());
  }

  get isOn() {
    return this.reader.classList.contains("is-correcting");
  }

  isUnsaved() {
    return this.count || this.field.isChanged || this.isPending;
  }

  /** Something waits to be saved, or for an answer of the person. */
  get isPending() {
    const isWaiting = [...this.works.values()].some(({ waiting, isHindered }) => waiting.length || isHindered);
    return isWaiting || this.bar.kept.all.length > 0 || this.bar.parts.length > 0;
  }

  toggle() {
    return this.isOn ? this.end() : this.begin();
  }

  /** Begin at the word of an `address`, else at the one that was chosen, else at the first one. */
  async begin(address = null) {
    this.mark(true);
    const leaf = this.leaves.at(this.current());
    await leaf?.read({ isEmptyToo: true });
    if (leaf?.words) this.open(leaf, address ?? leaf.chosen ?? this.first(leaf));
  }

  /** End once all is saved. Where something is not, correcting goes on: the bar says what, and nothing is lost behind it. */
  async end() {
    if (!this.isOn || !(await this.rest())) return;
    await Promise.all([...this.works.values()].map((work) => work.waiting.length && work.send()));
    if (this.isPending) {
      this.bar.insist();
      return;
    }
    this.mark(false);
    this.shown?.withdraw();
    if (this.shown?.chosen) this.shown.reveal(this.shown.chosen);
    if (!document.activeElement?.matches(".word")) this.reader.querySelector("[data-correct]").focus({ preventScroll: true });
  }

  mark(isOn) {
    this.reader.classList.toggle("is-correcting", isOn);
    for (const button of this.reader.querySelectorAll("[data-correct]")) button.ariaPressed = String(isOn);
    this.bar.show(isOn);
  }

  first(leaf) {
    const words = this.bar.onlyDoubtful.checked ? leaf.doubtful() : leaf.words.all;
    return words[0] ?? leaf.words.all[0];
  }

  /** The work on a page, which goes on where its row came anew. */
  workOn(leaf) {
    const known = this.works.get(leaf.number);
    if (known?.leaf === leaf) return known;
    if (known) return known.moveTo(leaf);
    const address = `${this.reader.dataset.base}pages/${leaf.number}/`;
    const work = new Work(leaf, address, (what, detail) => this.hear(work, what, detail));
    this.works.set(leaf.number, work);
    return work;
  }

  /* Where one presses says where the next field opens; and that a word is about to be picked. */
  press(target) {
    this.isOnImage = Boolean(target.closest(".sheet"));
    this.isPressed = Boolean(target.closest(".sheet, .words"));
    setTimeout(() => (this.isPressed = false));
  }

  blur({ relatedTarget }) {
    if (!document.hasFocus() || this.isPressed || this.isPlacing || this.root.contains(relatedTarget)) return;
    if (relatedTarget === this.commands.frame.root) return;
    // By then another word may be typed: a browser tells late that what was hidden or moved lost the focus.
    this.queue(() => document.activeElement !== this.field.input && this.rest({ isFocused: false }));
  }

  /* Words that are typed before another one move it. */
  async pick(leaf, word) {
    if (this.commands.frame.isOpen) return;
    if (!word) return this.rest({ isFocused: false });
    const { task } = this;
    const before = leaf.words.all.length;
    if (!(await this.keep())) return;
    const isMoved = task?.leaf === leaf && word.order > task.last;
    this.open(leaf, leaf.words.all[word.order + (isMoved ? leaf.words.all.length - before : 0)]);
  }

  /** Let a word be typed; `address` as in docs/correcting.md. Where it is no more, the nearest one. */
  open(leaf, address) {
    const word = address && nearest(leaf.words, address);
    if (!word) return this.land(leaf, null);
    const { line, order } = word;
    const save = (text, isSure) => this.type(leaf, word, text, isSure);
    this.task = { leaf, address: { line, word: word.word }, last: order, previous: order - 1, save, isWord: true };
    this.show(word, {
      value: word.text,
      label: fill(this.words.wordLabel, word.word + 1, line + 1),
      box: word.box,
      of: () => leaf.text.of(leaf.words.at({ line, word: word.word })),
    });
    return null;
  }

  openLine(leaf, { line, word }) {
    const { words, box } = leaf.words.lines[line];
    const was = { line, text: textOf(words), box };
    const save = (text) => text === was.text || this.ask(leaf, [{ do: "retype", line, text }], [text]);
    const again = () => this.again(sameLine(leaf.words, was), (there) => this.openLine(leaf, { line: there.line, word }));
    const isThere = madeLine(leaf.words, box);
    this.task = { leaf, address: { line, word }, last: words.at(-1).order, previous: words[0].order - 1, save, again, isThere };
    const of = () => linesOf(leaf.row)[line] ?? [];
    this.show(words[word], { value: textOf(words), label: fill(this.words.lineLabel, line + 1), box, of, isLine: true });
  }

  /* A word that is not there yet, before the one at `address` or, at the end of the line, after the last one. Where a cell of
     a table ends before it, `isAfter` tells to which one it belongs. */
  openNew(leaf, { line, word }, { isAfter = false } = {}) {
    const { words } = leaf.words.lines[line];
    const [before, next] = [words[word - 1], words[word]];
    const isBetween = Boolean(before && next) && leaf.text.cellOf(before) !== leaf.text.cellOf(next);
    const isBehind = isBetween ? isAfter : !next;
    const beside = isBehind ? before : next;
    const last = words[0].order + word - 1;
    const change = (text) => ({ do: "insert", line, word, text, ...(isBetween && !isBehind && { box: boxBefore(next, before, text, words) }) });
    const save = (text) => !pieces(text).length || this.ask(leaf, [change(text)], [text]);
    const again = () =>
      this.again(sameWord(leaf.words, beside), (there) => this.openNew(leaf, { line: there.line, word: there.word + word - beside.word }, { isAfter }));
    const known = leaf.words;
    const isThere = (now, text) => timesBeside(now, beside, text, isBehind) > timesBeside(known, beside, text, isBehind);
    this.task = { leaf, address: { line, word: beside.word }, last, previous: last, save, again, isThere };
    const of = () => [this.gap(leaf, beside, !isBehind)];
    this.show(beside, { value: "", label: fill(this.words.newLabel, line + 1), box: beside.box, of });
  }

  openNewLine(leaf, line, box) {
    const above = leaf.words.lines[line - 1];
    const last = above?.words.at(-1)?.order ?? -1;
    const was = above && { line: line - 1, text: textOf(above.words), box: above.box };
    const save = (text) => !pieces(text).length || this.ask(leaf, [{ do: "insert-line", line, text, box }], [text]);
    const below = () => ((was && sameLine(leaf.words, was)?.line) ?? Math.min(line, leaf.words.lines.length) - 1) + 1;
    const again = () => this.again(below(), (there) => this.openNewLine(leaf, there, box));
    const isThere = madeLine(leaf.words, box);
    this.task = { leaf, address: { line: Math.max(line - 1, 0), word: 0 }, last, previous: last, save, again, isThere };
    this.place({ value: "", label: fill(this.words.lineLabel, line + 1), box, of: () => [], isOnImage: true, isLine: true });
  }

  /* Open a task once more at the `place` that it has in another text. Gives whether it has one. */
  again(place, open) {
    if (place !== undefined) open(place);
    return place !== undefined;
  }

  show(word, options) {
    const { leaf } = this.task;
    leaf.select(word, { isRevealed: false });
    if (this.shown !== leaf) this.leave(this.shown);
    this.shown = leaf;
    const { view } = this.settings;
    const hasImage = Boolean(leaf.overlay) && view !== "text";
    const isOnImage = hasImage && (view !== "both" || (this.isOnImage && !leaf.isAbove));
    this.place({ ...options, isOnImage });
    leaf.approach().then(() => this.field.show());
  }

  /* One word is chosen at a time, on whatever page. */
  leave(leaf) {
    leaf?.withdraw();
    leaf?.select(null);
  }

  place(options, typed = null) {
    const { leaf } = this.task;
    this.task.options = options;
    this.isPlacing = true; // the field may lose the focus on its way
    this.field.open(leaf, options);
    this.isPlacing = false;
    if (typed !== null) this.field.type(typed);
    this.bar.allow(this.workOn(leaf).state);
  }

  /* The place of a word that is not there yet, in the text. */
  gap(leaf, beside, isBefore) {
    const made = leaf.row.querySelector(".word.is-new") ?? document.createElement("span");
    made.className = "word is-new";
    const neighbour = leaf.text.of(leaf.words.at(beside))[0];
    if (!made.isConnected) neighbour?.[isBefore ? "before" : "after"](made);
    return made;
  }

  /* Another text may have come under the field: the word has the place that it has now, and where it is no more, what was
     typed for it is told. */
  type(leaf, word, text, isSure) {
    const isTyped = text !== word.text;
    const work = this.workOn(leaf);
    const place = sameWord(leaf.words, word);
    if (!place && isTyped) this.hear(work, "unfit", { typed: [text] });
    if (!place) return true;
    const isDoubtful = place.confidence < this.settings.below && !place.isKnown;
    if (isTyped || (isSure && isDoubtful)) work.replace(place, text);
    return true;
  }

  async ask(leaf, changes, typed = []) {
    const { task } = this;
    const work = this.workOn(leaf);
    const isDone = await work.alone((base) => work.texts.save(base, changes), { typed, task });
    if (isDone && task) this.settle(task);
    return isDone;
  }

  /* What was typed for a `task` is saved. */
  settle(task) {
    this.bar.kept.settle(task);
    this.list();
    this.bar.calmDown(this.words.unsavedYet);
  }

  /** Keep what is typed. `isSure`: even a doubtful word that stays as it is was looked at. Gives false where it cannot be
      kept now; then it stays in the field. */
  async keep({ isSure = false } = {}) {
    const { task, field } = this;
    if (!task) return true;
    const { value } = field;
    field.leave();
    if (await task.save(value, isSure)) this.task = null;
    else this.place(task.options, value);
    return !this.task;
  }

  /** Keep what is typed, and go on typing. */
  async stay() {
    if (!this.task) return;
    const { leaf, address } = this.task;
    if (await this.keep()) this.open(leaf, address);
  }

  async rest({ isFocused = true } = {}) {
    const { task } = this;
    if (!(await this.keep())) return false;
    if (task && isFocused) this.land(task.leaf, task.leaf.chosen);
    else this.field.close();
    return true;
  }

  /* Nothing is typed any more. Keys act on the word that one was at; from there, or where it cannot be seen, Tab leads to
     the bar. */
  land(leaf, word) {
    this.field.close();
    leaf.text?.focus(word);
    if (!document.activeElement?.matches(".word")) this.bar.focus();
  }

  /** To the next word (1) or the one before (-1). */
  async step(by, { isSure = false, isEach = false } = {}) {
    if (!this.task) return;
    const { leaf, last, previous } = this.task;
    const before = leaf.words.all.length;
    if (!(await this.keep({ isSure }))) return;
    const order = by > 0 ? last + 1 + leaf.words.all.length - before : previous;
    // What is pressed and typed meanwhile waits for the word that it is meant for.
    if (this.bar.onlyDoubtful.checked && !isEach) await this.toDoubtful(leaf, order, by);
    else if (leaf.words.all[order]) this.open(leaf, leaf.words.all[order]);
    else await this.beyond(leaf, by);
  }

  /* On this page or beyond. The field keeps the focus on the way. */
  async toDoubtful(leaf, order, by) {
    const words = leaf.doubtful();
    const found = by > 0 ? words.find((word) => word.order >= order) : words.findLast((word) => word.order <= order);
    if (found) return this.open(leaf, found);
    const { chosen } = leaf;
    leaf.select(leaf.words.all.at(by > 0 ? -1 : 0), { isRevealed: false });
    const next = await this.doubtful.seek(by);
    return next ? this.open(next.leaf, next.word) : this.land(leaf, chosen);
  }

  /* To the next page that has words, or the one before. The field keeps the focus on the way. */
  async beyond(leaf, by) {
    const total = Number(this.reader.dataset.total);
    for (let number = leaf.number + by; number >= 1 && number <= total; number += by) {
      const next = await this.go(number, { isShown: true });
      const words = next?.row.dataset.text ? await next.read({ isEmptyToo: true }) : undefined;
      if (words?.all.length) return this.open(next, words.all.at(by > 0 ? 0 : -1));
      if (!next || words === null) break; // it cannot be loaded now
    }
    return this.land(leaf, leaf.chosen ?? leaf.words.all.at(-1));
  }

  key(event) {
    const { target, isComposing } = event;
    if (!this.isOn || isComposing || this.commands.frame.isOpen || document.querySelector("dialog[open]")) return;
    const isTyping = target === this.field.input;
    if (!isTyping && target.closest?.("input, textarea, select")) return;
    const action = this.actionOf(event, isTyping);
    if (!action) return this.cross(event);
    event.preventDefault();
    event.stopPropagation();
    this.queue(() => this.isOn && action());
  }

  /* With Tab from the word that one was at into the bar, and back, whatever pages stand between them. */
  cross(event) {
    const { target, key, shiftKey } = event;
    if (key !== "Tab") return;
    if (!shiftKey && target.matches(".word")) this.bar.focus(); // the browser goes on from there
    if (shiftKey && target === this.bar.first && this.shown?.chosen) {
      event.preventDefault();
      this.land(this.shown, this.shown.chosen);
    }
  }

  actionOf(event, isTyping) {
    const { key, shiftKey, ctrlKey, metaKey } = event;
    const name = commandOf(event);
    if (name) return () => this.commands.run(name);
    const letter = (ctrlKey || metaKey) && !this.field.isChanged && key.toLowerCase();
    if (letter === "z") return () => this.commands.run(shiftKey ? "redo" : "undo");
    if (letter === "y") return () => this.commands.run("redo");
    if (!isTyping || ctrlKey || metaKey) return undefined;
    if (this.field.isBetween && [...key].length === 1) return () => this.field.insert(key);
    if (key === "Tab") return () => this.step(shiftKey ? -1 : 1);
    if (key === "Enter") return () => this.step(shiftKey ? -1 : 1, { isSure: true, isEach: true });
    if (key === "Escape") return () => this.escape();
    return undefined;
  }

  /* One thing at a time: a menu that one looked into, what is typed, the word. */
  escape() {
    if (this.bar.closeMenus()) return null;
    return this.field.isChanged ? this.field.reset() : this.rest();
  }

  /** Let go of what is typed. */
  drop() {
    this.field.leave();
    this.task = null;
  }

  /** Go on with a task that was let go of, with what was `typed`. */
  takeUp(task, typed) {
    this.task = task;
    this.place(task.options, typed);
  }

  /** The works whose page somebody else changed meanwhile. */
  get conflicts() {
    return [...this.works.values()].filter(({ conflict }) => conflict);
  }

  hear(work, what, { refusal, typed = [], task, part, done } = {}) {
    this.bar.kept.add(work, typed, task);
    if (done) this.bar.kept.settle(done.task, done.typed);
    if (part) this.bar.parts.push(part);
    const isProblem = !["saving", "saved", "lost"].includes(what);
    if (isProblem) this.mark(true); // nobody would hear of it behind a hidden bar
    const isUnsaved = typed.length || [...this.works.values()].some(({ isHindered }) => isHindered);
    if (isProblem || what === "saved") this.bar.state(isUnsaved ? "unsaved" : "saved");
    else this.bar.state(what);
    if (isProblem || what === "saved") this.list();
    if (isProblem) this.bar.warn(work.conflict ? "conflict" : what, this.sentence(what, { refusal, part }));
    if (what === "saved") this.calmDown();
    if (work.leaf.number === this.current()) this.bar.allow(work.state);
    clearTimeout(work.resting);
    if (["saved", "refused"].includes(what)) work.resting = setTimeout(() => this.freshen(work), REST);
  }

  /* The notice lists what was typed on whatever page. What only waits for the connection needs nobody. */
  list() {
    const waiting = [...this.works.values()].filter(({ isHindered, isLost, conflict }) => isHindered && (conflict || !isLost));
    this.bar.list([...waiting.flatMap(({ said }) => said), ...this.bar.kept.texts], this.conflicts.length > 0);
  }

  /* The notice is closed, and what the site will not take is let go of; not so what waits for the connection or a sign-in,
     nor anything where the notice has something new to tell by then. */
  close() {
    this.bar.letGo();
    this.queue(() => this.bar.notice.hidden && this.letGo());
  }

  letGo() {
    for (const work of this.works.values()) if (work.isRefused) this.letGoOf(work);
    if (this.bar.saying === "unsaved" && !this.isPending) this.bar.state("saved");
  }

  /* What is typed now stays in its field, though its word may have another place without the others. */
  letGoOf(work) {
    const { task } = this;
    if (task?.leaf !== work.leaf) return work.letGo();
    const { value, isChanged } = this.field;
    const word = work.leaf.words.at(task.address);
    this.drop();
    work.letGo();
    if (!task.again) this.open(work.leaf, (word && sameWord(work.leaf.words, word)) ?? task.address);
    else if (!task.again()) return this.takeUp(task, value);
    return isChanged && this.task && this.field.type(value);
  }

  calmDown() {
    const [next] = this.conflicts;
    if (next) this.bar.warn("conflict", this.sentence("conflict", { refusal: next.conflict }));
    else this.bar.calmDown(this.words.unsavedYet);
  }

  /* What happened, and what follows from it here. */
  sentence(what, { refusal, part }) {
    const { words } = this;
    const happened = refusal?.message || words[what];
    if (what === "lineChanged") return refusal.by ? `${words[what]} ${fill(words.changedLast, refusal.by)}` : words[what];
    if (!refusal?.isConflict) return happened;
    if (part) return `${happened} ${words.partUnput}`;
    if (what === "changed") return `${happened} ${words.newText}`;
    return this.bar.typed.length ? `${happened} ${words.unsavedYet}` : happened;
  }

  /* The head of the page, and the hits of a search, as they are now. */
  async freshen(work) {
    const row = await this.rows.fresh(work.leaf.number);
    if (row && !work.waiting.length && Number(row.dataset.text) === work.base) work.leaf.adopt(row);
  }
}

/* Tells of another text whether a line was made of what was typed where `box` is, since the text was that of `words`. */
function madeLine(words, box) {
  return (now, text) => {
    const line = { text: pieces(text).join(" "), box };
    return linesLike(now, line).length > linesLike(words, line).length;
  };
}

function fill(sentence, ...values) {
  return values.reduce((text, value, at) => text.replace(`{${at}}`, value), sentence);
}

