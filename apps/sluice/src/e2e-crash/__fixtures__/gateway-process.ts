import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { sluice, type Running } from '../../__fixtures__/sluice-process.js';

const FAULTY_DISK = fileURLToPath(new URL('./faulty-disk.mjs', import.meta.url));
const FAULT_FILE = 'fault.json';

/** A moment of replacing a file at which the process dies, or `full`: nothing new can be made on the disk. */
export type DiskFault = 'before-write' | 'half-written' | 'before-rename' | 'after-rename' | 'full';

export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** A gateway in a process of its own. */
export interface GatewayProcess extends Running {
  readonly url: string;
  /** Asks a model in Anthropic's words. `undefined` = the connection broke. */
  ask(model: string): Promise<Answer | undefined>;
}

/** What is stale is built once, before the tests. */
export const BUILT = { SLUICE_SKIP_BUILD: '1' };

/**
 * Starts a gateway on `sluice.json` in the directory; its data is in `data` there.
 * @throws Error when it ends before it listens
 */
export async function startGateway(directory: string, ...args: readonly string[]): Promise<GatewayProcess> {
  const running = sluice(
    ['run', '--config', 'sluice.json', '--no-database', '--port', '0', '--data', 'data', ...args],
    directory,
    {
      ...BUILT,
      FAULT_FILE: join(directory, FAULT_FILE),
      NODE_OPTIONS: `--import=${pathToFileURL(FAULTY_DISK).href}`,
    },
  );
  const output = await running.prints(/listens on (http:\S+)/);
  const url = /listens on (http:\S+)/.exec(output)?.[1] ?? '';
  return {
    ...running,
    url,
    ask: async (model) => {
      const reply = await fetch(`${url}/v1/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'anthropic-version': '2023-06-01' },
        body: JSON.stringify({ model, max_tokens: 5, messages: [{ role: 'user', content: 'hi' }] }),
      }).catch(() => undefined);
      return reply && { status: reply.status, text: await reply.text() };
    },
  };
}

/** Makes the disk of all gateways of a directory fail from now on. */
export function breakDisk(directory: string, at: DiskFault, file = 'credentials.sealed.json'): void {
  writeFileSync(join(directory, FAULT_FILE), JSON.stringify({ at, file }));
}

export function mendDisk(directory: string): void {
  rmSync(join(directory, FAULT_FILE), { force: true });
}

/** As a crash of the machine would end it. */
export async function killGateway(gateway: GatewayProcess): Promise<void> {
  gateway.child.kill('SIGKILL');
  await gateway.exitCode();
}

/** How often a gateway has logged a message that begins so, about an account. */
export function countLogged({ output }: GatewayProcess, message: string, accountId: string): number {
  const lines = output().split('\n');
  return lines.filter((line) => line.includes(`"msg":"${message}`) && line.includes(`"accountId":"${accountId}"`)).length;
}
