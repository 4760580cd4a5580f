/* Numbers as the language of the page writes them. */

export const language = document.documentElement.lang;
const format = new Intl.NumberFormat(language);

export function number(value) {
  return format.format(value);
}

/** “Page 1,000”, in the words of the reader. */
export function pageLabel(reader, value) {
  return reader.dataset.pageLabel.replace("{number}", number(value));
}
