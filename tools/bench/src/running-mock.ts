import { fileURLToPath } from 'node:url';
import { type ChildProcesses } from './process/child-processes.js';
import { type CorePinning } from './process/core-pinning.js';

export interface RunningMock {
  readonly httpPort: number;
  readonly creditPort: number;
}

/** Starts the mock vendor beside the generator. */
export async function startMock(children: ChildProcesses, pinning: CorePinning): Promise<RunningMock> {
  const script = fileURLToPath(new URL('mock/main.js', import.meta.url));
  const child = children.start({
    name: 'mock',
    command: [...pinning.prefix('load'), process.execPath, script],
    stdout: 'pipe',
  });
  return JSON.parse(await child.firstLine()) as RunningMock; // printed by mock/main.ts
}
