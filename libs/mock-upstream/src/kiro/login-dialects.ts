import type { JsonObject } from '@sluice/core';
import { loginDialect } from '../login-dialect.js';
import type { ErrorDetail, VendorDialect } from '../vendor-dialect.js';

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
