import type { JsonObject } from '@sluice/core';

/** The ChatGPT account of everybody here. */
export const CHATGPT_ACCOUNT_ID = '00000000-0000-4000-8000-00000000c0de';

const encode = (part: JsonObject): string => Buffer.from(JSON.stringify(part)).toString('base64url');

/** A token that says who somebody is, unsigned: nobody checks it here. */
export function identityToken(): string {
  const claims = {
    email: 'ada@example.org',
    'https://api.openai.com/auth': {
      chatgpt_account_id: CHATGPT_ACCOUNT_ID,
      chatgpt_plan_type: 'plus',
      chatgpt_user_id: 'user-mock',
    },
  };
  return `${encode({ alg: 'none', typ: 'JWT' })}.${encode(claims)}.`;
}
