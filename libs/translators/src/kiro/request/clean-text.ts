/** Half of a surrogate pair, which makes the serialised body invalid for the service. With the `u` flag pairs do not match. */
const LONE_SURROGATE = /[\uD800-\uDFFF]/gu;
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g;

/** The text without what the service's JSON reader refuses: lone surrogates and control characters except tab and newlines. */
export function cleanText(text: string): string {
  return text.replace(LONE_SURROGATE, '').replace(CONTROL, '');
}

/** Whether there is nothing to read. */
export function isBlank(text: string): boolean {
  return text.trim() === '';
}
