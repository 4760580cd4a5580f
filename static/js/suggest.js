/* Words and titles to go on with, below the search field: a combobox as the ARIA practices describe it. */

const LETTERS = 2;
const PAUSE = 150; // milliseconds without a key

/** Let `field` suggest. Without this script it is a plain field. */
export function suggest(field) {
  if (field) new Suggestions(field);
}

class Suggestions {
  constructor(field) {
    this.field = field;
    this.list = document.createElement("ul");
    this.list.id = `${field.id}-suggestions`;
    this.list.className = "suggestions";
    this.list.role = "listbox";
    this.list.ariaLabel = field.dataset.suggestionsLabel;
    this.list.hidden = true;
    this.status = document.createElement("p");
    this.status.className = "visually-hidden";
    this.status.role = "status";
    field.after(this.list, this.status);
    field.role = "combobox";
    field.ariaAutoComplete = "list";
    field.ariaExpanded = "false";
    field.setAttribute("aria-controls", this.list.id);
    field.addEventListener("input", () => this.type());
    field.addEventListener("keydown", (event) => this.key(event));
    field.addEventListener("blur", () => this.close());
    // The field keeps the focus, whatever is clicked in the list.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", ({ target }) => this.take(target.closest("[role=option]")));
    field.form.addEventListener("submit", () => this.close());
  }

  type() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    const asked = this.field.value;
    if (asked.trim().length < LETTERS) {
      this.close();
      return;
    }
    const address = `${this.field.dataset.suggestions}?${new URLSearchParams({ q: asked })}`;
    const response = await fetch(address).catch(() => null);
    if (!response?.ok || response.redirected) return;
    const html = await response.text();
    // Meanwhile somebody may have typed on, or gone elsewhere.
    if (this.field.value === asked && document.activeElement === this.field) this.show(html);
  }

  show(html) {
    this.list.innerHTML = html;
    this.choose(null);
    const count = this.options.length;
    this.list.hidden = count === 0;
    this.field.ariaExpanded = String(count > 0);
    this.status.textContent = count ? this.field.dataset.suggestionsCount.replace("{count}", count) : "";
  }

  close() {
    clearTimeout(this.timer);
    this.list.hidden = true;
    this.field.ariaExpanded = "false";
    this.status.textContent = "";
    this.choose(null);
  }

  get options() {
    return [...this.list.querySelectorAll("[role=option]")];
  }

  key(event) {
    if (event.isComposing || this.list.hidden) return;
    const at = this.options.indexOf(this.chosen);
    const last = this.options.length - 1;
    // Below the last one and above the first lies the field itself.
    if (event.key === "ArrowDown") this.choose(this.options[at === last ? -1 : at + 1]);
    else if (event.key === "ArrowUp") this.choose(this.options[at === -1 ? last : at - 1]);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && this.chosen) this.take(this.chosen);
    else return;
    event.preventDefault();
  }

  choose(option) {
    if (this.chosen) this.chosen.ariaSelected = "false";
    this.chosen = option ?? null;
    if (!option) {
      this.field.removeAttribute("aria-activedescendant");
      return;
    }
    option.ariaSelected = "true";
    this.field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  /* A title leads to its document; words are searched for. */
  take(option) {
    if (!option) return;
    const { href, fill } = option.dataset;
    this.close();
    if (href) {
      location.assign(href);
      return;
    }
    this.field.value = fill;
    this.field.form.requestSubmit();
  }
}
