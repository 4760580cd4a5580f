/* The text of a page to the clipboard. */

const SHOWN = 1500; // milliseconds

/** Copy the text of the row that `button` stands in, and say `done` on the button for a moment. */
export async function copy(button, done) {
  const paragraphs = [...button.closest(".row").querySelectorAll(".words p")];
  await write(paragraphs.map((paragraph) => paragraph.textContent).join("\n\n"));
  const label = button.querySelector("span");
  const before = label.textContent;
  if (before === done) return;
  label.textContent = done;
  setTimeout(() => (label.textContent = before), SHOWN);
}

/* Browsers have a clipboard only on https and localhost; elsewhere the old way still works. */
async function write(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}
