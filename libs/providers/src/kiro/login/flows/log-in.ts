import type { LoginTools, LoginWish } from '@sluice/provider-kit';
import type { KiroLogin } from '../kiro-login.js';
import { planLogin } from './login-wish.js';
import { logInSocially } from './social-login.js';
import { logInBySso } from './sso-login.js';

/** A new login, by the way that a person asks for. @throws LoginFailure, GatewayError; the signal's reason */
export async function logIn(wish: LoginWish, tools: LoginTools): Promise<KiroLogin> {
  const plan = planLogin(wish);
  switch (plan.kind) {
    case 'sso':
      return logInBySso(plan, tools);
    case 'social':
      return logInSocially(plan, tools);
    default:
      return unknownPlan(plan);
  }
}

function unknownPlan(plan: never): never {
  throw new TypeError(`unknown plan ${JSON.stringify(plan)}`);
}
