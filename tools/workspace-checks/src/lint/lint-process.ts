import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROOT } from '../workspace/root.js';

const CHILD = fileURLToPath(new URL('./lint-child.mjs', import.meta.url));

/** What ESLint found in one text. */
export interface Finding {
  /** `@nx/enforce-module-boundaries`; `fatal` = the text does not parse. */
  readonly rule: string;
  readonly message: string;
  /** From 1. */
  readonly line: number;
}

type Reply = { readonly ready: true } | { readonly id: number; readonly findings: readonly Finding[] };

interface PendingReply {
  resolve(findings: readonly Finding[]): void;
  reject(error: Error): void;
}

/** ESLint with the workspace's own configuration, for texts that stand in no file. The caller stops it. */
export class LintProcess {
  readonly #waiting = new Map<number, PendingReply>();
  #lastId = 0;

  private constructor(
    private readonly child: ChildProcess,
    private readonly dataDirectory: string,
  ) {
    child.on('message', (reply: Reply) => {
      if ('ready' in reply) return;
      this.#waiting.get(reply.id)?.resolve(reply.findings);
      this.#waiting.delete(reply.id);
    });
    child.once('exit', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('ESLint has ended'));
    });
  }

  /** Takes a few seconds: Nx works out its graph, in a folder of its own, so that nobody else's is touched. */
  static async start(): Promise<LintProcess> {
    const dataDirectory = mkdtempSync(join(tmpdir(), 'sluice-lint-'));
    const child = fork(CHILD, [ROOT], {
      cwd: ROOT,
      execArgv: [],
      env: { ...process.env, NX_DAEMON: 'false', NX_WORKSPACE_DATA_DIRECTORY: dataDirectory },
    });
    const failed = once(child, 'exit').then(([code]) => {
      throw new Error(`ESLint did not start: exit code ${code}`);
    });
    await Promise.race([once(child, 'message'), failed]);
    failed.catch(() => undefined); // from here on an exit is what `stop` asks for
    return new LintProcess(child, dataDirectory);
  }

  /** @param file from the root; need not exist, decides which rules apply */
  lint(file: string, text: string): Promise<readonly Finding[]> {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.child.send({ id, file, text });
    });
  }

  async stop(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.kill();
    await ended;
    rmSync(this.dataDirectory, { recursive: true, force: true });
  }
}
