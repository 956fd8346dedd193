import { GATEWAY_ERRORS, GatewayError, type GatewayErrorKind } from '@sluice/core';
import { MAX_ERROR_MESSAGE_CHARS } from '../bounds.js';
import { expectThat } from '../fuzz-fault.js';

const KINDS = Object.keys(GATEWAY_ERRORS) as readonly GatewayErrorKind[]; // the table's own keys

/** The client has to change something, or asks for what cannot be translated. */
export const CLIENT_KINDS: ReadonlySet<GatewayErrorKind> = new Set(
  KINDS.filter((kind) => {
    const { status, fromUpstream } = GATEWAY_ERRORS[kind];
    return kind === 'unsupported_translation' || (!fromUpstream && status < 500 && !kind.startsWith('upstream_'));
  }),
);

/** The vendor did something wrong, or said that something is. */
export const UPSTREAM_KINDS: ReadonlySet<GatewayErrorKind> = new Set(
  KINDS.filter((kind) => kind.startsWith('upstream_')),
);

/** What the work gives, or the failure that it is allowed to end with. Everything else that it throws goes on. */
export function allowing<T>(kinds: ReadonlySet<GatewayErrorKind>, work: () => T): T | GatewayError {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof GatewayError) || !kinds.has(error.kind)) throw error;
    checkMessage(error);
    return error;
  }
}

/** @throws FuzzFault when nobody can read the failure */
export function checkMessage({ message }: GatewayError): void {
  expectThat(typeof message === 'string' && message !== '', 'a failure without words');
  expectThat(message.length <= MAX_ERROR_MESSAGE_CHARS, 'a failure with too many words', () => `${message.length}`);
}
