/* Work that can wait, in steps, whenever the browser has nothing better to do. */

const LONGEST = 4; // milliseconds at a time; the browser has to lay out what came of it
const soon = globalThis.requestIdleCallback ?? ((work) => setTimeout(work, 50));

export class Chore {
  /** `steps` is a generator; each of its values is a step that was done. */
  constructor(steps) {
    this.steps = steps;
    this.isDone = false;
  }

  /** Do a step. Gives whether any is left. */
  step() {
    this.isDone ||= this.steps.next().done;
    return !this.isDone;
  }

  /** Go on to the end, bit by bit. */
  begin() {
    soon(() => this.go());
  }

  go() {
    const until = performance.now() + LONGEST;
    while (this.step()) {
      if (performance.now() > until) {
        this.begin();
        return;
      }
    }
  }

  /** Do at once all that is left. */
  finish() {
    while (this.step());
  }
}
