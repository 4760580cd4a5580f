/* Which page each step was made on, so that undoing goes back the way one came, over the pages. */

export class Steps {
  constructor() {
    this.undo = []; // the works on the pages of what can be taken back, the last one last
    this.redo = [];
  }

  /** The text of a `work` was changed, or a `step` gone back or forth, `undo` or `redo`. */
  take(work, step) {
    if (step) {
      this.forget(step);
      this[step === "undo" ? "redo" : "undo"].push(work);
    } else {
      this.undo.push(work);
      this.redo = [];
    }
  }

  /** The work that a step belongs to; undefined where none is known. */
  next(step) {
    return this[step].at(-1);
  }

  /** That step cannot be gone any more. */
  forget(step) {
    this[step].pop();
  }
}
