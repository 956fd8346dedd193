import type { PendingLogin } from '@sluice/accounts';

const BASE = '/v0/oauth/kiro';
/** How often the waiting page looks again. */
const LOOK_AGAIN_SECONDS = 5;
const WEB_ADDRESS = /^https?:\/\//i;

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:36rem;margin:3rem auto;padding:0 1rem}' +
  'fieldset{margin:0 0 1rem;border:1px solid #999;border-radius:.4rem}label{display:block;margin:.4rem 0}' +
  'input:not([type=hidden]){width:100%;box-sizing:border-box;font:inherit;padding:.3rem}button{font:inherit;padding:.3rem 1rem}';

/** A page without scripts: nothing in it can be made to run. */
export interface LoginPage {
  readonly html: string;
  /** Whether it comes again by itself. */
  readonly refreshSeconds?: number;
}

export function keyPage(problem?: string): LoginPage {
  return page(
    'Admin key',
    `${problem === undefined ? '' : `<p role="alert">${escape(problem)}</p>`}
<form method="post" action="${BASE}/session"><label>A key with the scope “admin”
<input type="password" name="key" autocomplete="off" required></label><button>Continue</button></form>`,
  );
}

export function choicePage(formToken: string): LoginPage {
  const token = `<input type="hidden" name="formToken" value="${escape(formToken)}">`;
  const start = (method: string, label: string, fields = ''): string =>
    `<form method="post" action="${BASE}/start"><fieldset><legend>${label}</legend>${token}` +
    `<input type="hidden" name="method" value="${method}">${fields}<button>Log in</button></fieldset></form>`;
  return page(
    'Log in to Kiro',
    [
      start('builder-id', 'AWS Builder ID'),
      start(
        'idc',
        'IAM Identity Center',
        '<label>Start URL<input name="startUrl" type="url" placeholder="https://acme.awsapps.com/start" required></label>' +
          '<label>Region<input name="region" placeholder="us-east-1"></label>',
      ),
      start('google', 'Google'),
      start('github', 'GitHub'),
      `<form method="post" action="${BASE}/import"><fieldset><legend>A refresh token</legend>${token}` +
        '<label>Refresh token<input name="refreshToken" type="password" autocomplete="off" required></label>' +
        '<button>Import</button></fieldset></form>',
      `<form method="post" action="${BASE}/refresh"><fieldset><legend>All logins</legend>${token}` +
        '<button>Renew</button></fieldset></form>',
    ].join('\n'),
  );
}

export function waitingPage({ sentence, address, outcome }: PendingLogin): LoginPage {
  if (outcome === undefined) {
    const shown = escape(address);
    const link = WEB_ADDRESS.test(address)
      ? `<p><a href="${shown}" target="_blank" rel="noreferrer noopener">${shown}</a></p>`
      : `<p>${shown}</p>`; // the vendor names it: what is none of the web is not to be clicked at
    return {
      ...page('Confirm the login', `<p>${escape(sentence)}</p>${link}<p>Waiting …</p>`),
      refreshSeconds: LOOK_AGAIN_SECONDS,
    };
  }
  const end =
    outcome.type === 'success'
      ? `Logged in. The account is called “${outcome.accountId}”.`
      : `The login failed. ${outcome.message}`;
  return messagePage(outcome.type === 'success' ? 'Logged in' : 'Not logged in', end);
}

export function messagePage(title: string, message: string): LoginPage {
  return page(title, `<p>${escape(message)}</p><p><a href="${BASE}">Back</a></p>`);
}

/** Nothing but the page's own style and forms. */
export function pageHeaders(nonce: string, { refreshSeconds }: LoginPage): Record<string, string> {
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': `default-src 'none'; style-src 'nonce-${nonce}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    ...(refreshSeconds !== undefined && { refresh: String(refreshSeconds) }),
  };
}

export function render({ html }: LoginPage, nonce: string): string {
  return html.replace('<style>', `<style nonce="${nonce}">`);
}

function page(title: string, body: string): LoginPage {
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(title)}</title>`;
  return {
    html: `<!doctype html><html lang="en"><head>${head}<style>${STYLE}</style></head><body><h1>${escape(title)}</h1>${body}</body></html>`,
  };
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
