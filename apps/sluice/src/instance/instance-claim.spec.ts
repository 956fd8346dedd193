import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findInstance } from './find-instance.js';
import { InstanceClaim } from './instance-claim.js';

/** A lock that was renewed now or later is not stale, whatever the machine's clock says. */
const FRESH = new Date('2100-01-01');
/** Above the highest number that Linux gives. */
const NOBODY = 4_194_305;

describe('InstanceClaim', () => {
  let folder: string;
  let pidFile: string;
  const claims: InstanceClaim[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sluice-claim-'));
    pidFile = join(folder, 'run', 'sluice.pid');
  });

  afterEach(async () => {
    for (const claim of claims.splice(0)) await claim.release();
    rmSync(folder, { recursive: true });
  });

  async function take(pause: () => Promise<void> = async () => {}): Promise<InstanceClaim> {
    const claim = await InstanceClaim.take({ pidFile, onLost: () => {}, pause });
    claims.push(claim);
    return claim;
  }
  /** What a process leaves that was killed. */
  function leaveBehind(pid: number, lockedAt: Date): void {
    mkdirSync(`${pidFile}.lock`, { recursive: true });
    utimesSync(`${pidFile}.lock`, lockedAt, lockedAt);
    writeFileSync(pidFile, String(pid));
  }

  it('writes the number of the process and nothing else', async () => {
    await take();

    expect(readFileSync(pidFile, 'utf8')).toBe(String(process.pid));
    expect(await findInstance(pidFile)).toEqual({ kind: 'running', pid: process.pid, state: undefined });
  });

  it('makes the folder for nobody but the owner', async () => {
    await take();

    expect(statSync(join(folder, 'run')).mode & 0o777).toBe(0o700);
  });

  it('is refused while another process has it, and leaves that one’s number alone', async () => {
    leaveBehind(process.ppid, FRESH); // a process that lives

    await expect(take()).rejects.toThrow(
      `--pid-file: another Sluice runs with ${pidFile} (process ${process.ppid}). Stop it with "sluice stop", or name another file.`,
    );
    expect(readFileSync(pidFile, 'utf8')).toBe(String(process.ppid));
  });

  it('takes over from a process that was killed long ago, whoever has its number now', async () => {
    leaveBehind(process.ppid, new Date(0));
    expect(await findInstance(pidFile)).toEqual({ kind: 'stale', pid: process.ppid });

    await take();

    expect(readFileSync(pidFile, 'utf8')).toBe(String(process.pid));
  });

  it('waits for the lock of a process that was killed just now', async () => {
    leaveBehind(NOBODY, FRESH);
    expect(await findInstance(pidFile)).toEqual({ kind: 'stale', pid: NOBODY });
    let pauses = 0;

    await take(async () => {
      pauses += 1;
      if (pauses === 3) utimesSync(`${pidFile}.lock`, new Date(0), new Date(0)); // it has grown old
    });

    expect(pauses).toBe(3);
    expect(readFileSync(pidFile, 'utf8')).toBe(String(process.pid));
  });

  it('gives up on a lock that somebody renews who cannot be seen', async () => {
    leaveBehind(NOBODY, FRESH);
    let pauses = 0;

    const taken = take(async () => {
      pauses += 1;
      utimesSync(`${pidFile}.lock`, FRESH, FRESH);
    });

    await expect(taken).rejects.toThrow('another Sluice runs');
    expect(pauses).toBe(24); // six seconds
  });

  it('leaves nothing behind when it is released', async () => {
    const claim = await take();
    claim.publish({
      pid: process.pid,
      version: '1.2.3',
      startedAt: '2026-01-01T00:00:00.000Z',
      url: 'http://127.0.0.1:8000',
      configuration: undefined,
      logFile: undefined,
      reloads: 0,
    });
    expect(await findInstance(pidFile)).toMatchObject({ state: { url: 'http://127.0.0.1:8000' } });

    await claim.release();

    expect([pidFile, `${pidFile}.lock`, `${pidFile}.state.json`].filter((path) => existsSync(path))).toEqual([]);
    expect(await findInstance(pidFile)).toEqual({ kind: 'none' });
  });

  it.each(['', 'not a number', '-1', '0'])('finds nobody behind a pid file with %j in it', async (text) => {
    mkdirSync(join(folder, 'run'));
    writeFileSync(pidFile, text);

    expect(await findInstance(pidFile)).toEqual({ kind: 'stale', pid: undefined });
  });
});
