/* Changes to the text of a page, sent to the site (docs/correcting.md). Each names `base`, the text that was seen. */

const PATIENCE = 30_000; // milliseconds: an answer that takes longer is taken for lost

/** Why something was not saved. `code` is that of the site's error, or `connection`, `signed-out`, `refused`; `message` is
    for the person, and empty where the site gave none; `by` is who changed the page, where that is why and known; `isOwn`:
    it is what this person made of the text they named. */
export class Refusal extends Error {
  constructor(code, { message = "", by = "", is_own: isOwn = false } = {}) {
    super(message);
    Object.assign(this, { code, by, isOwn });
  }

  /** Somebody else changed the page. */
  get isConflict() {
    return this.code === "page-changed";
  }

  /** It can be saved when the person has signed in again, here or in another window. */
  get isSignedOut() {
    return this.code === "signed-out";
  }

  /** There is nothing to undo, or to do again. */
  get isNothing() {
    return this.code === "not-undoable";
  }

  /** Trying again later may help. */
  get isOutage() {
    return this.code === "connection";
  }

  /** What is told of it. */
  get kind() {
    if (this.isNothing) return "nothing";
    if (this.isOutage) return "unreached";
    return this.isSignedOut ? "signedOut" : "refused";
  }
}

/** The text of a page at `address`, /documents/<id>/pages/<n>/text/. All of them give its new state, `{ text, words,
    can_undo, can_redo, is_proofread }`, or throw a Refusal. */
export class PageText {
  constructor(address) {
    this.address = address;
  }

  /** `keepalive` is for a page that is about to close; the browser takes 64 kB then. */
  save(base, changes, { keepalive = false } = {}) {
    return this.send("", { base, changes }, keepalive);
  }

  undo(base) {
    return this.send("undo/", { base });
  }

  redo(base) {
    return this.send("redo/", { base });
  }

  proofread(base, isRight = true) {
    return this.send("proofread/", { base, is_right: isRight });
  }

  send(part, data, keepalive = false) {
    return postData(`${this.address}${part}`, data, { keepalive });
  }
}

/** What the site answers to a POST of `data`, sent as JSON. Throws a Refusal. */
export function postData(url, data, options) {
  return post(url, { body: JSON.stringify(data), headers: { "Content-Type": "application/json" }, ...options });
}

/** What the site answers to a POST, as JSON. Throws a Refusal. */
export async function post(url, { body, headers, keepalive = false }) {
  const known = token();
  const all = { ...headers, Accept: "application/json", "X-CSRFToken": known, "X-Person": person() };
  const signal = AbortSignal.timeout(PATIENCE);
  const response = await fetch(url, { method: "POST", body, headers: all, keepalive, signal }).catch(() => null);
  // Where all cookies are gone, nobody is signed in; the refusal brings a new token.
  if (!known && response?.status === 403) throw new Refusal("signed-out");
  return answerOf(response);
}

/** What stands in a `response` as JSON; null is none. Throws a Refusal. */
export async function answerOf(response) {
  if (!response || response.status >= 500) throw new Refusal("connection");
  // Who was signed out meanwhile is sent to the page where one signs in.
  if (response.redirected) throw new Refusal("signed-out");
  const answer = await response.json().catch(() => null);
  if (response.ok && answer) return answer;
  if (response.ok) throw new Refusal("connection"); // it broke off, or comes from something on the way
  throw new Refusal(answer?.code ?? "refused", answer ?? {});
}

/* That of now: the one in the page is of no use any more once somebody signed in again, in another window. */
function token() {
  return document.cookie.match(/(?:^|; )csrftoken=([^;]*)/)?.[1] ?? "";
}

/* Who was signed in when the page was made: what they typed is nobody else's. */
function person() {
  return document.querySelector("[data-person]").dataset.person;
}
