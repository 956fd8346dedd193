import type { EncodeWarnings } from './encode-warnings.js';
import { userTurn, type Turn } from './turn.js';

/** Screenshots that an agent sent long ago make the body too large; only so many of the last user turns keep theirs. */
export const TURNS_WITH_IMAGES = 2;

const OMITTED = '[image omitted: sent earlier in the conversation]';

/** The conversation with images in its last user turns only; elsewhere a marker says that there was one. */
export function pruneImages(turns: readonly Turn[], warnings: EncodeWarnings): readonly Turn[] {
  const kept = new Set(turns.filter(({ role }) => role === 'user').slice(-TURNS_WITH_IMAGES));
  return turns.map((turn) => {
    if (turn.role !== 'user' || turn.images.length === 0 || kept.has(turn)) return turn;
    warnings.add('/messages', 'dropped', `Images are sent with the last ${TURNS_WITH_IMAGES} user turns only.`);
    const text = [turn.text, ...turn.images.map(() => OMITTED)].filter((part) => part !== '').join('\n');
    return userTurn({ ...turn, text, images: [] });
  });
}
