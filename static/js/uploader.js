/* The upload form: a list of files with previews and order, sent one by one with a bar for each. */

import { sentence } from "./copy.js";
import { language, number } from "./numbers.js";

const AT_ONCE = 2;
// Of a larger file there is no preview: a browser takes 4 bytes for each pixel, 1.5 GB for 320 megapixels. Cameras take 50.
const PREVIEW_PIXELS = 60e6;
const PREVIEW_BYTES = 100e6;
const TEXT = /(\.(alto|page|hocr))?\.(xml|hocr|x?html?)$/i; // how files that come along with images end
const ONE = /1[.,]0/;
const oneDigit = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const ROUND = 999.95; // what would be written as 1,000.0 is one of the next unit
const uploaders = new WeakMap();

export function enhanceUploads(root) {
  for (const form of root.querySelectorAll("form[data-uploader]:not(.is-enhanced)")) {
    uploaders.set(form, new Uploader(form));
  }
}

/** The uploader of the form under `root`, if there is one. */
export function uploaderIn(root) {
  return uploaders.get(root?.querySelector("form[data-uploader]"));
}

class Uploader {
  constructor(form) {
    form.classList.add("is-enhanced");
    this.form = form;
    this.list = form.querySelector(".files");
    this.entries = [];
    this.isSending = false;
    for (const element of form.querySelectorAll(".with-script")) element.hidden = false;
    for (const input of form.querySelectorAll("input[type=file]")) {
      input.addEventListener("change", () => {
        this.add([...input.files]);
        input.value = "";
      });
    }
    form.combine.addEventListener("change", () => this.show());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    this.list.addEventListener("dragover", (event) => this.drag(event));
    window.addEventListener("beforeunload", (event) => this.isSending && event.preventDefault());
    this.show();
  }

  add(files) {
    for (const file of files) {
      const entry = new Entry(file, this);
      if (file.size > Number(this.form.dataset.maxBytes)) entry.refuse(this.form.dataset.tooLarge);
      this.entries.push(entry);
    }
    this.complain();
    this.show();
  }

  remove(entry) {
    this.entries = this.entries.filter((other) => other !== entry);
    this.show();
    this.form.querySelector("input[type=file]").focus();
  }

  /** Put `entry` in the place of its neighbour `step` further on. */
  move(entry, step) {
    const at = this.entries.indexOf(entry);
    const other = this.entries[at + step];
    if (!other) return;
    [this.entries[at], this.entries[at + step]] = [other, entry];
    const button = document.activeElement;
    this.show();
    button.focus(); // a row that is moved loses it
    entry.tellPlace(at + step + 1, this.entries.length);
  }

  drag(event) {
    const over = this.entries.find((entry) => entry.element === event.target.closest(".file"));
    if (!this.dragged || !over || over === this.dragged) return;
    event.preventDefault();
    const others = this.entries.filter((entry) => entry !== this.dragged);
    const { top, height } = over.element.getBoundingClientRect();
    others.splice(others.indexOf(over) + (event.clientY > top + height / 2), 0, this.dragged);
    this.entries = others;
    this.show();
  }

  get isCombined() {
    return this.form.combine.checked && this.entries.length > 1;
  }

  get isOfSeveral() {
    return !this.form.combine.checked && this.entries.length > 1;
  }

  show() {
    this.list.hidden = !this.entries.length;
    this.entries.forEach((entry, at) => {
      if (this.list.children[at] !== entry.element) this.list.insertBefore(entry.element, this.list.children[at] ?? null);
    });
    while (this.list.children.length > this.entries.length) this.list.lastElementChild.remove();
    this.form.classList.toggle("is-ordered", this.isCombined);
    this.form.classList.toggle("is-sending", this.isSending);
    this.form.querySelector(".combine").hidden = this.entries.length < 2;
    this.form.querySelector(".upload-title").hidden = this.entries.length > 1 && !this.isCombined;
    const button = this.form.querySelector("[data-send]");
    button.disabled = this.isSending;
    button.hidden = this.entries.length > 0 && !this.entries.some((entry) => entry.canBeSent);
    const done = this.form.querySelector("[data-done]"); // while no file can be sent, there is a way on
    done.hidden = !button.hidden && !this.entries.some(({ url }) => url);
    this.form.querySelector(".files-total").textContent = this.total();
  }

