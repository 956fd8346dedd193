import { LoginFailure, type LoginWish } from '@sluice/provider-kit';

/**
 * The host of a company's tenant, where a person names one. There is one way to log in, so nothing else can be chosen.
 * @returns undefined = none is named
 * @throws LoginFailure naming the flag
 */
export function hostOfWish({ method, flow, startUrl, region }: LoginWish): string | undefined {
  if (method !== undefined && method !== 'github') {
    throw new LoginFailure(`--method: Copilot knows github alone, not ${method}. Leave it out.`);
  }
  if (flow !== undefined && flow !== 'device') {
    throw new LoginFailure(`--flow: GitHub logs in by device alone, not by ${flow}. Leave it out.`);
  }
  if (region !== undefined) throw new LoginFailure('--region: GitHub has none. Leave it out.');
  if (startUrl === undefined) return undefined;
  const url = URL.canParse(startUrl) ? new URL(startUrl) : undefined;
  if (url?.protocol !== 'https:' || url.port !== '' || url.username !== '' || url.password !== '') {
    throw new LoginFailure(
      "--start-url must be the https address of your company's GitHub, as in https://acme.ghe.com.",
    );
  }
  return url.hostname;
}
