/**
 * Puts generated text between the marks of a document: `<!-- begin NAME -->` … `<!-- end NAME -->`. The marks stay.
 * @throws when a region has no marks in the document
 */
export function fillRegions(document: string, regions: Readonly<Record<string, string>>): string {
  return Object.entries(regions).reduce((text, [name, content]) => fillRegion(text, name, content), document);
}

function fillRegion(document: string, name: string, content: string): string {
  const begin = `<!-- begin ${name} -->`;
  const end = `<!-- end ${name} -->`;
  const from = document.indexOf(begin);
  const to = document.indexOf(end, from);
  if (from < 0 || to < 0) throw new Error(`The document has no region "${name}": ${begin} … ${end}.`);
  return `${document.slice(0, from + begin.length)}\n\n${content}\n\n${document.slice(to)}`;
}
