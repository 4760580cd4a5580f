/* Answers to doubtful words, saved many at once, because every save keeps a whole text of the page. Until then the
   browser keeps them, so that nothing is lost with it. */

import { fetchWords, Words } from "../reader/words.js";
import { changesFor, isSaid, locate, pieces } from "./places.js";
import { PageText } from "./save.js";

const MOST = 10; // answers that wait
const LONGEST = 30_000; // milliseconds that one waits
const OLD = 2 * LONGEST; // what another tab did not save by then, it saves no more
const FORGOTTEN = 30 * 86_400_000;
const KEPT = "ocrsite-answers";
const LATER = { isSaved: false, lost: [] };

export class Answers {
  /** `words` are those of the page, `base` is the text that they are of; `person` and the addresses tell apart what the
      browser keeps. `told` hears why something is not saved, and of the answers that cannot be saved any more. */
  constructor({ person, texts, wordsUrl, base, words, told }) {
    Object.assign(this, { address: texts, texts: new PageText(texts), wordsUrl, base, words, told });
    this.name = `${KEPT} ${person} ${texts}`;
    const kept = read(this.name);
    this.draft = kept?.draft ?? null;
    this.restore(kept?.answers ?? []);
    this.saving = Promise.resolve(true);
  }

  get waiting() {
    return this.words.filter(({ isWaiting }) => isWaiting);
  }

  /* What could not be saved yet waits again; or it is kept for the next time, where its word is not among those of the page. */
  restore(answers) {
    this.others = [];
    for (const kept of answers) {
      const word = this.words.find(({ text, box }) => text === kept.text && String(box) === String(kept.box));
      if (word) Object.assign(word, { answer: kept.answer, isWaiting: true });
      else this.others.push(kept);
    }
    if (answers.length) this.later();
  }

  /** Take what somebody says of a word; it is saved with others. */
  take(word, answer) {
    Object.assign(word, { answer, isWaiting: true });
    this.draft = null;
    this.keep();
    this.later();
    if (this.waiting.length >= MOST && !this.isSaving) this.save();
  }

  /** Keep what is typed and no answer yet. */
  type(word, text) {
    this.draft = { box: word.box, was: word.was, text };
    this.keep();
  }

  /** What was typed for `word` before the browser closed; undefined where nothing was. */
  typed(word) {
    const isOfIt = this.draft?.was === word.was && String(this.draft.box) === String(word.box);
    return isOfIt ? this.draft.text : undefined;
  }

  /** Save what waits, one save after the other; gives whether nothing waits any more. */
  save(options) {
    clearTimeout(this.timer);
    this.timer = null;
    this.isSaving = true;
    this.saving = this.saving
      .catch(() => false) // which whoever asked for it has heard
      .then(() => this.send(options))
      .finally(() => (this.isSaving = false));
    return this.saving;
  }

  async send(options) {
    const sent = this.waiting;
    if (!sent.length) return true;
    try {
      await this.post(sent, options);
    } catch (refusal) {
      if (refusal.isConflict && (await this.catchUp(sent))) return this.send(options);
      if (!refusal.isConflict) this.told(refusal, []);
      if (refusal.isOutage || refusal.isSignedOut) this.later();
      return false;
    }
    return !this.waiting.length;
  }

  async post(sent, options) {
    const answers = sent.map(({ answer }) => answer);
    for (const word of sent) word.tried = word.answer;
    this.keep(); // what arrives is not always told
    const { text, words } = await this.texts.save(this.base, changesFor(sent), options);
    this.base = text;
    sent.forEach((word, at) => settle(word, answers[at]));
    locate(this.words, new Words(words));
    this.keep();
    this.told(null, []);
  }

  /* Where somebody else changed the page, answers to words that they left alone are good for the new text, too. */
  async catchUp(sent) {
    const fresh = await fetchWords(this.wordsUrl);
    if (!fresh || fresh.base === this.base) return false;
    this.base = fresh.base;
    for (const word of sent) settleSaid(word, fresh);
    locate(this.words, fresh);
    const lost = sent.filter(({ isWaiting, count }) => isWaiting && !count);
    for (const word of lost) word.isWaiting = false;
    this.told(null, lost.map(({ answer }) => answer));
    this.keep();
    return true;
  }

  later() {
    this.timer ??= setTimeout(() => this.save(), LONGEST);
  }

  keep() {
    const waiting = this.waiting.map(({ line, word, count, text, box, answer, tried }) => ({ line, word, count, text, box, answer, tried }));
    const answers = [...this.others, ...waiting];
    const kept = { at: Date.now(), texts: this.address, wordsUrl: this.wordsUrl, answers, draft: this.draft };
    if (answers.length || this.draft) localStorage.setItem(this.name, JSON.stringify(kept));
    else localStorage.removeItem(this.name);
  }
}

/** Save what this person answered before a browser was closed in a hurry. Gives whether something of the page at `texts` was
    saved, now or just before: `isHere`; and the answers to words that were changed since, on whatever page: they are `lost`. */
export async function saveLeftovers(person, texts = "") {
  const names = Object.keys(localStorage).filter((name) => name.startsWith(`${KEPT} ${person} `));
  let isHere = false;
  const all = [];
  for (const name of names) {
    const kept = read(name);
    const age = Date.now() - (kept?.at ?? 0);
    if (age > FORGOTTEN) localStorage.removeItem(name);
    else if (kept.answers.length && (kept.texts === texts || age > OLD)) {
      const { isSaved, lost } = await saveKept(name, kept);
      isHere ||= isSaved && kept.texts === texts;
      all.push(...lost);
    }
  }
  return { isHere, lost: all };
}

async function saveKept(name, { answers, draft, ...kept }) {
  const fresh = await fetchWords(kept.wordsUrl);
  if (!fresh) return LATER;
  const waiting = answers.map((word) => settleSaid({ ...word, isWaiting: true }, fresh)).filter(({ isWaiting }) => isWaiting);
  locate(waiting, fresh);
  const found = waiting.filter(({ count }) => count);
  try {
    if (found.length) await new PageText(kept.texts).save(fresh.base, changesFor(found));
  } catch (refusal) {
    // The page that was just left may have saved them meanwhile.
    return refusal.isConflict ? saveKept(name, { answers, draft, ...kept }) : LATER;
  }
  if (draft) localStorage.setItem(name, JSON.stringify({ ...kept, answers: [], draft }));
  else localStorage.removeItem(name);
  const lost = waiting.filter(({ count }) => !count).map(({ answer }) => answer);
  return { isSaved: found.length > 0 || waiting.length < answers.length, lost };
}

/* The word says now what was answered; perhaps something else was answered to it meanwhile. */
function settle(word, answer) {
  const said = pieces(answer);
  Object.assign(word, { text: said[0] ?? "", count: said.length, isWaiting: word.answer !== answer && said.length > 0 });
}

/* What was sent may have arrived although nobody heard so, and another window may have sent what is to be sent. Gives
   the word. */
function settleSaid(word, fresh) {
  const said = [word.tried, word.answer].find((answer) => answer !== undefined && isSaid(fresh, word, answer));
  if (said !== undefined) settle(word, said);
  return word;
}

function read(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}
