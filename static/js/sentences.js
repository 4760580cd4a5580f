/* Sentences of the page that have places for words of its readers. */

/** `sentence` with `values` for {0}, {1}. */
export function fill(sentence, ...values) {
  return sentence.replace(/\{(\d)\}/g, (_all, at) => values[at]);
}
