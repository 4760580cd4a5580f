/* Text to the clipboard: of a page, or a command that is to be typed. */

const SHOWN = 1500; // milliseconds

/** Copy the text of the row that `button` stands in, and say `done` on the button for a moment. */
export async function copy(button, done) {
  const parts = [...button.closest(".row").querySelectorAll(".words > *")];
  const text = parts.map((part) => (part.matches(".table-frame") ? tabbed(part) : part.textContent)).join("\n\n");
  if (await write(text, button.parentElement)) confirm(button, done);
}

/** A paragraph that says `text`; the `command` in it is code with a button that copies it. */
export function sentence(text, command = "") {
  const paragraph = document.createElement("p");
  const at = command ? text.indexOf(command) : -1;
  if (at < 0) {
    paragraph.textContent = text;
    return paragraph;
  }
  const code = document.getElementById("command").content.cloneNode(true);
  code.querySelector("code").textContent = command;
  paragraph.append(text.slice(0, at), code, text.slice(at + command.length));
  return paragraph;
}

/** Let the buttons beside commands copy them, also those that come later. */
export function watchCommands() {
  document.addEventListener("click", async ({ target }) => {
    const button = target.closest("[data-copies]");
    if (!button) return;
    const text = button.parentElement.querySelector("code").textContent;
    if (await write(text, button.parentElement)) confirm(button, button.dataset.copied);
  });
}

/* The rows of a table with a tab between two cells, as spreadsheets take them; a cell of two lines is one. */
function tabbed(table) {
  const text = (cell) => cell.textContent.trim().replace(/\s+/g, " ");
  return [...table.querySelectorAll("tr")].map(({ cells }) => [...cells].map(text).join("\t")).join("\n");
}

function confirm(button, done) {
  const label = button.querySelector("span");
  const before = label.textContent;
  if (before === done) return;
  label.textContent = done;
  setTimeout(() => (label.textContent = before), SHOWN);
}

/* Browsers have a clipboard only on https and localhost, and may refuse it to the page. */
export async function write(text, place) {
  const isWritten = await navigator.clipboard?.writeText(text).then(() => true, () => false);
  return isWritten || writeSelected(text, place);
}

/* The old way, in `place`, because nothing outside an open dialog can be selected. It takes the focus for a moment. */
function writeSelected(text, place) {
  const before = document.activeElement;
  const field = document.createElement("textarea");
  field.value = text;
  place.append(field);
  field.select();
  const isWritten = document.execCommand("copy");
  field.remove();
  before.focus({ preventScroll: true });
  return isWritten;
}
