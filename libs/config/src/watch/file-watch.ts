import { digestText, isOwnWrite, type SourceFile } from '@sluice/provider-kit';
import type { ReadTextFile } from '../source/read-text-file.js';
import { watchDirectory, type WatchDirectory } from './watch-directory.js';
import { watchedPlaces, type WatchedPlaces } from './watched-places.js';

/** Editors and deployments write in several steps: only when nothing has happened for so long is a file looked at. */
export const QUIET_MS = 200;
/** A directory that is never quiet is looked at all the same. */
export const MAX_UNQUIET_MS = 2_000;
/** Where nobody tells of changes (network file systems, a directory that was made anew) they are noticed within this time. */
export const LOOK_INTERVAL_MS = 10_000;

export interface FileWatchOptions {
  readonly readFile: ReadTextFile;
  /** Called when a file is no longer as it was read; no two calls at a time. Must not reject. */
  readonly onChange: (paths: readonly string[]) => Promise<void>;
  /** Called when the system refuses to tell of changes in a directory: they are then noticed within `LOOK_INTERVAL_MS`. */
  readonly onBlind: (directory: string, error: unknown) => void;
  /** Default: the file system's. */
  readonly watchDirectory?: WatchDirectory;
  /** Default: the file system's. */
  readonly placesOf?: (paths: readonly string[]) => Promise<WatchedPlaces>;
}

/**
 * Notices that files have other contents than when they were read. Their directories are watched and every change is judged by
 * the text: a touched file is no change, nor is what this process has written itself.
 */
export class FileWatch {
  readonly #options: FileWatchOptions;
  readonly #watchDirectory: WatchDirectory;
  #files: readonly SourceFile[] = [];
  #places: WatchedPlaces = new Map();
  readonly #watched = new Map<string, () => void>();
  readonly #interval: NodeJS.Timeout;
  #timer: NodeJS.Timeout | undefined;
  #unquietSinceMs: number | undefined;
  #looking: Promise<void> | undefined;
  #isClosed = false;
  #follows = 0;

  constructor(options: FileWatchOptions) {
    this.#options = options;
    this.#watchDirectory = options.watchDirectory ?? watchDirectory;
    this.#interval = setInterval(() => void this.look(), LOOK_INTERVAL_MS).unref();
  }

  /** These files count from now on, as they were read. Where they stand takes a look at the disk: the last call counts. */
  async follow(files: readonly SourceFile[]): Promise<void> {
    this.#files = files;
    this.#follows += 1;
    const turn = this.#follows;
    const places = await (this.#options.placesOf ?? watchedPlaces)(files.map(({ path }) => path));
    if (this.#isClosed || turn !== this.#follows) return;
    this.#places = places;
    for (const [directory, stop] of this.#watched) {
      if (places.has(directory)) continue;
      stop();
      this.#watched.delete(directory);
    }
    for (const directory of places.keys()) this.#watch(directory);
  }

  /** Compares all files now; a look that is under way is waited for. Never rejects. */
  look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => (this.#looking = undefined));
    return this.#looking;
  }

  close(): void {
    this.#isClosed = true;
    clearInterval(this.#interval);
    clearTimeout(this.#timer);
    for (const stop of this.#watched.values()) stop();
    this.#watched.clear();
  }

  #watch(directory: string): void {
    if (this.#watched.has(directory)) return;
    const giveUp = (error: unknown): void => {
      this.#watched.get(directory)?.();
      this.#watched.delete(directory); // tried again when the files are followed anew
      if (!this.#isClosed) this.#options.onBlind(directory, error);
    };
    try {
      const stop = this.#watchDirectory(directory, {
        onEvent: (name) => {
          if (name === undefined || this.#places.get(directory)?.has(name) === true) this.#lookWhenQuiet();
        },
        onError: giveUp,
      });
      this.#watched.set(directory, stop);
    } catch (error) {
      giveUp(error);
    }
  }

  #lookWhenQuiet(): void {
    const nowMs = performance.now();
    this.#unquietSinceMs ??= nowMs;
    const leftMs = this.#unquietSinceMs + MAX_UNQUIET_MS - nowMs;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => {
        this.#unquietSinceMs = undefined;
        // what happens while an earlier change is being taken over may have come too late for it
        void (this.#looking ?? Promise.resolve()).then(() => this.look());
      },
      Math.max(0, Math.min(QUIET_MS, leftMs)),
    );
  }

  async #look(): Promise<void> {
    const changed: SourceFile[] = [];
    for (const file of this.#files) {
      const now = await this.#digestOf(file.path);
      if (now === file.digest) continue;
      if (now !== undefined && isOwnWrite(file.path, now)) this.#settle(file, now);
      else changed.push({ path: file.path, digest: now });
    }
    if (changed.length === 0 || this.#isClosed) return;
    const before = this.#files;
    await this.#options.onChange(changed.map(({ path }) => path));
    // whoever took it over has not come to some of them: a change is told once all the same
    for (const { path, digest } of changed) {
      const file = this.#files.find((one) => one.path === path);
      if (file !== undefined && before.some((one) => one.path === path && one.digest === file.digest)) {
        this.#settle(file, digest);
      }
    }
  }

  /** The file counts as it is now. */
  #settle({ path }: SourceFile, digest: string | undefined): void {
    this.#files = this.#files.map((file) => (file.path === path ? { path, digest } : file));
  }

  /** A file that cannot be read is as good as none, as it is when it is loaded. */
  async #digestOf(path: string): Promise<string | undefined> {
    try {
      const text = await this.#options.readFile(path);
      return text === undefined ? undefined : digestText(text);
    } catch {
      return undefined;
    }
  }
}
