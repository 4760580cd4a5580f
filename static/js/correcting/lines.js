/* The dialog in which a line gets another place: all lines of the page, as they are read. */

import { textOf } from "../reader/words.js";

const MOST = 12; // of them that are seen at once

export class Lines {
  constructor(dialog) {
    this.dialog = dialog;
    this.list = dialog.querySelector("select");
    const form = this.list.form;
    form.addEventListener("submit", (event) => this.submit(event));
    this.list.addEventListener("dblclick", () => form.requestSubmit());
    this.list.addEventListener("keydown", (event) => event.key === "Enter" && this.submit(event));
    dialog.addEventListener("close", () => this.over(null));
  }

  /** Let the person say before which one of the lines of `words` the line `from` goes. Gives its place, the number of lines
      for the end of the page, or null where the line stays where it is. */
  ask({ lines }, from) {
    this.list.replaceChildren(...lines.map(({ words }, at) => option(textOf(words), at)), option(this.list.dataset.end, lines.length));
    this.list.size = Math.min(lines.length + 1, MOST);
    this.list.value = from;
    this.from = from;
    this.dialog.showModal();
    this.list.focus();
    return new Promise((resolve) => (this.over = resolve));
  }

  submit(event) {
    event.preventDefault();
    const target = Number(this.list.value);
    this.over(target === this.from ? null : target);
    this.dialog.close();
  }
}

function option(text, at) {
  const made = new Option(text, at);
  made.dir = "auto";
  return made;
}
