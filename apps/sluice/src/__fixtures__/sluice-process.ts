import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../../bin/sluice.js', import.meta.url));
/** The first start in a fresh clone compiles the workspace. */
export const START_TIMEOUT_MS = 180_000;
const READ_ALL = /$/;

export interface Running {
  readonly child: ChildProcess;
  readonly output: () => string;
  /** Resolves with the output as soon as it matches. */
  readonly prints: (pattern: RegExp) => Promise<string>;
  readonly exitCode: () => Promise<number | null>;
}

/** Starts the command line as people do. */
export function sluice(args: string[], cwd: string, environment: NodeJS.ProcessEnv = {}): Running {
  const env = { ...process.env, SLUICE_CONFIG: '', ...environment };
  const child = spawn(process.execPath, [BIN, ...args], { cwd, env });
  const exited = once(child, 'close') as Promise<[number | null]>; // node: close carries the exit code first
  let text = '';
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      for (const look of waiting) look();
    });
  }
  const prints = (pattern: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (!pattern.test(text)) return;
        waiting.delete(look);
        resolve(text);
      };
      waiting.add(look);
      void exited.then(() =>
        pattern.test(text) ? resolve(text) : reject(new Error(`ended before ${pattern}: ${text}`)),
      );
      look();
    });
  return { child, output: () => text, prints, exitCode: async () => (await exited)[0] };
}

/** The exit code and everything that was printed. */
export async function outcomeOf(running: Running): Promise<{ readonly code: number | null; readonly output: string }> {
  const code = await running.exitCode();
  await running.prints(READ_ALL);
  return { code, output: running.output() };
}

/** A working directory of its own, with files in it. */
export function directoryWith(files: Readonly<Record<string, unknown>> = {}): string {
  const directory = mkdtempSync(join(tmpdir(), 'sluice-cli-'));
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(directory, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return directory;
}
