import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readTextFile, type ConfigurationFlags } from '@sluice/config';
import type { JsonObject } from '@sluice/core';
import { startMockUpstream, type MockUpstream } from '@sluice/mock-upstream';
import type { ReloadReport } from '../../reload/reload-report.js';
import { startServing, type ServingGateway } from '../../start-serving.js';
import { singleAccounts, testConfiguration } from './test-configuration.js';

const LOOK_AGAIN_MS = 5;

export interface FileGatewayOptions {
  /** Members of the first file, in place of the usual ones. */
  readonly sections?: (folder: string, vendor: MockUpstream) => JsonObject;
  /** Files to be there before the start, by name. */
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly flags?: ConfigurationFlags;
}

/** A gateway that was started from a file and follows it, as `sluice run` starts one. */
export interface FileGateway {
  readonly url: string;
  readonly serving: ServingGateway;
  readonly vendor: MockUpstream;
  readonly folder: string;
  /** The configuration. */
  readonly file: string;
  /** Every reload so far. */
  readonly reports: readonly ReloadReport[];
  /** Resolves with the first reload that is not in `seen`. */
  nextReport(seen?: number): Promise<ReloadReport>;
  /** Resolves when a file has been looked at once more; default: the configuration. */
  nextLook(path?: string): Promise<void>;
  /** Writes the usual configuration with these sections. */
  save(sections?: JsonObject): Promise<void>;
  /** The same as `save`, in the way of deployments: written elsewhere, then moved. */
  replace(sections?: JsonObject): Promise<void>;
  logged(message: string): readonly JsonObject[];
  stop(): Promise<void>;
}

/** @throws Error with the lines of an invalid configuration */
export async function startFileGateway(options: FileGatewayOptions = {}): Promise<FileGateway> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-file-'));
  const file = join(folder, 'sluice.json');
  const vendor = await startMockUpstream();
  const textOf = (sections: JsonObject = options.sections?.(folder, vendor) ?? {}): string =>
    JSON.stringify(testConfiguration({ accounts: singleAccounts(vendor.url), ...sections }));
  for (const [name, text] of Object.entries(options.files ?? {})) await writeFile(join(folder, name), text);
  await writeFile(file, textOf());

  const log: string[] = [];
  const problems: string[] = [];
  const looks = new Map<string, number>();
  const looksAt = (path: string): number => looks.get(path) ?? 0;
  const serving = await startServing({
    load: {
      file,
      env: options.env ?? {},
      flags: { port: 0, data: join(folder, 'data'), logLevel: 'info', ...options.flags },
      readFile: async (path) => {
        const text = await readTextFile(path);
        looks.set(path, looksAt(path) + 1);
        return text;
      },
    },
    log: { write: (line) => void log.push(line) },
    printProblem: (line) => void problems.push(line),
  });
  if (serving === undefined) {
    await vendor.stop();
    await rm(folder, { recursive: true });
    throw new Error(problems.join('\n'));
  }
  const reports: ReloadReport[] = [];
  serving.gateway.reloader.listen({ finished: (report) => void reports.push(report) });

  return {
    url: serving.address.url,
    serving,
    vendor,
    folder,
    file,
    reports,
    nextReport: async (seen = reports.length) => {
      await until(() => reports.length > seen);
      return reports[seen] as ReloadReport; // it is longer
    },
    nextLook: async (path = file) => {
      const before = looksAt(path);
      await until(() => looksAt(path) > before);
    },
    save: (sections) => writeFile(file, textOf(sections)),
    replace: async (sections) => {
      await writeFile(`${file}.new`, textOf(sections));
      await rename(`${file}.new`, file);
    },
    logged: (message) => log.map((line) => JSON.parse(line) as JsonObject).filter((line) => line['msg'] === message),
    stop: async () => {
      await serving.stop();
      await vendor.stop();
      await rm(folder, { recursive: true });
    },
  };
}

/** Real files tell of themselves when the system gets to it: the runner's own time limit is the bound. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await sleep(LOOK_AGAIN_MS);
}
