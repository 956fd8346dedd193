import { FakeInstance, PUBLISHED } from '../__fixtures__/fake-instance.js';
import { reloadInstance } from './reload-instance.js';
import { showStatus } from './show-status.js';
import { stopInstance } from './stop-instance.js';

const OPTIONS = { pidFile: 'x.pid', timeoutMs: 30_000 };

describe('commands about a running process', () => {
  let machine: FakeInstance;

  beforeEach(() => {
    machine = new FakeInstance();
  });

  describe('stop', () => {
    it('waits until the process has ended in order', async () => {
      machine.onEvent = () => {
        if (machine.pausedMs >= 20_000) machine.end();
      };

      expect(await stopInstance(OPTIONS, machine)).toBe(0);
      expect(machine.signals).toEqual(['SIGTERM 4711']);
      expect(machine.terminal.printed).toEqual(['Sluice has stopped (process 4711).']);
    });

    it('kills a process that takes too long, and removes what it leaves behind', async () => {
      machine.onEvent = (event) => {
        if (event === 'SIGKILL') machine.end();
      };

      expect(await stopInstance(OPTIONS, machine)).toBe(0);
      expect(machine.signals).toEqual(['SIGTERM 4711', 'SIGKILL 4711']);
      expect(machine.pausedMs).toBe(30_000);
      expect(machine.cleaned).toEqual(['x.pid']);
      expect(machine.terminal.warned).toEqual([
        'Process 4711 did not stop within 30 s and was killed; open answers were cut off.',
      ]);
    });

    it('says so when the process cannot even be killed', async () => {
      expect(await stopInstance(OPTIONS, machine)).toBe(1);
      expect(machine.cleaned).toEqual([]);
    });

    it('says so when the process is another user’s', async () => {
      machine.onEvent = () => {
        throw new Error('kill EPERM');
      };

      expect(await stopInstance(OPTIONS, machine)).toBe(1);
      expect(machine.terminal.warned).toEqual(['Process 4711 cannot be stopped: kill EPERM.']);
    });

    it('never signals a process that only has the number of a killed one', async () => {
      machine.found = { kind: 'stale', pid: 4711 };

      expect(await stopInstance(OPTIONS, machine)).toBe(0);
      expect(machine.signals).toEqual([]);
      expect(machine.cleaned).toEqual(['x.pid']);
    });

    it('is content when nothing runs', async () => {
      machine.found = { kind: 'none' };

      expect(await stopInstance(OPTIONS, machine)).toBe(0);
      expect(machine.terminal.printed).toEqual([
        'Sluice is not running: there is no x.pid. One in a terminal has none without --pid-file: stop it there by Ctrl-C.',
      ]);
    });
  });

  describe('reload', () => {
    it('tells what became of it', async () => {
      machine.onEvent = (event) => {
        if (event === 'pause') machine.reloaded(true, 'The configuration is in force.', 'Accounts added: b.');
      };

      expect(await reloadInstance(OPTIONS, machine)).toBe(0);
      expect(machine.signals).toEqual(['SIGHUP 4711']);
      expect(machine.terminal.printed).toEqual(['The configuration is in force.', 'Accounts added: b.']);
    });

    it('ends with 2 when the configuration is refused', async () => {
      machine.onEvent = () => machine.reloaded(false, 'refused', 'sluice.yaml:1:1: no.');

      expect(await reloadInstance(OPTIONS, machine)).toBe(2);
      expect(machine.terminal.warned).toEqual(['refused', 'sluice.yaml:1:1: no.']);
    });

    it.each<[string, (machine: FakeInstance) => void, RegExp]>([
      ['the process ends meanwhile', (one) => (one.onEvent = () => one.end()), /^Process 4711 has ended meanwhile\.$/],
      ['it does not answer', () => {}, /has not answered within 30 s/],
      [
        'it is still starting',
        (one) => (one.found = { kind: 'running', pid: 4711, state: undefined }),
        /^Sluice is still starting/,
      ],
    ])('ends with 1 when %s', async (_name, prepare, message) => {
      prepare(machine);

      expect(await reloadInstance(OPTIONS, machine)).toBe(1);
      expect(machine.terminal.warned).toEqual([expect.stringMatching(message)]);
    });

    it('ends with 3 when nothing runs', async () => {
      machine.found = { kind: 'none' };

      expect(await reloadInstance(OPTIONS, machine)).toBe(3);
      expect(machine.signals).toEqual([]);
    });
  });

  describe('status', () => {
    it('says where the process listens and what became of its configuration', async () => {
      machine.reloaded(false, 'The configuration was refused.');

      expect(await showStatus('x.pid', machine)).toBe(0);
      expect(machine.terminal.printed).toEqual([
        'Sluice is running (process 4711).',
        '  listens on http://127.0.0.1:8000, since 2026-01-01T00:00:00.000Z, version 1.2.3',
        '  configuration: sluice.yaml',
        '  log: logs/sluice.log (the newest part: logs/current.log)',
        '  read again at 2026-01-01T00:01:00.000Z:',
        '    The configuration was refused.',
      ]);
    });

    it('names the demo account', async () => {
      machine.found = { kind: 'running', pid: 4711, state: { ...PUBLISHED, configuration: undefined } };

      await showStatus('x.pid', machine);

      expect(machine.terminal.printed).toContain('  configuration: none, the demo account answers');
    });

    it.each([
      [{ kind: 'stale', pid: 4711 } as const, 1, 'Sluice is not running; x.pid was left behind by process 4711.'],
      [
        { kind: 'none' } as const,
        3,
        'Sluice is not running: there is no x.pid. One in a terminal has none without --pid-file.',
      ],
    ])('ends with a code of its own for %j', async (found, code, line) => {
      machine.found = found;

      expect(await showStatus('x.pid', machine)).toBe(code);
      expect(machine.terminal.printed).toEqual([line]);
    });
  });

  describe('on Windows', () => {
    it.each([
      ['stop', stopInstance, /End the process or the service itself/],
      ['reload', reloadInstance, /read again when its file is saved/],
    ])('%s says what to do instead', async (_name, command, instead) => {
      machine.platform = 'win32';

      expect(await command(OPTIONS, machine)).toBe(1);
      expect(machine.signals).toEqual([]);
      expect(machine.terminal.warned).toEqual([expect.stringMatching(instead)]);
    });
  });
});
