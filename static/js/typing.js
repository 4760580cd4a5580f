/* What is found as somebody types has an entry of its own in the history: one, however long they type. Enter, or
   leaving the field, ends it, and what is typed next gets another one. */

/** `field` asks as somebody types, where the page has it do so. */
export function watchTyping(field) {
  if (!field?.hasAttribute("hx-get") || !window.htmx) return;
  let isTyping = false;
  let hasEntry = false;
  field.addEventListener("input", () => {
    if (!isTyping) hasEntry = false;
    isTyping = true;
  });
  field.addEventListener("blur", () => {
    isTyping = false;
  });
  field.addEventListener("htmx:beforeOnLoad", ({ detail: { xhr } }) => {
    if (xhr.status !== 200) return;
    if (hasEntry) field.removeAttribute("hx-push-url");
    else field.setAttribute("hx-push-url", "true");
    hasEntry = true;
  });
  field.form.addEventListener("submit", (event) => {
    event.preventDefault();
    isTyping = false;
    if (!isShown(field.form)) field.dispatchEvent(new Event("finish"));
  });
}

function isShown(form) {
  const asked = new URLSearchParams(new FormData(form));
  asked.sort();
  const shown = new URLSearchParams(location.search);
  shown.sort();
  return String(asked) === String(shown);
}
