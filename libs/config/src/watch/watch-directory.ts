import { watch } from 'node:fs';

/** What happens in a directory: the name of an entry, or undefined where the system does not tell it. */
export interface DirectoryEvents {
  readonly onEvent: (name: string | undefined) => void;
  /** The watch is over: the directory is gone, or the system refuses more watches. */
  readonly onError: (error: Error) => void;
}

/** Tells of changes of a directory's own entries. The returned function ends that. @throws the system's error */
export type WatchDirectory = (directory: string, events: DirectoryEvents) => () => void;

export const watchDirectory: WatchDirectory = (directory, { onEvent, onError }) => {
  const watcher = watch(directory, { persistent: false }, (_kind, name) => onEvent(name ?? undefined));
  watcher.on('error', onError);
  return () => watcher.close();
};
