/* Files that are dropped on any page, or pasted into it, go to the upload form. */

import { openPage } from "./dialogs.js";
import { uploaderIn } from "./uploader.js";

export function watchFiles() {
  const overlay = document.getElementById("drop");
  const link = document.querySelector("[data-upload]");
  if (!overlay || !link) return;
  document.addEventListener("dragover", (event) => {
    if (!hasFiles(event.dataTransfer)) return;
    event.preventDefault();
    overlay.hidden = false;
  });
  overlay.addEventListener("dragleave", () => (overlay.hidden = true));
  document.addEventListener("drop", (event) => {
    if (!hasFiles(event.dataTransfer)) return;
    event.preventDefault();
    overlay.hidden = true;
    take([...event.dataTransfer.files], link);
  });
  document.addEventListener("paste", (event) => {
    const files = [...event.clipboardData.files];
    if (!files.length || isText(event)) return;
    event.preventDefault();
    take(files, link);
  });
}

async function take(files, link) {
  const uploader = uploaderIn(document) ?? uploaderIn(await openPage(link));
  uploader?.add(files);
}

/* Office programs put a picture beside the text that they copy; who types wants the text. */
function isText({ target, clipboardData }) {
  return target.closest?.("input, textarea, [contenteditable]") && clipboardData.types.includes("text/plain");
}

function hasFiles(transfer) {
  return transfer?.types.includes("Files");
}
