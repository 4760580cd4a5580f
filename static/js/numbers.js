/* Numbers as the language of the page writes them. */

export const language = document.documentElement.lang;
const format = new Intl.NumberFormat(language);

export function number(value) {
  return format.format(value);
}
