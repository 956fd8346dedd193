import type { EncodeWarnings } from './encode-warnings.js';
import { userTurn, type Turn, type UserTurn } from './turn.js';

/** Screenshots that an agent sent long ago make the body too large; only so many of the last user turns keep theirs. */
export const TURNS_WITH_IMAGES = 2;
/** The service takes no more in one request. */
export const MAX_IMAGES = 10;

const OMITTED_EARLIER = '[image omitted: sent earlier in the conversation]';
const OMITTED_SURPLUS = `[image omitted: only ${MAX_IMAGES} images are sent]`;

/** The conversation with the last images of its last user turns only; elsewhere a marker says that there was one. */
export function pruneImages(turns: readonly Turn[], warnings: EncodeWarnings): readonly Turn[] {
  const recent = turns.filter((turn) => turn.role === 'user').slice(-TURNS_WITH_IMAGES);
  const surplusOf = surplusImages(recent);
  return turns.map((turn) => {
    if (turn.role !== 'user' || turn.images.length === 0) return turn;
    const surplus = surplusOf.get(turn);
    if (surplus === undefined) {
      warnings.add('/messages', 'dropped', `Images are sent with the last ${TURNS_WITH_IMAGES} user turns only.`);
      return withoutFirstImages(turn, turn.images.length, OMITTED_EARLIER);
    }
    if (surplus === 0) return turn;
    warnings.add('/messages', 'dropped', `Kiro takes ${MAX_IMAGES} images in a request: the last ones are sent.`);
    return withoutFirstImages(turn, surplus, OMITTED_SURPLUS);
  });
}

/** How many of each turn's images are too many, counted from the end of the conversation. */
function surplusImages(turns: readonly UserTurn[]): ReadonlyMap<UserTurn, number> {
  let room = MAX_IMAGES;
  const surplusOf = new Map<UserTurn, number>();
  for (const turn of [...turns].reverse()) {
    const kept = Math.min(room, turn.images.length);
    room -= kept;
    surplusOf.set(turn, turn.images.length - kept);
  }
  return surplusOf;
}

function withoutFirstImages(turn: UserTurn, count: number, marker: string): UserTurn {
  const markers = turn.images.slice(0, count).map(() => marker);
  const text = [turn.text, ...markers].filter((part) => part !== '').join('\n');
  return userTurn({ ...turn, text, images: turn.images.slice(count) });
}
