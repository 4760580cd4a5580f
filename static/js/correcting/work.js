/* The text of one page, as somebody works on it. A word that is typed anew is shown at once and saved soon; one request
   is on its way at a time, and what is made meanwhile waits in its order. */

import { fetchWords, Words } from "../reader/words.js";
import { refit, replaced, saysTheSame } from "./applied.js";
import { nearest } from "./places.js";
import { PageText, Refusal } from "./save.js";

const PASSING = ["unreached", "signedOut"]; // hindrances that end by themselves
const PAUSES = [2, 4, 8, 15, 30]; // seconds until one tries again where the site cannot be reached

export class Work {
  /** `tell(what, detail)` hears how it goes: `saving`, `saved`; `lost`, the connection; `unreached`, `signedOut`, `conflict`,
      `refused`, with the `refusal`; `changed`, where the text of somebody else is shown by now; `unfit`. With what was
      `typed` and does not wait here: it cannot be saved any more, or is of the `task` that was asked for. With a `part` that
      was read again and could not be put in. With what is `done`, though its answer was lost: see `alone`. `answered`, with a
      `fresh` text and the `doubt` that this ends: see `learn`; `notDone`, that it was not. `made`, with each change that makes
      another text, or with a `step`. */
  constructor(leaf, address, tell) {
    this.leaf = leaf;
    this.texts = new PageText(`${address}text/`);
    this.wordsUrl = `${address}words`;
    this.tell = tell;
    this.saved = leaf.words.data;
    this.waiting = []; // what was typed and is not saved yet
    this.read = new Map(); // what words said before, by their boxes
    this.state = stateOf(leaf.row); // as the site tells it; what is not known yet is missing
    this.outages = 0;
    this.hindrance = null; // why the last request was not answered as it should be
    this.unanswered = []; // what was in hand and may have been done: the answer was lost
    this.doubt = null; // the last of it, until it is known what came of it
  }

  get base() {
    return this.saved.base;
  }

  /* What was typed and waits. */
  get said() {
    return this.waiting.map(({ text }) => ({ work: this, text }));
  }

  /** Something waits, and not only for its turn. */
  get isHindered() {
    return Boolean(this.conflict || (this.hindrance && this.waiting.length));
  }

  /** The site will not take what waits, neither later nor after a sign-in or an answer of the person. */
  get isRefused() {
    return this.hindrance === "refused" && this.waiting.length > 0 && !this.conflict && !this.sending;
  }

  get isLost() {
    return this.outages > 0;
  }

  /** Put `text` in the place of a word. */
  replace({ line, word }, text) {
    const { text: was, box, twin, twins } = this.leaf.words.at({ line, word });
    if (!this.read.has(String(box))) this.read.set(String(box), was);
    this.waiting.push({ line, word, text, was, box, twin, twins });
    this.show();
    if (this.conflict) this.stop(this.conflict);
    this.send();
  }

  /** The row of the page came anew. */
  moveTo(leaf) {
    this.leaf = leaf;
    this.state = stateOf(leaf.row);
    if (!this.waiting.length) this.saved = leaf.words.data;
    this.show();
    return this;
  }

  /** What the word said before it was corrected. */
  before(word) {
    return this.read.get(String(word.box)) ?? word.text;
  }

  show() {
    const { chosen } = this.leaf;
    const words = new Words(this.waiting.reduce(replaced, this.saved));
    this.leaf.renew(words, chosen && nearest(words, chosen));
  }

  /** Save what waits; gives whether nothing waits any more. */
  send() {
    clearTimeout(this.timer);
    this.sending ??= this.sendAll().finally(() => (this.sending = null));
    return this.sending;
  }

  /** Try once more what could not be saved: the connection may be back, or the person signed in again. */
  retry() {
    this.ask();
    if (this.waiting.length && PASSING.includes(this.hindrance)) this.send();
  }

  /** Let go of what waits: the page says what is saved. */
  letGo() {
    this.waiting = [];
    this.calm();
    this.show();
  }

  async sendAll() {
    while (this.waiting.length && !this.conflict) {
      this.tell("saving");
      const refusal = await this.attempt(() => this.sendFirst());
      if (refusal && !(await this.settle(refusal))) return false;
    }
    if (!this.conflict && this.hindrance !== "refused") this.tell("saved");
    return !this.waiting.length && !this.conflict;
  }

  async sendFirst() {
    const [{ line, word, text }] = this.waiting;
    const expected = replaced(this.saved, this.waiting[0]);
    const state = await this.texts.save(this.base, [{ do: "replace", line, word, text }]);
    this.waiting.shift();
    this.count(() => this.accept(state, expected));
  }