  total() {
    const { length } = this.entries;
    if (!length) return "";
    const bytes = this.entries.reduce((sum, { file }) => sum + file.size, 0);
    return this.counted(length).replace("{count}", number(length)).replace("{size}", size(this.form, bytes));
  }

  /* The form that the language has for so many; one with more of them than English adds its own to the template. */
  counted(count) {
    const form = `data-total-${new Intl.PluralRules(language).select(count)}`;
    return this.form.getAttribute(form) ?? this.form.dataset.totalOther;
  }

  /* Say above the form what is wrong with the request; without errors, be silent. */
  complain(...errors) {
    const place = this.form.querySelector(".upload-error");
    place.replaceChildren(...errors.map(({ message, command }) => sentence(message, command)));
    place.hidden = !errors.length;
  }

  async send() {
    const waiting = this.entries.filter((entry) => entry.canBeSent);
    if (!waiting.length) {
      if (!this.entries.length) this.complain({ message: this.form.dataset.empty });
      return;
    }
    this.complain();
    this.isSending = true;
    this.show();
    const groups = this.isCombined ? [waiting] : withTexts(waiting);
    for (const entry of waiting) entry.say(this.form.dataset.waiting, { aloud: "" });
    await Promise.all(Array.from({ length: AT_ONCE }, () => this.work(groups)));
    this.isSending = false;
    this.show();
    this.leave();
  }

  /* One of those that work through the same list. */
  async work(groups) {
    while (groups.length) await this.sendGroup(groups.shift());
  }

  async sendGroup(entries) {
    try {
      const answer = await post(this.form, entries, (part) => entries.forEach((entry) => entry.progress(part)));
      for (const entry of entries) {
        const document = answer.documents.find(({ files }) => files.includes(entry.file.name));
        if (document) entry.accept(document);
      }
      this.refuse(
        entries.filter((entry) => entry.canBeSent),
        answer.errors,
      );
    } catch (error) {
      if (!(error instanceof NotSent)) throw error;
      for (const entry of entries) entry.fail(this.form.dataset[error.message]);
    }
  }

  /* A sentence about one file stands beside it; one about the request stands above. */
  refuse(entries, errors) {
    const general = errors.filter((error) => !error.file);
    if (general.length) this.complain(...general);
    for (const entry of entries) {
      const error = errors.find(({ file }) => file === entry.file.name);
      if (error?.retryable) entry.fail(error.message);
      else if (error) entry.refuse(error.message, error.command);
      else entry.wait();
    }
  }

  /* On to the document, or to the archive; stay when something is left to mend. */
  leave() {
    const urls = new Set(this.entries.map((entry) => entry.url));
    if (urls.has("")) return;
    location.assign(urls.size === 1 ? [...urls][0] : this.form.dataset.archive);
  }
}

/* One file in the list. `url` is that of its document once there is one. */
class Entry {
  constructor(file, uploader) {
    this.file = file;
    this.url = "";
    this.canBeSent = true;
    this.words = uploader.form.dataset;
    this.uploader = uploader;
    this.element = uploader.form.querySelector("template[data-file]").content.firstElementChild.cloneNode(true);
    this.part(".file-name").textContent = file.name;
    this.part(".file-size").textContent = size(uploader.form, file.size);
    for (const button of this.element.querySelectorAll("[aria-label]")) {
      button.setAttribute("aria-label", button.getAttribute("aria-label").replace("{name}", file.name));
    }
    this.part("[data-up]").addEventListener("click", () => uploader.move(this, -1));
    this.part("[data-down]").addEventListener("click", () => uploader.move(this, 1));
    this.part("[data-remove]").addEventListener("click", () => uploader.remove(this));
    this.part("[data-retry]").addEventListener("click", () => uploader.send());
    this.element.addEventListener("dragstart", () => this.setDragged(uploader, this));
    this.element.addEventListener("dragend", () => this.setDragged(uploader, null));
    this.preview();
  }

  get isText() {
    return TEXT.test(this.file.name);
  }

