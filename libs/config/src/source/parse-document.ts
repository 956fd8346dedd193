import { isAlias, isMap, isSeq, LineCounter, parseDocument, visit, type Document, type Node } from 'yaml';
import type { Path } from '../path.js';
import { explainSyntaxError, TOO_MANY_ALIASES, UNRESOLVED_ALIAS, type SyntaxText } from './yaml-syntax.js';

/** From 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A configuration text as a tree of plain values that still knows where each one was written. */
export interface ParsedDocument {
  readonly value: unknown;
  /** Of the deepest part of the path that the text has; undefined where that is the whole text. */
  positionOf(path: Path): Position | undefined;
}

export type ParseOutcome =
  | { readonly ok: true; readonly document: ParsedDocument }
  | { readonly ok: false; readonly errors: readonly (SyntaxText & Position)[] };

/** The document of a configuration without a file. */
export const EMPTY_DOCUMENT: ParsedDocument = { value: {}, positionOf: () => undefined };

/** Reads YAML 1.2 (and so JSON), with anchors and merge keys. Never throws; messages never quote the text. */
export function parseConfigurationText(text: string): ParseOutcome {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: true });
  const positionAt = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const fail = (found: SyntaxText, offset: number): ParseOutcome => ({
    ok: false,
    errors: [{ ...found, ...positionAt(offset) }],
  });

  const textLines = text.split('\n');
  const errors = independentErrors(document).map(({ code, pos }) => {
    const position = positionAt(pos[0]);
    return { ...explainSyntaxError(code, textLines[position.line - 1] ?? ''), ...position };
  });
  if (errors.length > 0) return { ok: false, errors };

  const unresolved = firstUnresolvedAlias(document);
  if (unresolved !== undefined) return fail(UNRESOLVED_ALIAS, unresolved);
  try {
    const value: unknown = document.toJS();
    return { ok: true, document: { value: value ?? {}, positionOf: (path) => locate(document, path, positionAt) } };
  } catch {
    return fail(TOO_MANY_ALIASES, 0); // the only thing that toJS refuses in a document without errors
  }
}

/** Members declared twice are separate mistakes; of all others only the first is real, the rest is its echo. */
function independentErrors(document: Document): Document['errors'] {
  const duplicates = document.errors.filter((error) => error.code === 'DUPLICATE_KEY');
  const first = document.errors.find((error) => error.code !== 'DUPLICATE_KEY');
  return first === undefined ? duplicates : [first];
}

function firstUnresolvedAlias(document: Document): number | undefined {
  let offset: number | undefined;
  visit(document, {
    Alias: (_key, node) => {
      if (node.resolve(document) !== undefined) return undefined;
      offset = node.range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return offset;
}

function locate(document: Document, path: Path, positionAt: (offset: number) => Position): Position | undefined {
  let node: unknown = document.contents;
  let offset: number | undefined;
  for (const segment of path) {
    if (isAlias(node)) node = node.resolve(document);
    let next: unknown;
    if (isMap(node)) {
      const pair = node.items.find((item) => String(item.key) === String(segment));
      offset = (pair?.key as Node | undefined)?.range?.[0] ?? offset; // keys of a parsed document are nodes
      next = pair?.value;
    } else if (isSeq(node) && typeof segment === 'number') {
      next = node.items[segment];
      offset = (next as Node | undefined)?.range?.[0] ?? offset; // so are items
    }
    if (next === undefined || next === null) break;
    node = next;
  }
  return offset === undefined ? undefined : positionAt(offset);
}
