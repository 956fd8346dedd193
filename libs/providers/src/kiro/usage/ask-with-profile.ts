import type { JsonReply } from '@sluice/provider-kit';

/** One way of asking for what belongs to an account. */
export interface Question {
  readonly region: string;
  /** Undefined = without one. */
  readonly profileArn: string | undefined;
}

export interface QuestionOrder {
  readonly region: string;
  /** The other region that has the API; undefined = there is none, or the region was named outright. */
  readonly otherRegion: string | undefined;
  readonly profileArn: string | undefined;
}

const THROTTLED = 429;

/**
 * Asks until somebody answers. Whether a profile must or must not be named has changed more than once, and the region is only
 * guessed at times: both regions are asked, with the profile and without. Throttling ends it: asking on would make it worse.
 * @returns the first answer that is one, else the first refusal
 */
export async function askWithProfile(
  order: QuestionOrder,
  ask: (question: Question) => Promise<JsonReply>,
): Promise<JsonReply> {
  let refusal: JsonReply | undefined;
  for (const question of questionsOf(order)) {
    const reply = await ask(question);
    if (reply.status === 200 || reply.status === THROTTLED) return reply;
    refusal ??= reply;
  }
  if (refusal === undefined) throw new TypeError('nothing was asked');
  return refusal;
}

function questionsOf({ region, otherRegion, profileArn }: QuestionOrder): readonly Question[] {
  const regions = otherRegion === undefined ? [region] : [region, otherRegion];
  const profiles = profileArn === undefined ? [undefined] : [profileArn, undefined];
  return regions.flatMap((where) => profiles.map((arn) => ({ region: where, profileArn: arn })));
}