  part(selector) {
    return this.element.querySelector(selector);
  }

  setDragged(uploader, entry) {
    uploader.dragged = entry;
    this.element.classList.toggle("is-dragged", Boolean(entry));
  }

  preview() {
    if (!this.file.type.startsWith("image/") || this.file.size > PREVIEW_BYTES) return;
    const picture = new Image();
    picture.alt = "";
    picture.draggable = false;
    picture.decoding = "async";
    const address = URL.createObjectURL(this.file);
    picture.addEventListener("load", () => {
      // Its size is known by now, its pixels are decoded once it is shown.
      if (picture.naturalWidth * picture.naturalHeight <= PREVIEW_PIXELS) this.part(".file-picture").replaceChildren(picture);
      URL.revokeObjectURL(address);
    });
    picture.addEventListener("error", () => URL.revokeObjectURL(address)); // TIFF and HEIC, in most browsers
    picture.src = address;
  }

  say(words, { isWrong = false, canRetry = false, aloud = words } = {}) {
    this.part(".file-status").textContent = words;
    this.announce(aloud);
    this.element.classList.toggle("is-wrong", isWrong);
    this.part("[data-retry]").hidden = !canRetry;
    this.part("progress").hidden = true;
  }

  tellPlace(place, count) {
    this.announce(this.words.place.replace("{place}", number(place)).replace("{count}", number(count)));
  }

  /* For screen readers, which would say each percent: only what is new, and of which file. */
  announce(said) {
    const place = this.part("[data-announcer]");
    const words = said && this.words.aloud.replace("{name}", () => this.file.name).replace("{sentence}", () => said);
    if (place.textContent !== words) place.textContent = words;
  }

  progress(part) {
    const percent = Math.floor(part * 100);
    const { sending, sendingAloud, storing } = this.words;
    if (percent < 100) this.say(sending.replace("{percent}", number(percent)), { aloud: sendingAloud });
    else this.say(storing);
    this.part("progress").hidden = false;
    this.part("progress").value = percent;
  }

  accept({ url, locked, duplicate, in_trash: inTrash }) {
    this.canBeSent = false;
    if (this.isText) this.open(url, locked); // what there is to choose is asked beside its image
    else if (duplicate) this.offer(url, duplicate);
    else if (inTrash && this.uploader.isOfSeveral) this.offerTrashed(url, locked, inTrash);
    else this.open(url, locked); // the page of a single document says what lies in the trash
  }

  /* The same file was there before. */
  offer(url, { title, date, url: otherUrl, more, more_url: moreUrl, keep, choice_url: choiceUrl, may_be_version: mayBeVersion }) {
    const labels = { ...this.words, keep };
    const choices = ["keep", ...(mayBeVersion ? ["version"] : []), "discard"].map((choice) =>
      button(labels[choice], async () => {
        if (!(await this.choose(choiceUrl, { choice }))) return;
        this.open(choice === "discard" ? otherUrl : url, false);
        if (choice === "discard") this.part(".file-status").prepend(`${this.words.discarded} · `);
        this.goOn();
      }),
    );
    this.ask(this.words.twin.replace("{date}", () => date), link(otherUrl, title), choices, more && link(moreUrl, more));
  }

  /* The same file lies in the trash. */
  offerTrashed(url, locked, { title, date, restore_url: restoreUrl }) {
    const done = () => {
      this.open(url, locked);
      this.goOn();
    };
    const restore = button(this.words.restore, async () => (await this.choose(restoreUrl)) && done());
    this.ask(this.words.trashed.replace("{date}", () => date), isolated(title), [restore, button(this.words.leave, done)]);
  }

  /* Say it, with `title` in its place and what else there is, and stay until somebody chose. */
  ask(words, title, buttons, more) {
    const [before, after] = words.split("{title}");
    const last = more ? [" ", more] : [];
    this.say("", { aloud: `${before}${title.textContent}${after} ${more?.textContent ?? ""}`.trim() });
    const told = document.createElement("p");
    told.append(before, title, after, ...last);
    const choices = document.createElement("p");
    choices.className = "choice";
    choices.append(...buttons);
    this.part(".file-status").append(told, choices);
  }

