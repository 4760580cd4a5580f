/* Correcting where one reads: a word becomes a field in its place, and one goes from word to word. */

import { pageLabel } from "../numbers.js";
import { fill } from "../sentences.js";
import { Way, editOfKey, isStep, jotted } from "./ahead.js";
import { Bar } from "./bar.js";
import { addressOf, offerCells } from "./cells.js";
import { commandOf, letterOf } from "./changes.js";
import { Commands, addressAt } from "./commands.js";
import { Field } from "./field.js";
import { nearest, pieces, sameWord } from "./places.js";
import { Refusal } from "./save.js";
import { Steps } from "./steps.js";
import { NewLine, NewWord, RetypedLine, TypedWord } from "./tasks.js";
import { Work } from "./work.js";

const REST = 400; // milliseconds without a change, until the page is shown as the site has it

export class Corrector {
  /** `rows` are those of the reader, `current` gives the number of the page that is read, `go` shows another one, `tell` puts
      an address in the place of the one that the browser shows. */
  constructor(reader, { rows, leaves, settings, doubtful, current, go, tell }) {
    Object.assign(this, { reader, rows, leaves, settings, doubtful, current, go, tell });
    this.root = reader.querySelector("[data-correcting]");
    this.words = this.root.dataset;
    const run = (name) => this.next(() => this.commands.run(name));
    const pageName = (number) => (Number(reader.dataset.total) > 1 ? pageLabel(reader, number) : "");
    const show = (number) => this.queue(() => this.go(number, { isShown: true }));
    this.bar = new Bar(this.root.querySelector("[data-bar]"), { run, close: () => this.close(), pageName, go: show });
    this.field = new Field(this.root.querySelector("[data-field]"), this.bar.root, () => this.ahead());
    this.commands = new Commands(this);
    this.works = new Map();
    this.steps = new Steps(document.querySelector("[data-together]"));
    this.held = new Set(); // rows that are not as the site has them now
    this.task = null;
    this.way = this.going = new Way(); // that of what is pressed and typed, and of what is being done
    this.gap = ""; // what comes before what is typed ahead
    this.doing = Promise.resolve();
    this.count = 0;
    this.watch();
  }

  /** Do one thing after the other, however fast somebody is. */
  queue(action) {
    this.count += 1;
    const done = this.doing.then(() => this.field.composed).then(action).finally(() => (this.count -= 1));
    this.doing = done.catch(reportError); // as of what nobody waits for
    return done;
  }

  /** Do what means the place that one is at by then, as all on the same `way`. Where that was not reached, it is not done, and the
      text of `one`, where it is an edit (ahead.js), is told. */
  next(action, one = null, way = this.way) {
    return this.queue(() => {
      if (!this.isOn) return null;
      if (!one) way.told = null; // what follows is another word
      if (way.isBroken) return one && this.leaveOut(one, way);
      this.going = way;
      return action();
    });
  }

  /** What is being done does not lead to its place, nor does what was done ahead of that. */
  fail() {
    this.going.isBroken = true;
    if (this.way === this.going) this.way = new Way();
  }

