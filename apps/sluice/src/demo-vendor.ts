import { fork, type ChildProcess } from 'node:child_process';
import { MOCK_UPSTREAM_PROCESS } from '@sluice/mock-upstream';

/** The scripted vendor starts in a fraction of this even on a busy machine. */
const START_TIMEOUT_MS = 15_000;

export interface DemoVendor {
  readonly url: string;
  readonly pid: number | undefined;
  stop(): void;
}

/** Starts the scripted vendor in a process of its own, so that it can be killed like a real one can go away. */
export function startDemoVendor(): Promise<DemoVendor> {
  // its own process group: Ctrl-C must not take the vendor away while answers drain; it ends with our IPC channel
  const child = fork(MOCK_UPSTREAM_PROCESS, [], { detached: true, stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => fail(new Error('the demo vendor did not start in time')), START_TIMEOUT_MS);
    const fail = (error: Error): void => {
      clearTimeout(timer);
      child.kill();
      reject(error);
    };
    child.once('error', fail);
    child.once('exit', (code) => fail(new Error(`the demo vendor ended with exit code ${code}`)));
    child.stdout?.once('data', (line: Buffer) => {
      clearTimeout(timer);
      child.removeAllListeners('exit');
      resolve({ url: readUrl(line), pid: child.pid, stop: () => stopChild(child) });
    });
  });
}

function readUrl(line: Buffer): string {
  const { url } = JSON.parse(line.toString()) as { url: string }; // the process prints exactly this line first
  return url;
}

function stopChild(child: ChildProcess): void {
  if (child.exitCode === null) child.kill();
}
