import type { JsonObject } from '@sluice/core';
import { RequestRefusal, type VendorDialect } from '../vendor-dialect.js';
import { PROFILE_ARN } from './login-dialects.js';

const LIFETIME_SECONDS = 3600;
const EXPIRES_SECONDS = 600;
const POLL_INTERVAL_MS = 1_000;
const MS_PER_SECOND = 1000;
const USER_CODE = 'MOCK-CODE';
const VERIFICATION_URL = 'https://login.example.org/device';
/** 2099-01-01, in Unix seconds. */
const CLIENT_ENDS = 4_070_908_800;
/** Of a token that no vendor would call cut off. */
const TOKEN_REPEATS = 6;

/** Logins that a person finishes in a browser, at AWS single sign-on: begun with a client of their own. Always granted at once. */
export const KIRO_REGISTER_DIALECT = deviceDialect({
  path: '/client/register',
  members: ['clientName', 'clientType'],
  answer: (digest) => ({
    clientId: `client-${digest}`,
    clientSecret: `secret-${digest}`,
    clientSecretExpiresAt: CLIENT_ENDS,
  }),
});

export const KIRO_DEVICE_DIALECT = deviceDialect({
  path: '/device_authorization',
  members: ['clientId', 'clientSecret', 'startUrl'],
  answer: (digest) => ({
    deviceCode: `device-${digest}`,
    userCode: USER_CODE,
    verificationUri: VERIFICATION_URL,
    verificationUriComplete: `${VERIFICATION_URL}?user_code=${USER_CODE}`,
    expiresIn: EXPIRES_SECONDS,
    interval: POLL_INTERVAL_MS / MS_PER_SECOND,
  }),
});

/** The same at Kiro's own service. */
export const KIRO_SOCIAL_DEVICE_DIALECT = deviceDialect({
  path: '/oauth/device/authorization',
  members: ['clientId', 'loginProvider'],
  answer: (digest) => ({
    deviceCode: `device-${digest}`,
    userCode: USER_CODE,
    verificationUri: VERIFICATION_URL,
    verificationUriComplete: `${VERIFICATION_URL}?user_code=${USER_CODE}`,
    expiresInMilliseconds: EXPIRES_SECONDS * MS_PER_SECOND,
    intervalInMilliseconds: POLL_INTERVAL_MS,
  }),
});

export const KIRO_SOCIAL_POLL_DIALECT = deviceDialect({
  path: '/oauth/device/poll',
  members: ['clientId', 'deviceCode'],
  answer: (digest) => ({
    accessToken: `aoaMock${digest}`,
    refreshToken: `aorMock${digest.repeat(TOKEN_REPEATS)}`,
    profileArn: PROFILE_ARN,
    expiresIn: LIFETIME_SECONDS,
  }),
});

interface DeviceCall {
  readonly path: string;
  /** What a call must bring, as text. */
  readonly members: readonly string[];
  answer(digest: string): JsonObject;
}

function deviceDialect({ path, members, answer }: DeviceCall): VendorDialect {
  const refusal = (error: string, message: string | undefined): string =>
    JSON.stringify({ error, error_description: message ?? error });
  return {
    name: `kiro${path}`,
    endpoint: (request) => (request.method === 'POST' && request.path === path ? 'login' : undefined),
    claims: (request) => request.path === path,
    readRequest: () => {
      throw new RequestRefusal('There is no inference here.');
    },
    renderAnswer: () => '',
    renderStream: () => [],
    renderStreamError: ({ code, message }) => refusal(code ?? 'invalid_request', message),
    renderError: (_status, { code, message }) => refusal(code ?? 'invalid_request', message),
    renderModels: () => '',
    renderLogin: (body, digest) => {
      const missing = members.find((member) => typeof body[member] !== 'string' || body[member] === '');
      if (missing !== undefined) throw new RequestRefusal(`${missing} is required`);
      return JSON.stringify(answer(digest));
    },
    headers: (requestId) => ({ 'x-amzn-requestid': requestId }),
  };
}
