/* A part of the page is read again by itself, looked at, and put in. */

import { enhanceLanguages, showLanguages } from "../languages.js";
import { number as inWords } from "../numbers.js";
import { Regions } from "./region.js";

export class Reread {
  constructor(dialog) {
    this.dialog = dialog;
    this.form = dialog.querySelector("form.stack");
    this.put = this.form.querySelector("[data-put]");
    this.said = this.form.querySelector("[data-said]");
    this.result = this.form.querySelector("[data-result]");
    // What is said comes to the top, with the image and the text below it.
    this.result.querySelector("img").addEventListener("load", () => this.said.scrollIntoView());
    this.form.addEventListener("submit", (event) => this.submit(event));
    this.form.addEventListener("change", ({ target }) => target.name && this.forget());
    dialog.addEventListener("close", () => this.over(null));
  }

  /** Let the person have `box` read as they like, by the site at `address`, at first in the `languages` of the page. Parts that
      were read before and are still to be put in are `kept`, by their ids. Gives what is to be put in, or null. */
  ask(address, box, { languages, kept }) {
    this.regions = new Regions(address);
    Object.assign(this, { box, kept });
    this.forget();
    this.dialog.showModal();
    this.form.layout.focus();
    this.offerLanguages(languages);
    return new Promise((resolve) => (this.over = (read) => (this.reading?.abort(), resolve(read))));
  }

  /* What was read otherwise than is asked for now is not put in. */
  forget() {
    this.reading?.abort();
    this.show(null);
    this.said.textContent = "";
  }

  /** Gives the new state of the page, or throws a Refusal. */
  putIn(read, base) {
    return this.regions.put(read, base);
  }

  /* Those of the form by which a document is read again, fetched once; chosen are those of the page. Who reads several parts
     in the same languages chooses once, too. */
  async offerLanguages(languages) {
    const place = this.form.querySelector("[data-languages-here]");
    const isAsBefore = String(languages) === String(this.offered);
    this.offered = languages;
    if (place.childElementCount) {
      if (!isAsBefore) choose(place, languages);
      return;
    }
    const answer = await fetch(place.dataset.url, { headers: { "HX-Request": "true" } }).catch(() => null);
    if (!answer?.ok || answer.redirected || place.childElementCount) return;
    const template = document.createElement("template");
    template.innerHTML = await answer.text();
    place.append(template.content.querySelector("[data-languages]") ?? "");
    for (const { nextSibling } of place.querySelectorAll("[value=detect]")) nextSibling.textContent = place.dataset.detect; // not “page by page”
    enhanceLanguages(place);
    choose(place, this.offered);
  }

  async submit(event) {
    event.preventDefault();
    if (event.submitter === this.put) {
      this.over(this.read);
      this.dialog.close();
      return;
    }
    this.reading?.abort();
    this.reading = new AbortController();
    const { signal } = this.reading;
    this.show(null);
    this.said.textContent = this.said.dataset.reading;
    try {
      this.show(await this.regions.read(this.box, { ...this.chosen(), kept: this.kept, signal }));
    } catch (refusal) {
      if (signal.aborted) return;
      if (!refusal.code) throw refusal;
      this.said.textContent = refusal.message || this.said.dataset[refusal.kind];
    }
  }

  chosen() {
    const data = new FormData(this.form);
    return { layout: data.get("layout"), languages: data.getAll("languages") };
  }

  /* In which languages is news where they were to be found on the part; `replaced` is what is lost where it is put in. */
  told({ confidence, language_names: languages, replaced }) {
    const read = this.said.dataset.read.replace("{0}", () => inWords(Math.round(confidence))).replace("{1}", () => languages);
    return replaced ? `${read} ${replaced}` : read;
  }

  show(read) {
    this.read = read;
    this.result.hidden = !read;
    this.put.hidden = !read?.text;
    if (!read) return;
    this.said.textContent = read.text ? this.told(read) : this.said.dataset.nothing;
    this.result.querySelector("img").src = read.image;
    this.result.querySelector("p").textContent = read.text;
  }
}

/* A part of a page is most likely in a language of the page, and too short to detect another one. */
function choose(place, languages) {
  const boxes = [...place.querySelectorAll("[name=languages]")];
  const known = languages.filter((code) => boxes.some(({ value }) => value === code));
  if (!known.length) return;
  for (const box of boxes) box.checked = known.includes(box.value);
  showLanguages(place);
}