  watch() {
    const { reader, field } = this;
    for (const button of reader.querySelectorAll("[data-correct]")) button.addEventListener("click", () => this.queue(() => this.toggle()));
    reader.addEventListener("ocrsite:pick", ({ detail }) => this.isOn && this.choose(detail));
    reader.addEventListener("ocrsite:words", ({ detail }) => this.follow(detail.leaf));
    reader.addEventListener("ocrsite:fresh", (event) => this.hold(event));
    reader.addEventListener("pointerdown", ({ target }) => this.press(target), { capture: true });
    field.input.addEventListener("blur", (event) => this.blur(event));
    document.addEventListener("keydown", (event) => this.key(event), { capture: true });
    document.addEventListener("click", ({ target }) => target.closest("[data-everywhere]") && this.keepPlace());
    document.addEventListener("visibilitychange", () => document.hidden && this.queue(() => this.stay()));
    for (const kind of ["online", "focus"]) addEventListener(kind, () => this.works.forEach((work) => work.retry()));
    document.addEventListener("ocrsite:signed-out", (event) => this.isOn && this.isUnsaved() && event.preventDefault());
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

  /* One thing at a time: a box that is drawn, the mode. */
  toggle() {
    if (this.commands.frame.isOpen) return this.commands.frame.finish(false);
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
    await this.send();
    if (this.isPending) {
      this.bar.insist();
      return;
    }
    this.mark(false);
    this.shown?.withdraw();
    if (this.shown?.chosen) this.shown.reveal(this.shown.chosen);
    if (!document.activeElement?.matches(".word")) this.focusButton();
  }

  /** Save what waits, on all pages. Gives the work of one on which something waits still. */
  async send() {
    const works = [...this.works.values()];
    await Promise.all(works.map((work) => work.waiting.length && work.send()));
    return works.find(({ waiting }) => waiting.length);
  }

  focusButton() {
    this.reader.querySelector("[data-correct]").focus({ preventScroll: true });
  }

  mark(isOn) {
    this.reader.classList.toggle("is-correcting", isOn);
    for (const button of this.reader.querySelectorAll("[data-correct]")) button.ariaPressed = String(isOn);
    this.bar.show(isOn);
    this.offerCells(this.reader);
    if (isOn) return;
    this.field.close();
    for (const row of this.held) this.rows.load(row).then(() => this.refocus());
    this.held.clear();
  }

  /* A page that one works on keeps its row, with the field in it, though the site has another one by now. Where the page was
     read again, its text comes into that row as that of somebody else does. */
  hold(event) {
    const { target: row, detail: fresh } = event;
    const work = this.works.get(Number(row.dataset.row));
    if (!this.isOn || work?.leaf.row !== row) return;
    event.preventDefault();
    this.held.add(row);
    row.toggleAttribute("data-open", "open" in fresh.dataset);
    this.takeIn(work);
  }

  async takeIn(work) {
    await work.sending;
    const isTyping = () => this.task?.leaf === work.leaf && this.field.isChanged;
    const readAgain = new Refusal("page-changed", { message: this.words.readAgain });
    this.queue(() => work.catchUp(readAgain, isTyping()));
  }

  /* What is open stays at the same word or line, which may have another place in the words of now. */
  follow(leaf) {
    const { task, field } = this;
    this.offerCells(leaf.row);
    if (task?.leaf !== leaf) return;
    if (task.again()) field.follow(task.options);
    else if (field.leaf === leaf && !field.isChanged) this.startNear(task);
  }

  /* Its place is gone, and nothing is typed for it. */
  startNear(task) {
    task.stay();
    this.start(task);
  }

  /* While one corrects, words can be typed into empty cells. */
  offerCells(root) {
    offerCells(root, this.isOn && ((row, column) => fill(this.words.cellLabel, row, column)));
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

  /* Where one presses says where the next field opens; and that a word is about to be picked. What is composed ahead is over. */
  press(target) {
    if (this.field.isBetween && this.field.isComposing) this.field.breakOff();
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

  /* What one types from now on is for that word or cell, also while something is under way. */
  choose(picked) {
    if (this.commands.frame.isOpen) return;
    this.way = new Way();
    if (picked.word || picked.cell) this.field.expect();
    this.next(() => this.pick(picked));
  }

  async pick({ leaf, word, cell }) {
    if (this.commands.frame.isOpen) return;
    if (!word && !cell) return this.rest({ isFocused: false });
    const address = cell && addressOf(leaf.row, cell);
    if (!(await this.keep())) return this.fail();
    if (cell) return this.openCell(leaf, address);
    if (!sameWord(leaf.words, word)) this.fail();
    this.open(leaf, word);
  }

  /** Let a word be typed: one of another text perhaps, or one at an address, as in docs/correcting.md. Where it is no more,
      the nearest one. */
  open(leaf, place) {
    const word = place && nearest(leaf.words, place);
    if (!word) return this.land(leaf, null);
    return this.start(new TypedWord(leaf, this.words, word));
  }

  openLine(leaf, address) {
    this.start(new RetypedLine(leaf, this.words, address));
  }

  /* A word that is not there yet: see `NewWord.at`. */
  openNew(leaf, address, { isAfter = false } = {}) {
    this.start(NewWord.at(leaf, this.words, address, isAfter));
  }

  /* A word in an empty cell of a table. */
  openCell(leaf, cell) {
    const task = NewWord.inCell(leaf, this.words, cell);
    if (task) return this.start(task);
    this.bar.say("cannot");
    return this.land(leaf, leaf.chosen);
  }

  openNewLine(leaf, line, box) {
    this.start(new NewLine(leaf, this.words, line, box));
  }

  start(task) {
    this.task = task;
    if (task.word) this.show(task.word, task.options);
    else this.place(task.options);
  }

  /** Open a task once more where it belongs in the text of now. Gives whether it has a place there. */
  again(task) {
    if (!task.again()) return false;
    this.start(task);
    return true;
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
    this.gap = typed === null ? "" : " ";
    this.isPlacing = true; // the field may lose the focus on its way
    this.field.open(leaf, options, typed);
    this.isPlacing = false;
    this.allow(this.workOn(leaf));
  }

  /* Steps are gone back over the pages; before them, on the page that one is at. */
  allow({ state }) {
    const { steps } = this;
    this.bar.allow({ ...state, can_undo: steps.next("undo") || state.can_undo, can_redo: steps.next("redo") || state.can_redo });
  }

  /* Where the word is no more, what was typed for it is told. */
  type(task, text, isSure) {
    const { leaf } = task;
    const isTyped = text !== task.word.text;
    const work = this.workOn(leaf);
    const place = task.find(leaf.words);
    if (!place && isTyped) this.hear(work, "unfit", { typed: [text] });
    if (!place) return true;
    const isDoubtful = place.confidence < this.settings.below && !place.isKnown;
    if (isTyped || (isSure && isDoubtful)) work.replace(place, text);
    return true;
  }

  /** Make the changes that `changesIn` gives for the words of the page, whatever text it has by then; it gives none where
      they have no place there. Gives whether that was done; `hand` as in `Work.alone`. */
  ask(leaf, changesIn, hand) {
    const work = this.workOn(leaf);
    const ask = (base) => {
      const changes = changesIn(leaf.words);
      if (!changes) throw new Refusal("page-changed");
      return work.texts.save(base, changes);
    };
    return work.alone(ask, hand);
  }

  /* Save what was typed for a `task`. Gives whether that was done. */
  async put(task, text) {
    if (task.isIdle(text)) return true;
    const isDone = await this.ask(task.leaf, (words) => task.changes(words, text), { typed: [text], task });
    if (isDone) this.settle(task, text);
    return isDone;
  }

  /* The `text` that was typed for a `task` is saved. */
  settle(task, text) {
    task.arrive(text);
    this.bar.kept.settle(task);
    if (this.bar.saying === "unsaved") this.bar.state(this.standing);
    this.list();
    this.bar.calmDown(this.left);
  }

  /** Keep what is typed. `isSure`: even a doubtful word that stays as it is was looked at. Gives false where it cannot be
      kept now; then it stays in the field. */
  async keep({ isSure = false } = {}) {
    const { task, field } = this;
    if (!task) return true;
    const { value } = field;
    field.leave();
    if (await (task.isSavedLater ? this.type(task, value, isSure) : this.put(task, value))) this.task = null;
    else this.place(task.options, value);
    return !this.task;
  }

  /** The page may be gone before one comes back to it: save what is typed so far, and let it be typed on. Of a word that is
      about to become several, or none, nothing is saved yet. */
  async stay() {
    const { task, field } = this;
    const { value } = field;
    const count = field.isChanged ? pieces(value).length : 0;
    if (!task || !count || (task.isSavedLater && count > 1) || !task.again()) return;
    if (!task.isSavedLater) await this.put(task, value);
    else if (this.type(task, value)) task.arrive(value);
    field.follow(task.options);
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
    const { task } = this;
    if (!task) return;
    const { leaf } = task;
    const next = task.again() ? leaf.words.all[by > 0 ? task.last + 1 : task.previous] : task.word;
    if (!(await this.keep({ isSure }))) return;
    const order = next ? nearest(leaf.words, next)?.order : by > 0 ? leaf.words.all.length : -1;
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
    const one = isTyping && this.field.isBetween ? editOfKey(event) : null;
    const action = one ? () => this.typeOn(one) : this.actionOf(event, isTyping);
    if (!action) return this.cross(event);
    event.preventDefault();
    event.stopPropagation();
    this.next(action, one);
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
    const name = commandOf(event, isTyping);
    if (name) return () => this.commands.run(name);
    const letter = (ctrlKey || metaKey) && !this.field.isChanged && letterOf(event);
    if (letter === "z") return () => this.commands.run(shiftKey ? "redo" : "undo");
    if (letter === "y") return () => this.commands.run("redo");
    if (!isTyping || ctrlKey || metaKey) return undefined;
    if (key === "Tab") return () => this.step(shiftKey ? -1 : 1);
    if (key === "Enter") return () => this.step(shiftKey ? -1 : 1, { isSure: true, isEach: true });
    if (key === "Escape") return () => this.escape();
    return undefined;
  }

  /* Between two words: gives what takes an edit for the next one. */
  ahead() {
    const { way } = this;
    return (one) => this.next(() => this.typeOn(one), one, way);
  }

  /* An edit for the word behind the one that was left. Where that could not be left, what is typed stands apart in its field,
     and nothing else is done there. */
  typeOn(one) {
    const { field } = this;
    if (isStep(one) && !field.isChanged) return this.commands.run(one.key);
    if (!field.leaf) return this.leaveOut(one, this.going);
    if (this.gap && one.key) return null;
    if (this.gap) field.edit({ text: this.gap });
    this.gap = "";
    return field.edit(one);
  }

  /* An edit that has no place: what was typed is told. */
  leaveOut(one, way) {
    const { bar } = this;
    const leaf = this.task?.leaf ?? this.shown ?? this.leaves.at(this.current());
    if (way.told) way.told.text = jotted(way.told.text, one);
    else if (one.text) way.told = bar.kept.addAhead(this.workOn(leaf), one.text);
    else return;
    bar.add("unput", this.words.unput, leaf.number);
    bar.state(this.standing);
    this.list();
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

  /* The page that one goes to leads back to the word at which one was, which may be far from its link. */
  keepPlace() {
    if (this.isOn && this.shown?.chosen) this.tell(addressAt(this.shown, this.shown.chosen));
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

  /** How saving stands where nothing is on its way. */
  get standing() {
    const works = [...this.works.values()];
    if (works.some(({ isHindered }) => isHindered)) return "unsaved";
    if (works.some(({ doubt }) => doubt)) return "uncertain";
    return this.bar.kept.all.length ? "unsaved" : "saved";
  }

  hear(work, what, detail = {}) {
    if (what === "made") this.steps.take(work, detail.step);
    else if (what === "answered") this.queue(() => work.learn(detail));
    else this.heed(work, what, detail);
  }

  heed(work, what, { refusal, typed = [], task, part, done }) {
    this.bar.kept.add(work, typed, task);
    if (what === "refused") this.stayOn(work);
    if (done?.task) this.bar.kept.settle(done.task, done.typed);
    this.bar.parts = this.bar.parts.filter((one) => one !== done?.part);
    if (part) this.bar.parts.push(part);
    const isProblem = !["saving", "saved", "lost"].includes(what);
    if (isProblem) this.mark(true); // nobody would hear of it behind a hidden bar
    const isUncertain = what === "unreached" && this.standing !== "unsaved"; // be it typed or not
    if (isProblem || what === "saved") this.bar.state(isUncertain ? "uncertain" : typed.length ? "unsaved" : this.standing);
    else this.bar.state(what);
    if (isProblem || what === "saved") this.list();
    if (isProblem) this.bar.warn(work.conflict ? "conflict" : what, this.sentence(what, { refusal, part }), work.leaf.number);
    if (what === "saved") this.calmDown();
    const here = this.works.get(this.current());
    if (here) this.allow(here);
    clearTimeout(work.resting);
    if (["saved", "refused"].includes(what)) work.resting = setTimeout(() => this.freshen(work), REST);
  }

  /* The notice lists what was typed on whatever page. What only waits for the connection needs nobody. */
  list() {
    const waiting = [...this.works.values()].filter(({ isHindered, isLost, conflict }) => isHindered && (conflict || !isLost));
    const typed = [...waiting.flatMap(({ said }) => said), ...this.bar.kept.all];
    this.bar.list(typed, { isConflict: this.conflicts.length > 0, isTyping: this.field.isChanged });
  }

  /* The notice is closed, and what the site will not take is let go of; not so what waits for the connection or a sign-in,
     nor anything where the notice has something new to tell by then. */
  close() {
    this.bar.letGo();
    this.queue(() => this.bar.notice.hidden && this.letGo());
  }

  letGo() {
    for (const work of this.works.values()) if (work.isRefused) this.letGoOf(work);
    this.bar.state((this.isPending && this.bar.saying) || this.standing);
    for (const work of this.works.values()) work.ask();
    this.refocus();
  }

  letGoOf(work) {
    work.letGo();
    this.stayOn(work);
  }

  /* What is typed now stays in its field, though its word or line was made of what went back. */
  stayOn(work) {
    const { task } = this;
    if (task?.leaf !== work.leaf || task.again()) return;
    task.stay();
    this.field.follow(task.options);
  }

  /** Where what had the focus is hidden by now, the field gets it, or the word that one was at, or the bar. */
  refocus() {
    if (document.activeElement?.checkVisibility() && document.activeElement !== document.body) return;
    if (!this.isOn) this.focusButton();
    else if (this.task) this.field.focus();
    else if (this.shown) this.land(this.shown, this.shown.chosen);
    else this.bar.focus();
  }

  calmDown() {
    const [next] = this.conflicts;
    if (next) this.bar.warn("conflict", this.sentence("conflict", { refusal: next.conflict }), next.leaf.number);
    else this.bar.calmDown(this.left);
  }

  /* What is said of what is listed still. */
  get left() {
    const { kept, typed } = this.bar;
    const isAhead = kept.all.filter((one) => one.isAhead).length === typed.length;
    return isAhead ? this.words.unput : this.words.unsavedYet;
  }

  /* What happened, and what follows from it here. */
  sentence(what, { refusal, part }) {
    const { words } = this;
    const happened = refusal?.message || (words[what] ?? words.conflict);
    if (what === "lineChanged") return refusal.by ? `${words[what]} ${fill(words.changedLast, refusal.by)}` : words[what];
    if (!refusal?.isConflict) return happened;
    if (part) return `${happened} ${words.partUnput}`;
    if (what === "changed") return `${happened} ${words.newText}`;
    return this.bar.typed.length ? `${happened} ${words.unsavedYet}` : happened;
  }

  /* The head of the page, and the hits of a search, as they are now. */
  async freshen(work) {
    const row = await this.rows.fresh(work.leaf.number);
    if (!row || work.waiting.length || Number(row.dataset.text) !== work.base) return;
    work.leaf.adopt(row);
    this.offerCells(work.leaf.row);
  }
}
