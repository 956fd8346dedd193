import { isJsonObject, type JsonObject } from '@sluice/core';
import { LoginFileError } from './login-file-error.js';

/** One login of a file, as it stands there. */
export interface CredentialsEntry {
  /** From the file, or given in its order behind the highest one. */
  readonly id: number;
  /** Where it stands: `[0]`; empty = it is the whole file. */
  readonly at: string;
  readonly value: JsonObject;
}

/** kiro-rs's `credentials.json`: one login, or a list of them. An empty file is an empty list. */
export interface CredentialsDocument {
  readonly isList: boolean;
  readonly entries: readonly CredentialsEntry[];
}

/** @throws LoginFileError when the text is something else, or two logins have one id */
export function parseCredentials(text: string, file: string): CredentialsDocument {
  const value = parse(text, file);
  if (isJsonObject(value)) return { isList: false, entries: [{ id: 1, at: '', value }] };
  if (!Array.isArray(value)) throw new LoginFileError(file, '', 'is neither a login nor a list of logins');
  const items = value.map((item: unknown, index) => {
    if (!isJsonObject(item)) throw new LoginFileError(file, `[${index}]`, 'is not an object with a login');
    return { at: `[${index}]`, value: item, id: readId(item, file, `[${index}]`) };
  });
  let next = Math.max(0, ...items.map(({ id = 0 }) => id)) + 1;
  const entries: CredentialsEntry[] = [];
  for (const { at, value: item, id = next++ } of items) {
    const twin = entries.find((entry) => entry.id === id);
    if (twin !== undefined) throw new LoginFileError(file, `${at}.id`, `is ${id}, which ${twin.at} has already`);
    entries.push({ id, at, value: item });
  }
  return { isList: true, entries };
}

/** The text of a document after one of its logins has changed. In a list the ids are written out, so that they stay. */
export function formatCredentials(document: CredentialsDocument, changed: CredentialsEntry): string {
  const values = document.entries.map((entry) => {
    const { id, value } = entry.id === changed.id ? changed : entry;
    return document.isList ? { id, ...value } : value;
  });
  return `${JSON.stringify(document.isList ? values : values[0], undefined, 2)}\n`;
}

function parse(text: string, file: string): unknown {
  const json = text.replace(/^\uFEFF/, '');
  if (json.trim() === '') return [];
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new LoginFileError(file, '', 'is not JSON; another program may be writing it, or it is another file', error);
  }
}

function readId({ id }: JsonObject, file: string, at: string): number | undefined {
  if (id === undefined || id === null) return undefined;
  if (typeof id === 'number' && Number.isSafeInteger(id) && id >= 0) return id;
  throw new LoginFileError(file, `${at}.id`, 'must be a whole number');
}
