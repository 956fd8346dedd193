import { loginDialect } from '../login-dialect.js';
import { socialGrant, socialRefusal } from './login-dialects.js';

/** The end of a social login in a browser on the same machine: a code for tokens, asked for in snake case. */
export const KIRO_SOCIAL_CODE_DIALECT = loginDialect({
  name: 'kiro-social-code',
  path: '/oauth/token',
  members: () => ['code', 'code_verifier', 'redirect_uri'],
  grant: socialGrant,
  refusal: socialRefusal,
});
