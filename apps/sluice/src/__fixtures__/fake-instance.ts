import type { FoundInstance } from '../instance/find-instance.js';
import type { InstanceEnvironment } from '../instance/instance-environment.js';
import type { InstanceState } from '../instance/instance-state.js';
import { recordingTerminal } from './workplace.js';

/** What a running process has published. */
export const PUBLISHED: InstanceState = {
  pid: 4711,
  version: '1.2.3',
  startedAt: '2026-01-01T00:00:00.000Z',
  url: 'http://127.0.0.1:8000',
  configuration: 'sluice.yaml',
  logFile: 'logs/sluice.log',
  reloads: 0,
};

/** A machine on which one process may run; its clock moves by pauses. */
export class FakeInstance implements InstanceEnvironment {
  readonly terminal = recordingTerminal();
  platform: NodeJS.Platform = 'linux';
  found: FoundInstance = { kind: 'running', pid: PUBLISHED.pid, state: PUBLISHED };
  readonly signals: string[] = [];
  readonly cleaned: string[] = [];
  pausedMs = 0;
  /** Called at each signal and each pause. */
  onEvent: (event: string) => void = () => {};
  #isAlive = true;

  /** The process ends. */
  end(): void {
    this.#isAlive = false;
    this.found = { kind: 'none' };
  }

  /** The process has read its configuration. */
  reloaded(isApplied: boolean, ...lines: string[]): void {
    const lastReload = { at: '2026-01-01T00:01:00.000Z', isApplied, lines };
    this.found = { kind: 'running', pid: PUBLISHED.pid, state: { ...PUBLISHED, reloads: 1, lastReload } };
  }

  readonly find = async (): Promise<FoundInstance> => this.found;
  readonly isAlive = (): boolean => this.#isAlive;

  signal(pid: number, signal: NodeJS.Signals): void {
    this.signals.push(`${signal} ${pid}`);
    this.onEvent(signal);
  }

  async pause(ms: number): Promise<void> {
    this.pausedMs += ms;
    this.onEvent('pause');
  }

  clean(pidFile: string): void {
    this.cleaned.push(pidFile);
  }
}
