import { FileWatch, LOOK_INTERVAL_MS, type ReadTextFile } from '@sluice/config';
import type { Logger } from '@sluice/core';
import type { ConfigurationReloader } from './configuration-reloader.js';

export interface FollowSourcesOptions {
  readonly reloader: ConfigurationReloader;
  /** As the configuration is read. */
  readonly readFile: ReadTextFile;
  readonly logger: Logger;
}

/** Reloads the configuration whenever one of the files that it was read from changes. @returns what ends that */
export async function followSources({ reloader, readFile, logger }: FollowSourcesOptions): Promise<() => void> {
  const watch = new FileWatch({
    readFile,
    onChange: async (paths) => {
      logger.info('configuration files have changed', { files: paths });
      await reloader.reload('file');
    },
    onBlind: (directory, error) =>
      logger.warn('a directory cannot be watched: changes in it are noticed later', {
        directory,
        withinMs: LOOK_INTERVAL_MS,
        error,
      }),
  });
  let { files } = reloader.current;
  const forget = reloader.listen({
    finished: (_report, loaded) => {
      if (loaded === undefined) return;
      // a refused one may not have come to all files that the one in force was read from
      const seen = new Set(loaded.files.map(({ path }) => path));
      files = loaded.ok ? loaded.files : [...loaded.files, ...files.filter(({ path }) => !seen.has(path))];
      void watch.follow(files);
    },
  });
  await watch.follow(files);
  return () => {
    forget();
    watch.close();
  };
}
