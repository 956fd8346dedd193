import { digestText, type SourceFile } from '@sluice/provider-kit';
import type { ReadTextFile } from './read-text-file.js';

/** Reads files and remembers what was read, so that somebody can tell later whether it is still the same. */
export class RecordedReads {
  readonly #files = new Map<string, SourceFile>();

  constructor(private readonly readFile: ReadTextFile) {}

  get files(): readonly SourceFile[] {
    return [...this.#files.values()];
  }

  /** Each file is read once by each load. */
  readonly read: ReadTextFile = async (path) => {
    this.add({ path, digest: undefined });
    const text = await this.readFile(path);
    if (text !== undefined) this.add({ path, digest: digestText(text) });
    return text;
  };

  /** What somebody else has read. */
  add(file: SourceFile): void {
    this.#files.set(file.path, file);
  }
}