  /* A change makes another text, but for one that is there already; so does a `step`. */
  count(change, step) {
    const before = this.base;
    change();
    if (this.base !== before) this.tell("made", { step });
  }

  /** Do what only the site knows the outcome of, once all else is saved: `ask` is given the base and gives the state of
      the page; by then that may have another text. Gives whether that was done. Where it was not, what is in `hand` is told:
      what was `typed` for a `task`, a `part`; or a `step` back or forth, or a `command` with the place that it is for. All but
      a part are tried again after what arrived, unless it is the same. */
  async alone(ask, hand = {}) {
    if (this.isLost || !(await this.send())) {
      if (this.conflict) return this.stop(this.conflict, hand);
      this.tell(this.hindrance, hand);
      return false;
    }
    this.tell("saving");
    const refusal = await this.attempt(async () => {
      const state = await ask(this.base);
      this.count(() => this.accept(state), hand.step);
    });
    if (refusal?.isOutage) this.expect(hand);
    if (!refusal || refusal.isNothing) this.tell("saved");
    else if (refusal.isConflict) return this.goOn(ask, hand, refusal);
    else this.tell(refusal.kind, { refusal, ...hand });
    return !refusal;
  }

  /* It may have been done. */
  expect(hand) {
    this.unanswered.push(hand);
    this.doubt = hand;
    this.state = { ...this.state, can_undo: true, can_redo: undefined };
    this.askLater(1); // by then the person may have tried it again
  }

  askLater(times) {
    clearTimeout(this.asking);
    this.asking = setTimeout(() => this.ask(times), 1000 * pause(times));
  }

  /** Ask the site what came of what is in doubt, until it answers. */
  async ask(times = 0) {
    const { doubt } = this;
    if (!doubt) return;
    clearTimeout(this.asking);
    const fresh = await fetchWords(`${this.wordsUrl}?since=${this.base}`);
    if (fresh) this.tell("answered", { fresh, doubt });
    else this.askLater(times + 1);
  }

  /** A `fresh` text says what came of what is in `doubt`, unless that is known by now. */
  async learn({ fresh, doubt }) {
    await this.sending;
    if (this.doubt !== doubt || this.conflict) return;
    const { typed, task } = doubt;
    const refusal = new Refusal("page-changed");
    this.doubt = null;
    if (fresh.base === this.base) this.tell("notDone", { typed, task });
    else if (!this.arrive(fresh, fresh.data.is_own)) await this.giveWay(refusal, { typed });
  }

  /* The page was changed: perhaps by what had arrived without an answer. */
  async goOn(ask, hand, refusal) {
    const done = await this.arrival(refusal);
    if (done && isSame(done, hand)) return true;
    if (done && !hand.part) return this.alone(ask, hand);
    return this.giveWay(refusal, hand);
  }

  /* Where nothing was typed, the text of now can be shown at once. */
  async giveWay(refusal, hand) {
    if (hand.typed?.length || !(await this.takeOver())) this.stop(refusal, hand);
    else this.tell("changed", { refusal, ...hand });
    return false;
  }

  /** Go a `step`, `undo` or `redo`. Gives whether that was done; where there is nothing to, `hindrance` is `nothing`. */
  back(step) {
    const ask = (base) => {
      if (this.state[`can_${step}`] === false) throw new Refusal("not-undoable");
      return this.texts[step](base);
    };
    return this.alone(ask, { step });
  }

  /* The Refusal that something ends with; null where it is done. */
  async attempt(something) {
    try {
      await something();
      this.calm();
      return null;
    } catch (refusal) {
      if (!refusal.code) throw refusal;
      this.hindrance = refusal.kind;
      return refusal;
    }
  }

  /* The site can be reached, and nothing hinders. */
  calm() {
    this.outages = 0;
    this.hindrance = null;
  }

  /* What waits has the places that it has in the answer, which may not be what was `expected`. */
  accept(state, expected = null) {
    this.state = state;
    tellConfidence(state);
    this.unanswered = []; // or this would have met a conflict
    this.doubt = null;
    const untaken = this.refit(state.words ?? this.saved, expected);
    if (untaken.length) this.tell("unfit", { typed: untaken });
  }

  /* Gives whether to go on. */
  async settle(refusal) {
    if (refusal.isOutage) return this.waitFor();
    if (refusal.isConflict) return (this.isLost && (await this.wasSaved())) || Boolean(await this.arrival(refusal)) || this.stop(refusal);
    this.outages = 0;
    if (refusal.isSignedOut || refusal.code === "refused") {
      this.tell(refusal.kind, { refusal });
      return false;
    }
    const [wrong] = this.waiting.splice(0, 1);
    const lost = this.refit(this.saved);
    this.tell("refused", { refusal, typed: [wrong.text, ...lost] });
    return true;
  }

