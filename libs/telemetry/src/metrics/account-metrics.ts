import { Counter, Gauge, type Registry } from 'prom-client';
import { AccountLabels } from './account-labels.js';
import type { AccountFigures, AccountReading } from './account-reading.js';
import { TotalCounter } from './total-counter.js';

const MS_PER_SECOND = 1_000;

/** An account under the label that it has now. */
interface LabelledAccount {
  readonly figures: AccountFigures;
  readonly account: string;
}

export interface AccountMetricsOptions {
  readonly registry: Registry;
  /** How accounts do now. Asked once for each scrape; must not reject. */
  readonly read: () => Promise<AccountReading>;
  /** Accounts that are told apart; further ones are summed as `other`. Default `MAX_ACCOUNT_LABELS`. */
  readonly maxAccountLabels?: number;
}

/** What an operator sees of accounts. Nothing is counted here: everything is read when somebody scrapes. */
export class AccountMetrics {
  readonly #read: () => Promise<AccountReading>;
  readonly #labels: AccountLabels;
  readonly #attempts: TotalCounter<'account' | 'provider' | 'outcome'>;
  readonly #inFlight: Gauge<'account' | 'provider'>;
  readonly #standing: Gauge<'account' | 'provider' | 'standing'>;
  readonly #cooldowns: Gauge<'account' | 'provider'>;
  readonly #expiry: Gauge<'account'>;
  readonly #circuit: Gauge<'vendor' | 'state'>;
  readonly #sessionLookups: TotalCounter<'outcome'>;
  readonly #renewals: TotalCounter<'provider' | 'outcome'>;
  #reading: Promise<void> | undefined;

  constructor({ registry, read, maxAccountLabels }: AccountMetricsOptions) {
    this.#read = read;
    this.#labels = new AccountLabels(maxAccountLabels);
    const shared = { registers: [registry], collect: () => this.#refresh() };
    this.#attempts = new TotalCounter(
      new Counter({
        name: 'sluice_account_attempts_total',
        help: 'Calls sent through an account: failed, or how the exchange ended that they answered.',
        labelNames: ['account', 'provider', 'outcome'],
        ...shared,
      }),
    );
    this.#inFlight = new Gauge({
      name: 'sluice_account_in_flight',
      help: 'Calls of an account that are under way.',
      labelNames: ['account', 'provider'],
      ...shared,
    });
    this.#standing = new Gauge({
      name: 'sluice_account_standing',
      help: '1 for how an account stands now; for the account "other", how many stand so.',
      labelNames: ['account', 'provider', 'standing'],
      ...shared,
    });
    this.#cooldowns = new Gauge({
      name: 'sluice_account_cooldowns',
      help: 'Models of an account that rest by themselves.',
      labelNames: ['account', 'provider'],
      ...shared,
    });
    this.#expiry = new Gauge({
      name: 'sluice_credential_expires_timestamp_seconds',
      help: 'When the token of an account ends, in seconds since the epoch; of the account "other" the first to end.',
      labelNames: ['account'],
      ...shared,
    });
    this.#circuit = new Gauge({
      name: 'sluice_circuit_state',
      help: "1 for the state of the circuit of a vendor's host: closed, open or half-open.",
      labelNames: ['vendor', 'state'],
      ...shared,
    });
    this.#sessionLookups = new TotalCounter(
      new Counter({
        name: 'sluice_session_lookups_total',
        help: 'How often conversations looked for their account: hit, miss, or rebind when theirs could not be used.',
        labelNames: ['outcome'],
        ...shared,
      }),
    );
    this.#renewals = new TotalCounter(
      new Counter({
        name: 'sluice_credential_refreshes_total',
        help: 'Renewals of logins: renewed, taken-over, refused or failed.',
        labelNames: ['provider', 'outcome'],
        ...shared,
      }),
    );
  }

  /** All metrics of one scrape are collected at once, and share one reading. */
  #refresh(): Promise<void> {
    this.#reading ??= this.#read()
      .then((reading) => this.#show(reading))
      .finally(() => (this.#reading = undefined));
    return this.#reading;
  }

  #show({ accounts, circuits, sessionLookups, renewals }: AccountReading): void {
    this.#forgetGone(accounts);
    const labelled = accounts.map((figures) => ({ figures, account: this.#labels.of(figures.id) }));
    for (const gauge of [this.#inFlight, this.#standing, this.#cooldowns, this.#expiry, this.#circuit]) gauge.reset();
    for (const account of labelled) this.#showAccount(account);
    this.#showExpiries(labelled);
    for (const { vendor, state } of circuits) this.#circuit.inc({ vendor, state });
    for (const [outcome, total] of Object.entries(sessionLookups))
      this.#sessionLookups.add(outcome, { outcome }, total);
    for (const { provider, outcome, count } of renewals) {
      this.#renewals.add(`${provider} ${outcome}`, { provider, outcome }, count);
    }
    for (const counter of [this.#attempts, this.#sessionLookups, this.#renewals]) counter.show();
  }

  #showAccount({ figures, account }: LabelledAccount): void {
    const { id, provider, standing, inFlight, restingModels, attempts } = figures;
    this.#inFlight.inc({ account, provider }, inFlight);
    this.#standing.inc({ account, provider, standing });
    this.#cooldowns.inc({ account, provider }, restingModels);
    for (const [outcome, total] of Object.entries(attempts)) {
      this.#attempts.add(`${outcome} ${id}`, { account, provider, outcome }, total);
    }
  }

  #showExpiries(accounts: readonly LabelledAccount[]): void {
    const first = new Map<string, number>();
    for (const { account, figures } of accounts) {
      const { credentialExpiresAtMs } = figures;
      if (credentialExpiresAtMs === undefined) continue;
      first.set(account, Math.min(first.get(account) ?? Infinity, credentialExpiresAtMs));
    }
    for (const [account, atMs] of first) this.#expiry.set({ account }, atMs / MS_PER_SECOND);
  }

  /** An account that is declared no more has no series any more. */
  #forgetGone(accounts: readonly AccountFigures[]): void {
    const gone = new Set(this.#labels.retainOnly(new Set(accounts.map(({ id }) => id))));
    const keys = accounts.flatMap(({ id, attempts }) => Object.keys(attempts).map((outcome) => `${outcome} ${id}`));
    this.#attempts.retain(new Set(keys), ({ account }) => !gone.has(account));
  }
}
