/* The text of one page, as somebody works on it. A word that is typed anew is shown at once and saved soon; one request
   is on its way at a time, and what is made meanwhile waits in its order. */

import { fetchWords, Words } from "../reader/words.js";
import { refit, replaced, saysTheSame } from "./applied.js";
import { PageText, Refusal } from "./save.js";

const PASSING = ["unreached", "signedOut"]; // hindrances that end by themselves
const PAUSES = [2, 4, 8, 15, 30]; // seconds until one tries again where the site cannot be reached

export class Work {
  /** `tell(what, detail)` hears how it goes: `saving`, `saved`; `lost`, the connection; `unreached`, `signedOut`, `conflict`,
      `refused`, with the `refusal`; `changed`, where the text of somebody else is shown by now; `unfit`. With what was
      `typed` and does not wait here: it cannot be saved any more, or is of the `task` that was asked for. With a `part` that
      was read again and could not be put in. With what is `done`, `typed` for a `task`, though its answer was lost. */
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
    this.unanswered = []; // what was `typed` for a `task` and may have been saved: the answer was lost
    this.exchanges = 0; // how often another text took the place of the one that was worked on
  }

  get base() {
    return this.saved.base;
  }

  /* What was typed and waits. */
  get said() {
    return this.waiting.map(({ text }) => text);
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
    const { text: was, box } = this.leaf.words.at({ line, word });
    if (!this.read.has(String(box))) this.read.set(String(box), was);
    this.waiting.push({ line, word, text, was, box });
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
    this.leaf.renew(new Words(this.waiting.reduce(replaced, this.saved)));
  }

  /** Save what waits; gives whether nothing waits any more. */
  send() {
    clearTimeout(this.timer);
    this.sending ??= this.sendAll().finally(() => (this.sending = null));
    return this.sending;
  }

  /** Try once more what could not be saved: the connection may be back, or the person signed in again. */
  retry() {
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
    const state = await this.texts.save(this.base, [{ do: "replace", line, word, text }]);
    this.waiting.shift();
    this.accept(state);
  }

  /** Do what only the site knows the outcome of, once all else is saved: `ask` is given the base and gives the state of
      the page. Gives whether that was done. Where it was not, what is in `hand` is told: `typed`, `task`, `part`. */
  async alone(ask, hand = {}) {
    const { exchanges } = this;
    if (this.isLost || !(await this.send())) {
      if (this.conflict) return this.stop(this.conflict, hand);
      this.tell(this.hindrance, hand);
      return false;
    }
    // What is asked for counts the lines and words of a text that is no more.
    if (exchanges !== this.exchanges) return this.giveWay(new Refusal("page-changed"), hand);
    this.tell("saving");
    const refusal = await this.attempt(async () => this.accept(await ask(this.base)));
    if (!refusal || refusal.isNothing) this.tell("saved");
    else if (refusal.isConflict) return isSame(await this.arrival(), hand) || this.giveWay(refusal, hand);
    else this.tell(nameOf(refusal), { refusal, ...hand });
    if (refusal?.isOutage && hand.task) this.unanswered.push(hand);
    return !refusal;
  }

  /* Where nothing was typed, the text of now can be shown at once. */
  async giveWay(refusal, hand) {
    if (hand.typed?.length || !(await this.takeOver())) this.stop(refusal, hand);
    else this.tell("changed", { refusal, ...hand });
    return false;
  }

  /** Undo or redo, as `name` says. Gives whether that was done; where there is nothing to, `hindrance` is `nothing`. */
  back(name) {
    return this.alone((base) => {
      if (this.state[`can_${name}`] === false) throw new Refusal("not-undoable");
      return this.texts[name](base);
    });
  }

  /* The Refusal that something ends with; null where it is done. */
  async attempt(something) {
    try {
      await something();
      this.calm();
      return null;
    } catch (refusal) {
      if (!refusal.code) throw refusal;
      this.hindrance = nameOf(refusal);
      return refusal;
    }
  }

  /* The site can be reached, and nothing hinders. */
  calm() {
    this.outages = 0;
    this.hindrance = null;
  }

  accept(state) {
    if (state.words) this.saved = state.words;
    this.state = state;
    this.unanswered = []; // or this would have met a conflict
    this.show();
  }

  /* Gives whether to go on. */
  async settle(refusal) {
    if (refusal.isOutage) return this.waitFor();
    if (refusal.isConflict) return (this.isLost && (await this.wasSaved())) || Boolean(await this.arrival()) || this.stop(refusal);
    this.outages = 0;
    if (refusal.isSignedOut || refusal.code === "refused") {
      this.tell(nameOf(refusal), { refusal });
      return false;
    }
    const [wrong] = this.waiting.splice(0, 1);
    const lost = this.refit(this.saved);
    this.tell("refused", { refusal, typed: [wrong.text, ...lost] });
    return true;
  }

  waitFor() {
    const seconds = PAUSES[Math.min(this.outages, PAUSES.length - 1)];
    this.outages += 1;
    this.tell("lost");
    this.timer = setTimeout(() => this.send(), 1000 * seconds);
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
    this.show();
    return true;
  }

  /* Where the page changed because something had arrived whose answer was lost: go on from there. Gives what it is, else null. */
  async arrival() {
    const fresh = this.unanswered.length ? await fetchWords(this.wordsUrl) : null;
    if (!fresh || !this.arrivedIn(fresh)) return null;
    this.state = { can_undo: true };
    return this.goOnFrom(fresh);
  }

  arrivedIn(fresh) {
    return this.unanswered.find(({ task, typed }) => task.isThere(fresh, typed[0])) ?? null;
  }

  /* What is done in the `fresh` text is told; so is what waited and does not fit there. */
  goOnFrom(fresh) {
    const done = this.arrivedIn(fresh);
    this.unanswered = [];
    this.calm();
    const untaken = this.refit(fresh.data);
    if (done) this.tell("saved", { done });
    if (untaken.length) this.tell("unfit", { typed: untaken });
    return done;
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
  refit(data) {
    const { kept, lost } = refit(this.waiting, data);
    this.exchanges += 1;
    this.saved = data;
    this.waiting = kept;
    this.show();
    return lost.map(({ text }) => text);
  }

  /** Ask for the words again, as the reader's own list of words has changed. */
  async refresh() {
    const fresh = await fetchWords(this.wordsUrl);
    if (fresh?.base !== this.base) return;
    this.saved = fresh.data;
    this.show();
  }
}

function isSame(done, { task, typed }) {
  return Boolean(done) && done.task === task && done.typed[0] === typed[0];
}

/* What the row of a page says of its state. */
function stateOf({ dataset }) {
  return { can_undo: "mayUndo" in dataset, is_proofread: "proofread" in dataset };
}

/** What is told of a refusal. */
export function nameOf({ isNothing, isOutage, isSignedOut }) {
  if (isNothing) return "nothing";
  if (isOutage) return "unreached";
  return isSignedOut ? "signedOut" : "refused";
}
