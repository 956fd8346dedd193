import { dirname, join } from 'node:path';
import { EXIT_STATUS } from './exit-codes.js';
import type { InstanceEnvironment } from './instance-environment.js';
import type { InstanceState } from './instance-state.js';

/** `sluice status`: says whether the process runs, and how. @returns the exit code: 0 runs, 1 left its pid file, 3 does not run */
export async function showStatus(pidFile: string, { terminal, find }: InstanceEnvironment): Promise<number> {
  const found = await find(pidFile);
  switch (found.kind) {
    case 'running':
      terminal.print(`Sluice is running (process ${found.pid}).`);
      for (const line of found.state === undefined ? ['It is starting.'] : describe(found.state)) terminal.print(line);
      break;
    case 'stale':
      terminal.print(`Sluice is not running; ${pidFile} was left behind by process ${found.pid ?? 'unknown'}.`);
      break;
    case 'none':
      terminal.print(`Sluice is not running: there is no ${pidFile}. One in a terminal has none without --pid-file.`);
      break;
  }
  return EXIT_STATUS[found.kind];
}

function describe({ url, version, startedAt, configuration, logFile, lastReload }: InstanceState): readonly string[] {
  return [
    `  listens on ${url}, since ${startedAt}, version ${version}`,
    `  configuration: ${configuration ?? 'none, the demo account answers'}`,
    ...(logFile === undefined ? [] : [`  log: ${logFile} (the newest part: ${join(dirname(logFile), 'current.log')})`]),
    ...(lastReload === undefined ? [] : [`  read again at ${lastReload.at}:`]),
    ...(lastReload?.lines ?? []).map((line) => `    ${line}`),
  ];
}
