import type { JsonObject } from '@sluice/core';
import { RequestRefusal, type ErrorDetail, type VendorDialect } from '../vendor-dialect.js';

const SOCIAL_PATH = '/refreshToken';
const OIDC_PATH = '/token';
const LIFETIME_SECONDS = 3600;
/** What each kind of grant is proved by. */
const GRANT_MEMBERS: Readonly<Record<string, readonly string[]>> = {
  refresh_token: ['refreshToken'],
  authorization_code: ['code', 'codeVerifier', 'redirectUri'],
  'urn:ietf:params:oauth:grant-type:device_code': ['deviceCode'],
};
/** The profile of every account here. */
export const PROFILE_ARN = 'arn:aws:codewhisperer:us-east-1:111122223333:profile/MOCKPROFILE00';

/** The social login of Kiro's own service: rotates the refresh token and tells the profile. */
export const KIRO_SOCIAL_DIALECT: VendorDialect = loginDialect({
  name: 'kiro-social',
  path: SOCIAL_PATH,
  members: () => ['refreshToken'],
  grant: socialGrant,
  refusal: socialRefusal,
});

/** AWS single sign-on: OAuth in JSON and camel case. */
export const KIRO_OIDC_DIALECT: VendorDialect = loginDialect({
  name: 'kiro-oidc',
  path: OIDC_PATH,
  members: ({ grantType }) => ['clientId', 'clientSecret', 'grantType', ...(GRANT_MEMBERS[String(grantType)] ?? [])],
  grant: (digest) => ({
    accessToken: `aoaMock${digest}`,
    tokenType: 'Bearer',
    expiresIn: LIFETIME_SECONDS,
    refreshToken: `aorMock${digest}`,
  }),
  refusal: oidcRefusal,
});

export function socialGrant(digest: string): JsonObject {
  return {
    accessToken: `aoaMock${digest}`,
    refreshToken: `aorMock${digest}`,
    profileArn: PROFILE_ARN,
    expiresIn: LIFETIME_SECONDS,
  };
}

export function socialRefusal({ message = 'Invalid refresh token provided', code = 'invalid_grant' }: ErrorDetail) {
  return { error: code, message };
}

export function oidcRefusal({ message = 'Invalid refresh token provided', code = 'invalid_grant' }: ErrorDetail) {
  return { error: code, error_description: message };
}

/** One step of a login: what must be in its body, and what it is answered with. */
export interface Login {
  readonly name: string;
  readonly path: string;
  /** What the body must bring, as text. */
  members(body: JsonObject): readonly string[];
  grant(digest: string): JsonObject;
  refusal(detail: ErrorDetail): JsonObject;
}

export function loginDialect({ name, path, members, grant, refusal }: Login): VendorDialect {
  return {
    name,
    endpoint: (request) => (request.method === 'POST' && request.path === path ? 'login' : undefined),
    claims: (request) => request.path === path,
    readRequest: () => {
      throw new RequestRefusal('There is no inference here.');
    },
    renderAnswer: () => '',
    renderStream: () => [],
    renderStreamError: (detail) => JSON.stringify(refusal(detail)),
    renderError: (_status, detail) => JSON.stringify(refusal(detail)),
    renderModels: () => '',
    renderLogin: (body, digest) => {
      const missing = members(body).find((member) => typeof body[member] !== 'string' || body[member] === '');
      if (missing !== undefined) throw new RequestRefusal(`${missing} is required`);
      return JSON.stringify(grant(digest));
    },
    headers: (requestId) => ({ 'x-amzn-requestid': requestId }),
  };
}
