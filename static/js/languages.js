/* The language chooser: the list of checkboxes becomes a search with chips. The checkboxes stay what is sent. */

import { sentence } from "./copy.js";

let count = 0;
const choosers = new WeakMap();

export function enhanceLanguages(root) {
  for (const fieldset of root.querySelectorAll("[data-languages]:not(.is-enhanced)")) choosers.set(fieldset, new Languages(fieldset));
}

/** Show what a script has ticked in the choosers under `root`. */
export function showLanguages(root) {
  for (const fieldset of root.querySelectorAll("[data-languages]")) choosers.get(fieldset)?.show();
}

class Languages {
  constructor(fieldset) {
    fieldset.classList.add("is-enhanced");
    this.fieldset = fieldset;
    this.boxes = [...fieldset.querySelectorAll(".language-list input")];
    fieldset.querySelector(".language-list").hidden = true;
    fieldset.append(fieldset.querySelector("template").content.cloneNode(true));
    this.chips = fieldset.querySelector(".chips ul");
    this.input = fieldset.querySelector("[role=combobox]");
    this.list = fieldset.querySelector("[role=listbox]");
    this.advice = fieldset.querySelector(".advice");
    this.preset = fieldset.querySelector("[data-preset]"); // there until one chooses
    this.list.id = `options-${(count += 1)}`;
    this.input.setAttribute("aria-controls", this.list.id);
    this.input.addEventListener("click", () => this.open());
    this.input.addEventListener("input", () => this.open());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
    this.list.addEventListener("click", ({ target }) => this.choose(this.boxOf(target.closest("[role=option]"))));
    // On the click and not when the focus goes: what lies below moves up, and would no longer be under the pointer.
    fieldset.form.addEventListener("click", ({ target }) => fieldset.contains(target) || this.close());
    this.show();
  }

  nameOf(box) {
    return box.closest("label").textContent.trim();
  }

  boxOf(option) {
    return this.boxes.find((box) => option && box.value === option.dataset.value);
  }

  /* What is chosen stays so: its chip has a button that removes it. */
  choose(box) {
    if (!box) return;
    if (!box.checked) {
      this.toggle(box);
      return;
    }
    this.settle();
    this.input.value = "";
    this.close();
    this.advice.replaceChildren(sentence(this.fieldset.dataset.chosen.replace("{name}", this.nameOf(box))));
  }

  /* The first language that one chooses takes the place of those that were chosen beforehand. */
  toggle(box) {
    const [detect, ...languages] = this.boxes;
    const replaced = this.preset && !box.checked ? languages.filter((other) => other.checked) : [];
    for (const other of replaced) other.checked = false;
    box.checked = box === detect || !box.checked;
    if (box === detect) for (const other of languages) other.checked = false;
    detect.checked = !languages.some((other) => other.checked);
    this.settle();
    this.input.value = "";
    this.advice.replaceChildren(...this.sentenceOn(replaced));
    this.show();
    this.close();
    box.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /* From now on what is chosen is the person's own choice. */
  settle() {
    this.preset?.remove();
    this.preset = null;
  }

  sentenceOn(replaced) {
    const names = replaced.map((box) => this.nameOf(box)).join(", ");
    return names ? [sentence(this.fieldset.dataset.replaced.replace("{names}", names))] : [];
  }

  /* Chips for what is chosen; the chosen languages can be removed, “detect” is what remains. */
  show() {
    this.chips.replaceChildren(...this.boxes.filter((box) => box.checked).map((box) => this.chip(box)));
  }

  chip(box) {
    const chip = document.createElement("li");
    chip.className = "chip";
    chip.textContent = this.nameOf(box);
    if (box === this.boxes[0]) return chip;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "×";
    button.setAttribute("aria-label", this.fieldset.dataset.remove.replace("{name}", this.nameOf(box)));
    button.addEventListener("click", () => {
      this.toggle(box);
      this.input.focus();
    });
    chip.append(button);
    return chip;
  }

  open() {
    const wanted = fold(this.input.value);
    const found = this.boxes.filter((box) => fold(this.nameOf(box)).includes(wanted));
    this.list.replaceChildren(...found.map((box) => this.option(box)));
    this.list.hidden = !found.length;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    this.activate(wanted && found.length ? this.list.firstElementChild : null);
    this.advise(wanted, found.length);
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.activate(null);
  }

  option(box) {
    const option = document.createElement("li");
    option.className = "option";
    option.id = `${this.list.id}-${box.value}`;
    option.role = "option";
    option.dataset.value = box.value;
    option.ariaSelected = String(box.checked);
    option.textContent = this.nameOf(box);
    return option;
  }

  activate(option) {
    this.list.querySelector(".is-active")?.classList.remove("is-active");
    option?.classList.add("is-active");
    option?.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option?.id ?? "");
  }

  key(event) {
    const active = this.list.querySelector(".is-active");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (this.list.hidden) this.open();
      const isDown = event.key === "ArrowDown";
      const next = isDown ? active?.nextElementSibling : active?.previousElementSibling;
      this.activate(next ?? (isDown ? this.list.firstElementChild : this.list.lastElementChild));
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.choose(this.boxOf(active));
    } else if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    } else if (event.key === "Tab") {
      this.close(); // else the list, which scrolls, is a stop of its own
    } else if (event.key === "Backspace" && !this.input.value) {
      const last = this.boxes.slice(1).findLast((box) => box.checked);
      if (last) this.toggle(last);
    }
  }

  /* Languages that could be installed, with the command that does it. */
  async advise(wanted, found) {
    const missing = wanted.length > 2 || (wanted && !found) ? await this.missing() : [];
    if (fold(this.input.value) !== wanted) return;
    const advice = missing.filter(({ name }) => fold(name).includes(wanted)).slice(0, 3);
    const sentences = advice.map((pack) => sentence(pack.advice, pack.command));
    if (!sentences.length && wanted && !found) sentences.push(sentence(this.fieldset.dataset.none));
    this.advice.replaceChildren(...sentences);
  }

  missing() {
    this.packs ??= fetch(this.fieldset.dataset.url)
      .then((response) => response.json())
      .then(({ missing }) => missing);
    return this.packs.catch(() => {
      this.packs = null;
      return [];
    });
  }
}

/* Without case and accents, so that “francais” finds “français”. */
function fold(text) {
  return text.trim().normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