  waitFor() {
    this.timer = setTimeout(() => this.send(), 1000 * pause(this.outages));
    this.outages += 1;
    this.tell("lost");
    return false;
  }

  /* The change had arrived, and its answer was lost with the connection. */
  async wasSaved() {
    const fresh = await fetchWords(this.wordsUrl);
    if (!fresh || !saysTheSame(fresh.data, replaced(this.saved, this.waiting[0]))) return false;
    this.calm();
    this.waiting.shift();
    this.saved = fresh.data;
    this.state = { can_undo: true };
    this.tell("made", {});
    this.show();
    return true;
  }

  /* Where the page changed because something had arrived whose answer was lost: go on from there. Gives what it is, else null. */
  async arrival({ isOwn }) {
    const fresh = this.unanswered.length ? await fetchWords(this.wordsUrl) : null;
    return fresh && this.arrive(fresh, isOwn);
  }

  arrive(fresh, isOwn) {
    const done = this.arrivedIn(fresh) ?? (isOwn ? this.unanswered.findLast(({ task }) => !task) : null);
    if (!done) return null;
    this.state = { can_undo: true };
    this.goOnFrom(fresh, done);
    return done;
  }

  /* Of what was typed for a task one thing can be there; a shorter one may be a part of it. */
  arrivedIn(fresh) {
    const there = this.unanswered.filter(({ task, typed }) => task?.isThere(fresh, typed[0]));
    return there.sort((one, other) => other.typed[0].length - one.typed[0].length)[0] ?? null;
  }

  /* What is `done` in the `fresh` text is told; so is what waited and does not fit there. */
  goOnFrom(fresh, done = this.arrivedIn(fresh)) {
    this.unanswered = [];
    this.doubt = null;
    this.calm();
    const untaken = this.refit(fresh.data);
    done?.task?.arrive(done.typed[0]);
    if (done) this.tell("made", { step: done.step });
    if (done) this.tell("saved", { done });
    if (untaken.length) this.tell("unfit", { typed: untaken });
  }

  stop(refusal, hand = {}) {
    this.conflict = refusal;
    this.tell("conflict", { refusal, ...hand });
    return false;
  }

  /** Show the text of now, which somebody else made, and save what was typed here where it still fits; the rest is told.
      Gives whether that was done. */
  async takeOver() {
    const fresh = await fetchWords(this.wordsUrl);
    if (!fresh) {
      this.tell("unreached", {});
      return false;
    }
    this.conflict = null;
    this.state = {}; // not known: it may be this person's own, from another window
    this.goOnFrom(fresh);
    return this.send();
  }

  /* Gives what was typed and does not fit. */
  refit(data, expected = null) {
    const { kept, lost } = refit(this.waiting, data, expected);
    this.saved = data;
    this.waiting = kept;
    this.show();
    return lost.map(({ text }) => text);
  }

  /** The page was read again, as a `refusal` says. Its new text is shown at once where nothing is typed, also not in a field:
      `isTyping`; else the person says when. */
  async catchUp(refusal, isTyping) {
    const fresh = !this.conflict && (await fetchWords(this.wordsUrl));
    if (!fresh || fresh.base === this.base) return;
    if (isTyping || this.waiting.length) this.stop(refusal);
    else await this.giveWay(refusal, {});
  }

  /** Ask for the words again, as the reader's own list of words has changed. */
  async refresh() {
    const fresh = await fetchWords(this.wordsUrl);
    if (fresh?.base !== this.base) return;
    this.saved = fresh.data;
    this.show();
  }
}

/* Seconds until one tries again, after some `times`. */
function pause(times) {
  return PAUSES[Math.min(times, PAUSES.length - 1)];
}

/* Is what is `done` what is in `hand`? */
function isSame(done, { task, typed, part, step, command }) {
  if (task) return done.task === task && done.typed[0] === typed[0];
  if (step || command) return done.step === step && done.command === command;
  return Boolean(part) && done.part === part;
}

/* The head of the document says how sure all of it is; not where that is not known. */
function tellConfidence({ confidence }) {
  const shown = document.querySelector("[data-confidence]");
  if (shown && confidence) shown.textContent = confidence;
}

/* What the row of a page says of its state. */
function stateOf({ dataset }) {
  return { can_undo: "mayUndo" in dataset, is_proofread: "proofread" in dataset };
}
