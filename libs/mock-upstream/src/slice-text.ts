/** Cuts text into pieces of at most `size` characters; a surrogate pair stays whole. */
export function sliceText(text: string, size: number): string[] {
  const characters = Array.from(text);
  return Array.from({ length: Math.ceil(characters.length / size) }, (_, index) =>
    characters.slice(index * size, (index + 1) * size).join(''),
  );
}
