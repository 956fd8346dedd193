import { GatewayError } from '@sluice/core';

/** A value that is still encoded after so many readings is nobody's. */
const MAX_DECODINGS = 3;

/**
 * What stands behind the version where vendors administer accounts: keys, members, invitations, projects, spending.
 * @see https://platform.openai.com/docs/api-reference/administration
 * @see https://docs.anthropic.com/en/api/administration-api
 */
const ADMINISTRATION: ReadonlySet<string> = new Set([
  'admin',
  'billing',
  'compliance',
  'credits',
  'dashboard',
  'key',
  'keys',
  'organization',
  'organizations',
]);

/**
 * Refuses what would let a client see or change the operator's account at the vendor, with whatever key the account has.
 * @throws GatewayError `permission_denied`
 */
export function assertNoAdministration(path: string): void {
  const section = decodedSegments(path)[2]?.replace(/;.*/, '');
  if (section === undefined || !ADMINISTRATION.has(section)) return;
  throw new GatewayError({
    kind: 'permission_denied',
    message:
      `Paths under /${section} administer the operator's own account at the vendor and are not passed on. ` +
      'The operator may allow it with server.forwardAdminPaths: true.',
  });
}

/** As the most careless vendor would read them: however often they are encoded, in small letters. */
function decodedSegments(path: string): readonly string[] {
  let text = path;
  for (let reading = 0; reading <= MAX_DECODINGS; reading += 1) {
    try {
      text = decodeURIComponent(text);
    } catch {
      break; // a plain % that an earlier reading brought to light
    }
  }
  return text.toLowerCase().split('/');
}
