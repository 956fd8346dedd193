import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface ChildCommand {
  readonly name: string;
  /** Program and arguments. */
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** `pipe` to read the child's stdout; by default it goes nowhere. */
  readonly stdout?: 'pipe' | 'ignore';
}

const SHOWN_ERROR_LINES = 6;
const SHOWN_ERROR_CHARACTERS = 300;

/**
 * Every process that the bench starts, and the temporary folder they work in. All of them are killed and the folder is removed
 * when this process exits, whatever the reason.
 */
export class ChildProcesses {
  readonly folder = mkdtempSync(join(tmpdir(), 'sluice-bench-'));
  private readonly running = new Set<ChildProcess>();
  private count = 0;

  constructor() {
    process.once('exit', () => this.killAll());
  }

  /** Starts a child in the temporary folder with a bare environment. */
  start({ name, command, env = {}, stdout = 'ignore' }: ChildCommand): RunningChild {
    const errorFile = join(this.folder, `${name}-${this.count++}.stderr`);
    const stderr = openSync(errorFile, 'w');
    const [program = '', ...args] = command;
    const child = spawn(program, args, {
      cwd: this.folder,
      env: { PATH: process.env['PATH'] ?? '', NODE_ENV: 'production', ...env },
      stdio: ['ignore', stdout, stderr],
    });
    closeSync(stderr);
    this.running.add(child);
    const exited = new Promise<void>((resolve) => {
      const forget = (): void => {
        this.running.delete(child);
        resolve();
      };
      child.once('exit', forget);
      child.once('error', forget);
    });
    return new RunningChild(child, exited, errorFile);
  }

  killAll(): void {
    for (const child of this.running) child.kill('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export class RunningChild {
  constructor(
    private readonly child: ChildProcess,
    readonly exited: Promise<void>,
    private readonly errorFile: string,
  ) {}

  get pid(): number {
    return this.child.pid ?? 0;
  }

  get hasExited(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null || this.child.pid === undefined;
  }

  /** The child's first line on stdout; rejects when it exits before. */
  firstLine(): Promise<string> {
    return new Promise((resolve, reject) => {
      let text = '';
      this.child.stdout?.on('data', (bytes: Buffer) => {
        text += bytes.toString();
        const end = text.indexOf('\n');
        if (end >= 0) resolve(text.slice(0, end));
      });
      void this.exited.then(() => reject(new Error(`exited at once: ${this.lastErrors()}`)));
    });
  }

  /** Why it ended, in one line: the first error that it wrote to stderr, or else its last lines. */
  lastErrors(): string {
    const lines = readFileSync(this.errorFile, 'utf8').trim().split('\n');
    const error = lines.find((line) => /^\w*Error\b/.test(line)) ?? lines.slice(-SHOWN_ERROR_LINES).join(' | ');
    return error.slice(0, SHOWN_ERROR_CHARACTERS);
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.exited;
  }
}
