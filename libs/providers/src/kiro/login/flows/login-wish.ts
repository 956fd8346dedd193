import { LoginFailure, type LoginWish } from '@sluice/provider-kit';
import { REGION } from '../../regions.js';

/** Who logs a person in. */
export const LOGIN_METHODS = ['builder-id', 'idc', 'google', 'github'] as const;
export type LoginMethod = (typeof LOGIN_METHODS)[number];

/** How: by a code that is typed in anywhere, or by a browser on this machine that comes back here. */
export const LOGIN_FLOWS = ['device', 'code'] as const;
export type LoginFlow = (typeof LOGIN_FLOWS)[number];

/** A wish, understood. */
export type LoginPlan =
  | {
      readonly kind: 'sso';
      readonly flow: LoginFlow;
      readonly startUrl: string;
      readonly region: string;
      readonly isBuilderId: boolean;
    }
  | { readonly kind: 'social'; readonly flow: LoginFlow; readonly identityProvider: 'Google' | 'Github' };

const BUILDER_ID_START_URL = 'https://view.awsapps.com/start';
const BUILDER_ID_REGION = 'us-east-1';

/** Without a method: builder-id, or idc where a start URL is named. Without a flow: device. @throws LoginFailure naming the flag */
export function planLogin(wish: LoginWish): LoginPlan {
  const { startUrl, region } = wish;
  const method = oneOf(LOGIN_METHODS, wish.method ?? (startUrl === undefined ? 'builder-id' : 'idc'), '--method');
  const flow = oneOf(LOGIN_FLOWS, wish.flow ?? 'device', '--flow');
  if (region !== undefined && !REGION.test(region)) throw new LoginFailure('--region must be a region like us-east-1.');
  if (method !== 'idc' && startUrl !== undefined) {
    throw new LoginFailure(`--start-url belongs to --method idc, not to ${method}.`);
  }
  switch (method) {
    case 'builder-id':
      return {
        kind: 'sso',
        flow,
        startUrl: BUILDER_ID_START_URL,
        region: region ?? BUILDER_ID_REGION,
        isBuilderId: true,
      };
    case 'idc':
      return {
        kind: 'sso',
        flow,
        startUrl: readStartUrl(startUrl),
        region: region ?? BUILDER_ID_REGION,
        isBuilderId: false,
      };
    case 'google':
      return { kind: 'social', flow, identityProvider: 'Google' };
    case 'github':
      return { kind: 'social', flow, identityProvider: 'Github' };
    default:
      return unknownMethod(method);
  }
}

/** People copy it out of their browser, with what the portal's pages put behind it. */
function readStartUrl(given: string | undefined): string {
  if (given === undefined) {
    throw new LoginFailure(
      '--start-url is needed for --method idc: the address of the portal, https://….awsapps.com/start.',
    );
  }
  const isHttps = URL.canParse(given) && new URL(given).protocol === 'https:';
  if (!isHttps) throw new LoginFailure('--start-url must be an https address, as in https://acme.awsapps.com/start.');
  return given.replace(/#.*$/, '').replace(/\/+$/, '');
}

function oneOf<const T extends string>(allowed: readonly T[], given: string, flag: string): T {
  const found = allowed.find((one) => one === given);
  if (found === undefined) throw new LoginFailure(`${flag} must be one of ${allowed.join(', ')}.`);
  return found;
}

function unknownMethod(method: never): never {
  throw new TypeError(`unknown login method ${JSON.stringify(method)}`);
}
