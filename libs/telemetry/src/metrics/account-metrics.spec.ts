import { Registry } from 'prom-client';
import { AccountMetrics } from './account-metrics.js';
import type { AccountFigures, AccountReading } from './account-reading.js';

const NOTHING: AccountReading = { accounts: [], circuits: [], sessionLookups: {}, renewals: [] };

function figures(id: string, members: Partial<AccountFigures> = {}): AccountFigures {
  return {
    id,
    provider: 'acme',
    standing: 'usable',
    inFlight: 0,
    restingModels: 0,
    credentialExpiresAtMs: undefined,
    attempts: {},
    ...members,
  };
}

/** Metrics whose reading a test sets. */
class World {
  readonly registry = new Registry();
  reading: AccountReading = NOTHING;
  reads = 0;

  constructor(maxAccountLabels?: number) {
    const read = async (): Promise<AccountReading> => {
      this.reads += 1;
      return this.reading;
    };
    new AccountMetrics({
      registry: this.registry,
      read,
      ...(maxAccountLabels !== undefined && { maxAccountLabels }),
    });
  }

  /** The series of one metric, as Prometheus reads them. */
  async scrape(name: string): Promise<readonly string[]> {
    const text = await this.registry.metrics();
    return text.split('\n').filter((line) => line.startsWith(`${name}{`));
  }

  async scrapeWith(accounts: readonly AccountFigures[], name: string): Promise<readonly string[]> {
    this.reading = { ...NOTHING, accounts };
    return this.scrape(name);
  }
}

describe('AccountMetrics', () => {
  it('shows an account in every metric it concerns', async () => {
    const world = new World();
    const account = figures('main', {
      standing: 'models-resting',
      inFlight: 3,
      restingModels: 2,
      credentialExpiresAtMs: 1_772_366_400_500,
      attempts: { completed: 7, failed: 1 },
    });

    world.reading = { ...NOTHING, accounts: [account] };
    const text = await world.registry.metrics();

    for (const line of [
      'sluice_account_in_flight{account="main",provider="acme"} 3',
      'sluice_account_standing{account="main",provider="acme",standing="models-resting"} 1',
      'sluice_account_cooldowns{account="main",provider="acme"} 2',
      'sluice_credential_expires_timestamp_seconds{account="main"} 1772366400.5',
      'sluice_account_attempts_total{account="main",provider="acme",outcome="completed"} 7',
      'sluice_account_attempts_total{account="main",provider="acme",outcome="failed"} 1',
    ]) {
      expect(text.split('\n')).toContain(line);
    }
  });

  it('shows circuits, conversations and renewals', async () => {
    const world = new World();

    world.reading = {
      accounts: [],
      circuits: [
        { vendor: 'acme (one.example)', state: 'open' },
        { vendor: 'acme (two.example)', state: 'closed' },
      ],
      sessionLookups: { hit: 5, miss: 2, rebind: 1 },
      renewals: [{ provider: 'acme', outcome: 'refused', count: 4 }],
    };

    expect(await world.scrape('sluice_circuit_state')).toEqual([
      'sluice_circuit_state{vendor="acme (one.example)",state="open"} 1',
      'sluice_circuit_state{vendor="acme (two.example)",state="closed"} 1',
    ]);
    expect(await world.scrape('sluice_session_lookups_total')).toEqual([
      'sluice_session_lookups_total{outcome="hit"} 5',
      'sluice_session_lookups_total{outcome="miss"} 2',
      'sluice_session_lookups_total{outcome="rebind"} 1',
    ]);
    expect(await world.scrape('sluice_credential_refreshes_total')).toEqual([
      'sluice_credential_refreshes_total{provider="acme",outcome="refused"} 4',
    ]);
  });

  it('reads once for each scrape', async () => {
    const world = new World();

    await world.registry.metrics();
    await world.registry.metrics();

    expect(world.reads).toBe(2);
  });

  it('shows only how an account stands now', async () => {
    const world = new World();

    await world.scrapeWith([figures('main', { standing: 'cooling' })], 'sluice_account_standing');

    expect(await world.scrapeWith([figures('main')], 'sluice_account_standing')).toEqual([
      'sluice_account_standing{account="main",provider="acme",standing="usable"} 1',
    ]);
  });

  it.each(['sluice_account_in_flight', 'sluice_account_standing', 'sluice_account_attempts_total'])(
    'has no %s of an account that is declared no more',
    async (name) => {
      const world = new World();
      const both = [figures('stays', { attempts: { failed: 1 } }), figures('goes', { attempts: { failed: 1 } })];
      expect(await world.scrapeWith(both, name)).toHaveLength(2);

      const left = await world.scrapeWith(both.slice(0, 1), name);

      expect(left).toEqual([expect.stringContaining('account="stays"')]);
    },
  );

  describe('beyond the bound', () => {
    it('sums further accounts, and tells how many of them stand how', async () => {
      const world = new World(1);
      const accounts = [
        figures('first', { inFlight: 1 }),
        figures('second', { inFlight: 2, standing: 'cooling' }),
        figures('third', { inFlight: 3, standing: 'cooling' }),
      ];

      expect(await world.scrapeWith(accounts, 'sluice_account_in_flight')).toEqual([
        'sluice_account_in_flight{account="first",provider="acme"} 1',
        'sluice_account_in_flight{account="other",provider="acme"} 5',
      ]);
      expect(await world.scrape('sluice_account_standing')).toContain(
        'sluice_account_standing{account="other",provider="acme",standing="cooling"} 2',
      );
    });

    it('tells which of their tokens is the first to end', async () => {
      const ends = [3_000, 9_000, 5_000].map((atMs, at) => figures(`a${at}`, { credentialExpiresAtMs: atMs }));

      expect(await new World(1).scrapeWith(ends, 'sluice_credential_expires_timestamp_seconds')).toEqual([
        'sluice_credential_expires_timestamp_seconds{account="a0"} 3',
        'sluice_credential_expires_timestamp_seconds{account="other"} 5',
      ]);
    });

    it('has a sum that only grows, whoever goes and comes', async () => {
      const world = new World(1);
      const used = (id: string, failed: number): AccountFigures => figures(id, { attempts: { failed } });
      const name = 'sluice_account_attempts_total';

      await world.scrapeWith([used('first', 1), used('second', 10), used('third', 100)], name);
      await world.scrapeWith([used('second', 10), used('third', 100)], name);

      expect(await world.scrapeWith([used('second', 12), used('third', 103)], name)).toEqual([
        'sluice_account_attempts_total{account="other",provider="acme",outcome="failed"} 113',
        'sluice_account_attempts_total{account="second",provider="acme",outcome="failed"} 2',
      ]);
    });
  });
});
