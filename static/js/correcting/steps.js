/* Which page each step was made on, so that undoing goes back the way one came, over the pages. */

export class Steps {
  /** `together`: the form that takes back what was corrected on many pages right before, if any. */
  constructor(together = null) {
    this.undo = together ? [together] : []; // the works on the pages of what can be taken back, the last one last
    this.redo = [];
  }

  /** The text of a `work` was changed, or a `step` gone back or forth, `undo` or `redo`. */
  take(work, step) {
    if (step) {
      this[step].pop();
      this[step === "undo" ? "redo" : "undo"].push(work);
    } else {
      this.undo.push(work);
      this.redo = [];
    }
  }

  /** The work that a step belongs to, or the form; undefined where none is known. */
  next(step) {
    return this[step].at(-1);
  }

  /** No such step can be gone on the page of a `work` any more. */
  forget(step, work) {
    this[step] = this[step].filter((one) => one !== work);
  }
}
