/* Proofreading: the doubtful words of a page, one after the other. Without this script they are sent one by one. */

import { Answers, saveLeftovers } from "./correcting/answers.js";
import { post } from "./correcting/save.js";
import { number as inWords } from "./numbers.js";

const AHEAD = 2; // strips that are fetched before they are looked at
const GLANCE = 300; // milliseconds; nobody has seen a word that came so short before a press
const UNTOLD = "ocrsite-untold"; // answers that could not be saved, while the page is loaded anew
const NOT_SAVED = document.getElementById("not-saved");
const EVERYWHERE = { "Ctrl+Enter": press("[data-then=proofread] button"), Escape: press("[data-leave=home]") };

class Review {
  constructor(root, words) {
    this.root = root;
    this.form = root.querySelector("#word");
    this.input = this.form.elements.text;
    this.words = words.map((word) => ({ ...word, count: 1, was: word.text }));
    this.queue = [...this.words];
    this.at = 0;
    this.done = Number(root.dataset.done);
    this.lost = [];
    const { person, texts, words: wordsUrl, base } = root.dataset;
    const told = (refusal, lost) => this.tell(refusal, lost);
    this.answers = new Answers({ person, texts, wordsUrl, base: Number(base), words: this.words, told });
    this.watch();
    this.show();
  }

  get word() {
    return this.queue[this.at];
  }

  watch() {
    this.form.addEventListener("submit", (event) => this.submit(event));
    this.input.addEventListener("input", () => this.type());
    this.form.addEventListener("click", (event) => this.press(event));
    // Who holds the key down means one word.
    this.form.addEventListener("keydown", (event) => event.repeat && event.key === "Enter" && event.preventDefault());
    watchKeys(this.input, {
      "Shift+Enter": () => this.go(-1),
      ArrowUp: () => this.go(-1),
      ArrowDown: () => this.go(1),
      PageDown: press("[data-then=skip] button"),
      ...EVERYWHERE,
    });
    document.addEventListener("click", (event) => this.click(event));
    for (const form of document.querySelectorAll("form[data-then]")) form.addEventListener("submit", (event) => this.leaveBy(event));
    addEventListener("pagehide", () => this.answers.save({ keepalive: true }));
    document.addEventListener("visibilitychange", () => document.hidden && this.answers.save({ keepalive: true }));
    for (const part of document.querySelectorAll("[data-needs-script]")) part.hidden = false;
  }

  /* Who clicks or taps twice means one word, not the one that came with the first press. How many clicks the browser counts
     does not tell: its double clicks last half a second, in which a word can be read. Where a key submits, `detail` is 0. */
  press(event) {
    const isSeen = event.timeStamp - this.shownAt >= GLANCE;
    if (isSeen || !event.detail || !event.target.closest("[type=submit]")) return;
    event.preventDefault();
    this.focus(); // which the press took
  }

  submit(event) {
    event.preventDefault();
    if (event.submitter?.name === "know") this.know();
    else this.accept();
  }

  accept() {
    if (!this.word) return; // behind the last one, while all is saved
    this.answers.take(this.word, this.input.value);
    this.word.isAnswered = true;
    this.go(1);
  }

  /* A word that is known is no doubt any more, wherever it stands. */
  async know() {
    const { word } = this;
    if (!word) return;
    const body = new URLSearchParams({ word: this.input.value });
    try {
      const known = await post(this.root.dataset.known, { body });
      const shown = this.word; // perhaps another one by now
      this.queue = this.queue.filter((one) => [word, shown].includes(one) || one.isAnswered || one.core !== known.word);
      this.at = shown ? this.queue.indexOf(shown) : this.queue.length;
      if (shown === word) this.accept();
      else if (shown) this.count();
    } catch (refusal) {
      this.tell(refusal, []);
    }
  }

  type() {
    if (!this.word) return;
    this.answers.type(this.word, this.input.value);
    this.label();
  }

  click(event) {
    const by = event.target.closest("[data-go]")?.dataset.go;
    const link = event.target.closest("[data-leave]");
    if (!by && (!link || event.ctrlKey || event.metaKey || event.shiftKey)) return;
    event.preventDefault();
    if (by) this.go(Number(by));
    else this.leave(() => location.assign(link.href));
  }

  /* Words that are gone, as somebody took them away, cannot be gone back to. */
  go(by) {
    let at = this.at + by;
    while (this.queue[at] && !this.queue[at].count) at += by;
    if (at < 0) return;
    this.at = at;
    if (this.word) this.show();
    else this.leave(() => location.replace(this.root.dataset.over));
  }

