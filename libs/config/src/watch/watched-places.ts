import { realpath } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';

/** The link that Kubernetes turns to a new folder when a mounted ConfigMap or Secret changes. */
const KUBERNETES_LINK = '..data';

/** Directories to look at, each with the names that matter in it. */
export type WatchedPlaces = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Where a change of these files shows: in their directories, because a file that is replaced is another file; where a path is a
 * link, also in the directory that it leads to.
 */
export async function watchedPlaces(paths: readonly string[]): Promise<WatchedPlaces> {
  const places = new Map<string, Set<string>>();
  const add = (path: string): void => {
    const names = places.get(dirname(path)) ?? new Set([KUBERNETES_LINK]);
    places.set(dirname(path), names.add(basename(path)));
  };
  for (const path of paths) {
    add(resolve(path));
    const target = await realpath(path).catch(() => undefined); // what is not there yet leads nowhere
    if (target !== undefined) add(target);
  }
  return places;
}
