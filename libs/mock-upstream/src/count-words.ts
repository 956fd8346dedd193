/** Words between white space: the mock's unit of usage. */
export function countWords(text: string): number {
  return text.match(/\S+/g)?.length ?? 0;
}