  /* Send what was chosen; where that does not work, say why. */
  async choose(address, fields = {}) {
    const data = new FormData();
    for (const [name, value] of Object.entries(fields)) data.append(name, value);
    data.append("csrfmiddlewaretoken", this.uploader.form.csrfmiddlewaretoken.value);
    try {
      // The answer leads to a page, which is not fetched: one click on is where people go by themselves.
      const answer = await fetch(address, { method: "POST", body: data, redirect: "manual" });
      if (answer.type !== "opaqueredirect") throw new NotSent(answer.status < 500 ? "refused" : "unsent");
    } catch (error) {
      if (!(error instanceof NotSent || error instanceof TypeError)) throw error;
      const words = this.words[error instanceof NotSent ? error.message : "offline"];
      this.announce(words);
      this.part(".file-status p").textContent = words;
      return false;
    }
    return true;
  }

  goOn() {
    this.uploader.show();
    this.uploader.leave();
  }

  open(url, locked) {
    this.url = url;
    this.say("", { aloud: locked ? this.words.locked : this.words.sent });
    this.part(".file-status").append(link(url, locked ? this.words.locked : this.words.reading));
  }

  wait() {
    this.say("");
  }

  /* The file cannot be used as it is. */
  refuse(message, command = "") {
    this.canBeSent = false;
    this.say(message, { isWrong: true });
    this.part(".file-status").replaceChildren(sentence(message, command));
  }

  /* It did not get there, or could not be kept; it may the next time. */
  fail(message) {
    this.say(message, { isWrong: true, canRetry: true });
  }
}

/* What is sent together: each image, with the texts that are called like it. Texts that are called otherwise go
   with all images that have none: which they belong to stands inside of them, where the server looks. */
function withTexts(entries) {
  const groups = entries.filter((entry) => !entry.isText).map((image) => [image]);
  const others = [];
  for (const text of entries.filter((entry) => entry.isText)) {
    const group = groups.find(([image]) => isCalledLike(text.file.name, image.file.name));
    (group ?? others).push(text);
  }
  if (!others.length) return groups;
  const without = groups.filter((group) => group.length === 1);
  return [...groups.filter((group) => group.length > 1), [...without.flat(), ...others]];
}

function isCalledLike(text, image) {
  const name = text.replace(TEXT, "").toLowerCase();
  return [image, image.replace(/\.[^.]*$/, "")].some((other) => other.toLowerCase() === name);
}

function link(url, words) {
  const element = document.createElement("a");
  element.href = url;
  element.textContent = words;
  element.dir = "auto";
  return element;
}

function isolated(words) {
  const element = document.createElement("bdi");
  element.textContent = words;
  return element;
}

function button(words, onClick) {
  const element = document.createElement("button");
  element.type = "button";
  element.textContent = words;
  element.addEventListener("click", onClick);
  return element;
}

/* The request did not come through; the message names the sentence in the form's data. */
class NotSent extends Error {}

function post(form, entries, onProgress) {
  const data = new FormData(form);
  data.delete("files");
  for (const { file } of entries) data.append("files", file, file.name);
  if (entries.length === 1) data.delete("combine");
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "application/json");
  request.responseType = "json";
  request.upload.addEventListener("progress", ({ loaded, total }) => onProgress(loaded / total));
  return new Promise((resolve, reject) => {
    request.addEventListener("load", () => {
      if (request.response?.documents) resolve(request.response);
      else reject(new NotSent("unsent"));
    });
    request.addEventListener("error", () => reject(new NotSent("offline")));
    request.send(data);
  });
}

/* As pages write it: the form has one of each unit in the words of the language. */
function size(form, bytes) {
  const { oneKilobyte, oneMegabyte, oneGigabyte } = form.dataset;
  const kilobytes = (bytes && Math.max(bytes, 1000)) / 1000;
  if (kilobytes < ROUND) return oneKilobyte.replace(ONE, () => oneDigit.format(kilobytes));
  const megabytes = kilobytes / 1000;
  if (megabytes < ROUND) return oneMegabyte.replace(ONE, () => oneDigit.format(megabytes));
  return oneGigabyte.replace(ONE, () => oneDigit.format(megabytes / 1000));
}
