import { headerValue } from '@sluice/core';
import type { MockBehaviour, MockRequest, MockUpstream } from '@sluice/mock-upstream';
import { accountOf, WELL, type SoakAccount } from './soak-accounts.js';
import type { SoakCase } from './soak-cases.js';
import { FAULTS } from './soak-faults.js';

/** So many calls, and a token of the forgetful account is refused for ever. */
export const FORGETFUL_USES = 40;
/** So many renewals of the slow account fail before one is granted. */
export const SLOW_REFUSALS = 3;

const RENEWAL_PATH = '/refreshToken';
const INFERENCE_PATH = '/generateAssistantResponse';
const ROOT_PATH = '/';

/** A case while it is under way. */
export interface FollowedCase {
  /** Calls to accounts that are well. */
  readonly calls: number;
  /** Takes back what befalls it. */
  stop(): void;
}

/** The mock as the vendor of the soak: each sick account has its sickness, and each case its faults. */
export class SoakVendor {
  /** Inference calls, by account. */
  readonly calls = new Map<SoakAccount, number>();
  /** Refresh tokens that were sent, in order, by account. */
  readonly renewals = new Map<SoakAccount, string[]>();
  readonly #uses = new Map<string, number>();

  constructor(private readonly mock: MockUpstream) {
    mock.when((request) => this.#count(request), {});
    this.#lay('suspended', isInference, {
      status: 403,
      code: 'TEMPORARILY_SUSPENDED',
      message: 'Your account is suspended. We have locked it as a security precaution.',
    });
    this.#lay('exhausted', isInference, { status: 402 });
    this.#lay('dead', isRenewal, { status: 400, code: 'invalid_grant', message: 'Invalid refresh token provided' });
    this.#lay('slow', (request) => isRenewal(request) && this.#sent('slow').length <= SLOW_REFUSALS, { status: 503 });
    this.#lay('forgetful', (request) => isInference(request) && this.#isUsedUp(request), { status: 403 });
  }

  /** Lets the faults of a case befall its calls. */
  follow({ marker, kind, faults }: SoakCase): FollowedCase {
    let calls = 0;
    const isMine = (request: MockRequest): boolean => isInference(request) && request.body.includes(marker);
    const rules: (() => void)[] = [];
    const lay = (when: (request: MockRequest) => boolean, behaviour: MockBehaviour): void =>
      void rules.push(this.mock.when(when, behaviour));
    const count = (request: MockRequest): boolean => {
      if (isMine(request) && this.#reaches(request)) calls += 1;
      return false;
    };
    lay(count, {});
    if (kind === 'thinking') lay(isMine, { text: `<thinking>\nWeighing ${marker}.</thinking>\n\nDone: ${marker}.` });
    for (const [position, name] of faults.entries()) {
      lay((request) => isMine(request) && this.#reaches(request) && calls === position + 1, FAULTS[name].behaviour);
    }
    return {
      get calls() {
        return calls;
      },
      stop: () => rules.forEach((takeBack) => takeBack()),
    };
  }

  /** Whether a call reaches the model: its account is well, and its token is not refused. */
  #reaches(request: MockRequest): boolean {
    const account = accountOf(request);
    return WELL.some((id) => id === account) && !(account === 'forgetful' && this.#isUsedUp(request));
  }

  #count(request: MockRequest): boolean {
    const account = accountOf(request);
    if (account === undefined) return false;
    if (isRenewal(request)) {
      const { refreshToken } = JSON.parse(request.body.toString()) as { refreshToken: string }; // the only member
      this.renewals.set(account, [...this.#sent(account), refreshToken]);
    }
    if (isInference(request)) {
      this.calls.set(account, (this.calls.get(account) ?? 0) + 1);
      const token = tokenIn(request);
      this.#uses.set(token, (this.#uses.get(token) ?? 0) + 1);
    }
    return false;
  }

  #sent(account: SoakAccount): readonly string[] {
    return this.renewals.get(account) ?? [];
  }

  #isUsedUp(request: MockRequest): boolean {
    return (this.#uses.get(tokenIn(request)) ?? 0) > FORGETFUL_USES;
  }

  #lay(account: SoakAccount, when: (request: MockRequest) => boolean, behaviour: MockBehaviour): void {
    this.mock.when((request) => accountOf(request) === account && when(request), behaviour);
  }
}

function isInference({ method, path }: MockRequest): boolean {
  return method === 'POST' && (path === INFERENCE_PATH || path === ROOT_PATH);
}

function isRenewal({ path }: MockRequest): boolean {
  return path === RENEWAL_PATH;
}

function tokenIn({ headers }: MockRequest): string {
  return headerValue(headers, 'authorization') ?? '';
}
