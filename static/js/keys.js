/* Keys that work without a modifier, unless somebody is typing or has turned them off. */

const OFF = "ocrsite-keys-off";

/** Run `actions[key]` when that key is pressed. */
export function onKey(actions) {
  document.addEventListener("keydown", (event) => {
    const action = Object.hasOwn(actions, event.key) && actions[event.key];
    if (!action || isBusy(event)) return;
    event.preventDefault();
    action();
  });
}

/** Let the checkbox in the list of keys turn them on and off. */
export function watchSwitch(box) {
  if (!box) return;
  box.checked = !localStorage.getItem(OFF);
  box.addEventListener("change", () => (box.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1")));
}

/** Whether a key is meant for something else than a shortcut. */
export function isBusy(event) {
  const { target } = event;
  const types = target.closest?.("input, textarea, select, [contenteditable], [role=listbox]");
  const hasModifier = event.ctrlKey || event.metaKey || event.altKey || event.isComposing;
  return types || hasModifier || document.querySelector("dialog[open]") || localStorage.getItem(OFF);
}
