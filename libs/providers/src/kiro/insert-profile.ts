import { insertMember, replaceSpans, scanMembers } from '@sluice/streaming';

const MEMBER = 'profileArn';

/**
 * The body with the profile of the account that sends it, whatever stood there: after a fail-over it would be another's. A
 * body that is no JSON object stays as it is.
 */
export function insertProfile(body: Buffer, profileArn: string | undefined): Buffer {
  if (profileArn === undefined) return body;
  const scan = scanMembers(body, [MEMBER]);
  if (scan === undefined) return body;
  const text = JSON.stringify(profileArn);
  const spans = scan.members[MEMBER];
  if (spans === undefined) return insertMember(body, scan, MEMBER, text);
  return replaceSpans(
    body,
    spans.map(({ valueStart, valueEnd }) => ({ start: valueStart, end: valueEnd, text })),
  );
}
