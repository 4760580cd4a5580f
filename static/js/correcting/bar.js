/* The bar under the pages while somebody corrects: what can be done, how saving goes, and what went wrong. */

import { write } from "../copy.js";
import { Kept } from "./kept.js";

const SAID = 4000; // milliseconds
// What is over once something could be saved.
const PASSING = ["unreached", "notDone", "signedOut", "conflict", "changed", "unput", "left"];

export class Bar {
  /** `run` is given the name of what was asked for; `close` is for who closes the notice. `pageName` names a page, and gives
      nothing where there is only one; `go` shows it. */
  constructor(root, { run, close, pageName, go }) {
    this.root = root;
    this.pageName = pageName;
    this.status = root.querySelector("[data-status]");
    this.notice = root.querySelector("[data-notice]");
    this.kept = new Kept();
    this.typed = []; // what the notice lists
    this.parts = []; // the first can be put in
    this.onlyDoubtful = root.querySelector("[name=only-doubtful]");
    // The field keeps the focus, and a keyboard on the glass stays.
    root.addEventListener("mousedown", (event) => event.target.closest("button, .correct-row") && event.preventDefault());
    this.notice.addEventListener("click", (event) => {
      const link = event.target.closest("[data-page]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      go(Number(link.dataset.page));
    });
    root.addEventListener("click", ({ target }) => {
      const name = target.closest("[data-do]")?.dataset.do;
      if (!name) return;
      this.closeMenus();
      run(name);
    });
    root.querySelector("[data-copy-typed]").addEventListener("click", () => write(this.typed.join("\n"), this.notice));
    root.querySelector("[data-close]").addEventListener("click", close);
    visualViewport?.addEventListener("resize", () => this.rise());
    visualViewport?.addEventListener("scroll", () => this.rise());
  }

  /** Gives whether one was open. */
  closeMenus() {
    const open = this.root.querySelectorAll("details[open]");
    for (const menu of open) menu.open = false;
    return open.length > 0;
  }

  show(isShown) {
    this.root.hidden = !isShown;
    if (isShown) this.rise();
  }

  /* Over a keyboard on the glass. */
  rise() {
    const { height, offsetTop } = visualViewport ?? { height: innerHeight, offsetTop: 0 };
    const hidden = innerHeight - height - offsetTop;
    this.root.style.setProperty("--keyboard", `${Math.max(0, Math.round(hidden))}px`);
  }

  /** What the page can do, by its state as far as it is known. Keys ask the site where it is not. */
  allow({ can_undo: canUndo, can_redo: canRedo, is_proofread: isProofread }) {
    this.button("undo").disabled = !canUndo;
    this.button("redo").disabled = !canRedo;
    this.button("proofread").ariaPressed = String(Boolean(isProofread));
  }

  focus() {
    this.root.focus({ preventScroll: true });
  }

  /** The first that the Tab key leads to. */
  get first() {
    return [...this.root.querySelectorAll("a, button:enabled, summary")].find((one) => one.checkVisibility());
  }

  button(name) {
    return this.root.querySelector(`[data-do="${name}"]`);
  }

  /** Ask for a box, and for nothing else meanwhile; `what` is to be done is told for as long. Null: no more. */
  ask(what) {
    this.root.classList.toggle("is-asking", Boolean(what));
    if (!what) return this.state(this.saying ?? "saved");
    clearTimeout(this.timer);
    this.status.textContent = this.status.dataset[what];
    return null;
  }

  /** How saving goes; where a box is asked for, that stays to be read. */
  state(what) {
    this.saying = what;
    if (this.root.classList.contains("is-asking")) return;
    clearTimeout(this.timer);
    this.status.dataset.state = what;
    this.status.textContent = this.status.dataset[what];
  }

  /** Tell something for a moment. */
  say(what) {
    clearTimeout(this.timer);
    this.status.textContent = this.status.dataset[what];
    this.timer = setTimeout(() => this.state(this.saying ?? "saved"), SAID);
  }

  /** Tell `what` hinders saving in a `sentence`, as long as something is listed, or until the person closes the notice. Where it
      is of the page `number`, that is named: another one may be in sight. */
  warn(what, sentence, number = null) {
    Object.assign(this, { warned: what, sentence, number });
    const page = number === null ? [] : this.linkTo(number);
    tell(this.notice.querySelector("[data-why]"), [...page, page.length ? ` · ${sentence}` : sentence]);
    this.notice.querySelector("[data-sign-in]").hidden = what !== "signedOut";
    this.notice.hidden = false;
  }

  /** Tell this, too, beside what is told already. */
  add(what, sentence, number) {
    if (this.notice.hidden) this.warn(what, sentence, number);
    else if (!this.sentence.includes(sentence)) this.warn(what, `${this.sentence} ${sentence}`, this.number);
  }

  /** Keep what was `typed`, each `text` with the `work` on its page, for the person to copy, and a part that was read again to
      be put in; with `isConflict` they are asked what is to become of it, and of what is in the field: `isTyping`. */
  list(typed, { isConflict, isTyping }) {
    this.typed = typed.map(({ text }) => text);
    const kept = this.notice.querySelector("[data-typed]");
    kept.hidden = !typed.length;
    this.notice.querySelector("[data-copy-typed]").hidden = !typed.length;
    tell(kept.querySelector("[data-words]"), this.byPage(typed));
    const [part] = this.parts;
    const read = this.notice.querySelector("[data-part]");
    read.hidden = this.button("put-again").hidden = !part;
    tell(read.querySelector("[data-words]"), part ? [...this.linkTo(part.work.leaf.number), part.text] : []);
    const over = this.button("take-over");
    over.hidden = !isConflict;
    tell(over, [over.dataset[typed.length || isTyping ? "keep" : "show"]]);
    this.notice.querySelector("[data-close]").hidden = isConflict;
  }

  byPage(typed) {
    const numbers = new Set(typed.map(({ work }) => work.leaf.number));
    return [...numbers].flatMap((number) => {
      const list = document.createElement("ul");
      list.append(...typed.filter(({ work }) => work.leaf.number === number).map(item));
      return [...this.linkTo(number), list];
    });
  }

  /* Nothing where there is only one page. */
  linkTo(number) {
    const name = this.pageName(number);
    if (!name) return [];
    const link = Object.assign(document.createElement("a"), { href: `?page=${number}`, textContent: name });
    link.dataset.page = number;
    return [link];
  }

  /** Show what is not saved to who wants to be done: in the notice, or in the status where only the connection is gone. */
  insist() {
    if (!this.notice.hidden) this.say("unanswered");
    (this.notice.hidden ? this.root : this.notice).focus({ preventScroll: true });
  }

  /** Something could be saved: what was told of an outage or a conflict is over, and all of it where nothing is listed. What
      still is gets a `sentence` of its own. */
  calmDown(sentence) {
    if (!this.typed.length && !this.parts.length) this.notice.hidden = true;
    else if (PASSING.includes(this.warned)) this.warn("left", this.typed.length ? sentence : this.notice.dataset.partWaits);
  }

  /** Close the notice, for good what it lists. */
  letGo() {
    this.kept.clear();
    this.parts = [];
    this.notice.hidden = true;
  }
}

/* What stands there already is not told anew: it would be read out again, and a link in it would lose the focus. */
function tell(place, parts) {
  const told = place.cloneNode(false);
  told.append(...parts);
  told.normalize();
  if (!told.isEqualNode(place)) place.replaceChildren(...told.childNodes);
}

function item({ text }) {
  const made = document.createElement("li");
  made.textContent = text || "—";
  made.dir = "auto";
  return made;
}