  /* What waits is saved first; where it cannot be, or something is lost, the person stays once and is told why. */
  async leave(then) {
    const isSaved = await this.answers.save();
    if (isSaved && !this.hasLost) return then();
    this.hasLost = false;
    if (!this.word) this.go(-1);
    return null;
  }

  leaveBy(event) {
    event.preventDefault();
    const form = event.target;
    this.leave(() => {
      if (form.elements.base) form.elements.base.value = this.answers.base;
      form.submit();
    });
  }

  show() {
    const { word } = this;
    this.shownAt = performance.now();
    const strip = this.form.querySelector("[data-strip]");
    strip.src = word.strip;
    for (const part of ["before", "after"]) this.form.querySelector(`[data-${part}]`).textContent = word[part];
    this.form.querySelector("[data-read]").textContent = word.was;
    this.input.value = this.answers.typed(word) ?? word.answer ?? word.was;
    this.form.querySelector("[data-go='-1']").disabled = !this.queue.slice(0, this.at).some(({ count }) => count);
    this.count();
    this.label();
    this.focus();
    for (const next of this.queue.slice(this.at + 1, this.at + 1 + AHEAD)) new Image().src = next.strip;
  }

  focus() {
    this.input.focus();
    this.input.select();
  }

  count() {
    const total = this.done + this.queue.length;
    const progress = this.root.querySelector("progress");
    progress.max = total;
    progress.value = this.done + this.at;
    const place = this.root.querySelector("[data-count]");
    const words = { number: inWords(this.done + this.at + 1), total: inWords(total) };
    place.textContent = place.dataset.count.replace(/\{(\w+)\}/g, (_all, name) => words[name]);
    this.root.querySelector("[data-said]").textContent = this.word.was;
  }

  label() {
    const button = this.form.querySelector("[data-accept]");
    const { value } = this.input;
    const name = !value.trim() ? "delete" : value === this.word.was ? "accept" : "correct";
    button.querySelector("span").textContent = button.dataset[name];
  }

  /** Say why something is not saved, or which words never can be; null takes back the former. What is lost is told
      until the page is left. */
  tell(refusal, lost) {
    const { connection, refused } = NOT_SAVED.dataset;
    this.lost.push(...lost);
    this.hasLost ||= lost.length > 0;
    const why = refusal && !lost.length && (refusal.isOutage ? connection : refusal.message || refused);
    say([sentenceOf(this.lost), why].filter(Boolean).join(" "));
  }
}

function say(sentence) {
  if (sentence !== NOT_SAVED.textContent) NOT_SAVED.textContent = sentence; // else it would be read out again
  NOT_SAVED.hidden = !sentence;
}

/* Of what is lost; nothing where nothing is. */
function sentenceOf(lost) {
  return lost.length ? NOT_SAVED.dataset.lost.replace("{words}", () => lost.join(", ")) : "";
}

function press(selector) {
  return () => document.querySelector(selector)?.click();
}

/* Keys for who types into `input`, or has nothing in hand. */
function watchKeys(input, actions) {
  document.addEventListener("keydown", (event) => {
    const { defaultPrevented, isComposing, target } = event;
    if (defaultPrevented || isComposing || document.querySelector("dialog[open]")) return;
    const name = `${event.ctrlKey || event.metaKey ? "Ctrl+" : ""}${event.shiftKey ? "Shift+" : ""}${event.key}`;
    if (![input, document.body].includes(target) || !Object.hasOwn(actions, name)) return;
    event.preventDefault();
    actions[name]();
  });
}

async function begin() {
  const root = document.querySelector("[data-person]");
  const { person, texts } = root.dataset;
  const { isHere, lost } = await saveLeftovers(person, texts);
  const untold = [...JSON.parse(sessionStorage.getItem(UNTOLD) ?? "[]"), ...lost];
  sessionStorage.setItem(UNTOLD, JSON.stringify(isHere ? untold : []));
  if (isHere) return location.reload(); // what was left over changes what there is to look at
  const data = document.getElementById("doubtful-words");
  if (data) new Review(root, JSON.parse(data.textContent)).tell(null, untold);
  else {
    watchKeys(document.querySelector("[data-then=proofread] button"), EVERYWHERE);
    say(sentenceOf(untold));
  }
  return null;
}

begin();
