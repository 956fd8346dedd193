import type { Adaptation } from '../http-surface.js';
import { CollectedAnswer } from './collected-answer.js';

/** `/cc/v1/messages` is `/v1/messages` with another way of answering. */
export const COLLECTED_PREFIX = '/cc';

/** How a request is read and answered whose stream is sent when it is whole. */
export const asCollected: Adaptation = ({ request, answer }) => ({
  request: { ...request, path: request.path.slice(COLLECTED_PREFIX.length) },
  answer: new CollectedAnswer({ answer }),
});
