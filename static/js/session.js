/* Somebody was signed out while a page of theirs was open. */

/** Load the page anew, so that they sign in and come back to it; unless something is typed there, whose script cancels
    `ocrsite:signed-out`. Gives whether the page is left. */
export function leaveSignedOut() {
  const isLeft = document.dispatchEvent(new CustomEvent("ocrsite:signed-out", { cancelable: true }));
  if (isLeft) location.reload();
  return isLeft;
}
