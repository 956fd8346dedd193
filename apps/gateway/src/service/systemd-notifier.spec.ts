import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Logger, type LogFields } from '@sluice/core';
import { SystemdNotifier } from './systemd-notifier.js';

class WarningLog extends Logger {
  readonly warnings: (readonly [string, LogFields | undefined])[] = [];
  debug(): void {}
  info(): void {}
  error(): void {}
  warn(message: string, fields?: LogFields): void {
    this.warnings.push([message, fields]);
  }
}

describe('SystemdNotifier', () => {
  let folder: string;
  let log: WarningLog;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sluice-systemd-'));
    log = new WarningLog();
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  const calls = (): readonly string[] => readFileSync(join(folder, 'calls'), 'utf8').trimEnd().split('\n');
  /** A notifier whose program notes what it was given. */
  const notifier = (script = 'echo "$@" >> "$CALLS"', environment: NodeJS.ProcessEnv = {}): SystemdNotifier => {
    const program = join(folder, 'systemd-notify');
    writeFileSync(program, `#!/bin/sh\n${script}\n`);
    chmodSync(program, 0o755);
    const PATH = `${folder}${delimiter}${process.env['PATH']}`;
    return new SystemdNotifier(
      { PATH, CALLS: join(folder, 'calls'), NOTIFY_SOCKET: '/run/systemd/notify', ...environment },
      log,
    );
  };

  it('tells that the service is ready, reads its configuration, and stops, in this order', async () => {
    const systemd = notifier();

    void systemd.ready('serves http://127.0.0.1:8000');
    void systemd.reloading();
    void systemd.ready('serves http://127.0.0.1:8000');
    await systemd.stopping();

    expect(calls()).toEqual([
      'READY=1 STATUS=serves http://127.0.0.1:8000',
      expect.stringMatching(/^RELOADING=1 MONOTONIC_USEC=\d+ STATUS=reads its configuration$/),
      'READY=1 STATUS=serves http://127.0.0.1:8000',
      'STOPPING=1 STATUS=lets open answers finish',
    ]);
    expect(log.warnings).toEqual([]);
  });

  it('does nothing where nobody wants to know', async () => {
    await notifier(undefined, { NOTIFY_SOCKET: '' }).ready('serves');

    expect(existsSync(join(folder, 'calls'))).toBe(false);
  });

  it('complains once when the program fails, and goes on', async () => {
    const systemd = notifier('exit 3');

    await systemd.ready('serves');
    await systemd.stopping();

    expect(log.warnings).toEqual([
      ['systemd-notify failed, so systemd does not know how this service is', { reason: 'exit code 3' }],
    ]);
  });

  it('complains when there is no such program', async () => {
    await new SystemdNotifier({ PATH: folder, NOTIFY_SOCKET: '/run/systemd/notify' }, log).ready('serves');

    expect(log.warnings).toMatchObject([[expect.anything(), { reason: expect.stringContaining('ENOENT') }]]);
  });
});
