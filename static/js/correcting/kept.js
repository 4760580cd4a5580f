/* What was typed and is neither saved nor waits for it by itself: the notice lists it until it is saved or closed. */

export class Kept {
  constructor() {
    this.all = [];
  }

  /** Keep `texts` that were typed on the page of a `work`; where there is a `task` that can be done again, they are the
      last that was typed for it. */
  add(work, texts, task = null) {
    if (task && texts.length) this.settle(task);
    this.all.push(...texts.map((text) => ({ work, text, task })));
  }

  /** Keep a `text` that was typed ahead on the page of a `work`, where it has no place. Gives it: more may be typed there. */
  addAhead(work, text) {
    const one = { work, text, task: null, isAhead: true };
    this.all.push(one);
    return one;
  }

  /** What was typed for a `task` is saved, or told otherwise; where only some `texts` of it are, the others stay. */
  settle(task, texts = null) {
    this.all = this.all.filter((one) => one.task !== task || (texts && !texts.includes(one.text)));
  }

  /** What can be tried again on the page of a `work`. */
  tasksOf(work) {
    return this.all.filter((one) => one.work === work && one.task);
  }

  clear() {
    this.all = [];
  }
}
