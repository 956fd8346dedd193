/** Who renews a login, in the words of kiro-rs. An API key is never renewed. */
export type AuthMethod = 'social' | 'idc' | 'api_key' | 'external_idp';

/** What a store of Kiro's logins knows of one of them, whatever the store's own spelling. All of it belongs together. */
export interface KiroLogin {
  readonly authMethod: AuthMethod;
  readonly accessToken?: string;
  /** The vendor's own end of the access token; absent = unknown, which counts as ended. */
  readonly expiresAtMs?: number;
  readonly refreshToken?: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
  /** When the registration of the client ends that the refresh token belongs to. */
  readonly clientExpiresAtMs?: number;
  /** Where an external identity provider renews. */
  readonly tokenEndpoint?: string;
  readonly scope?: string;
  readonly apiKey?: string;
  readonly profileArn?: string;
  /** Of single sign-on; the one of Builder ID tells such logins from those of an organisation. */
  readonly startUrl?: string;
  /** The identity behind the login, where the store says it: `BuilderId`, `Enterprise`, `Google` … */
  readonly identityProvider?: string;
  /** Whose login it is, for people. */
  readonly email?: string;
  readonly region?: string;
  readonly authRegion?: string;
  readonly apiRegion?: string;
  readonly machineId?: string;
}
