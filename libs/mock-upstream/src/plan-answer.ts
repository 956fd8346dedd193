import type { AnswerPlan, Frame } from './answer-plan.js';
import { contentFrame } from './answer-plan.js';
import { applyFaults, bodyFrames } from './apply-faults.js';
import type { MockBehaviour } from './behaviour.js';
import { composeAnswer } from './compose-answer.js';
import { withStampPosition } from './numbered-pieces.js';
import type { ErrorDetail, InferenceRequest, VendorDialect } from './vendor-dialect.js';

const SSE_TYPE = 'text/event-stream; charset=utf-8';
const JSON_TYPE = 'application/json';
const FIRST_ERROR_STATUS = 400;

/** One request and what to do with it. */
export interface PlanInput {
  readonly dialect: VendorDialect;
  readonly request: InferenceRequest;
  readonly behaviour: MockBehaviour;
  readonly model: string;
  readonly digest: string;
}

interface Draft {
  readonly status: number;
  readonly contentType: string;
  readonly frames: readonly Frame[];
  /** Whether the body is one of many events rather than a whole. */
  readonly isStream: boolean;
}

/** Decides everything that will be sent for a request. Pure. @throws BehaviourError when numbered text is too large */
export function planAnswer(input: PlanInput): AnswerPlan {
  const { dialect, behaviour } = input;
  const detail = errorDetail(behaviour, input.digest);
  const draft = draftAnswer(input, detail);
  const { frames, ending } = applyFaults(draft, behaviour, dialect.renderStreamError(detail), dialect.brokenEvent);
  return finishPlan({ ...draft, frames }, ending, input, dialect.headers(detail.requestId));
}

/** What an error says: the behaviour's words and a request id made from the digest. */
function errorDetail(behaviour: MockBehaviour, digest: string): ErrorDetail {
  return { message: behaviour.message, code: behaviour.code, requestId: `req_${digest}` };
}

function draftAnswer(input: PlanInput, detail: ErrorDetail): Draft {
  const { dialect, request, behaviour } = input;
  const status = behaviour.status ?? 200;
  const contentType = request.stream ? (dialect.streamType ?? SSE_TYPE) : JSON_TYPE;
  if (behaviour.replay !== undefined) {
    const frames = behaviour.replay.chunks.filter((chunk) => chunk.length > 0).map(contentFrame);
    return { status: behaviour.replay.status ?? status, contentType, frames, isStream: true };
  }
  if (behaviour.body !== undefined) {
    return { status, contentType, frames: bodyFrames(behaviour.body, behaviour), isStream: false };
  }
  if (status >= FIRST_ERROR_STATUS) {
    const text = dialect.renderError(status, detail);
    return { status, contentType: JSON_TYPE, frames: bodyFrames(text, behaviour), isStream: false };
  }
  const answer = composeAnswer(input);
  if (request.stream) {
    return { status, contentType, frames: dialect.renderStream(answer).map(withStampPosition), isStream: true };
  }
  const text = behaviour.errorInStream === undefined ? dialect.renderAnswer(answer) : dialect.renderError(500, detail);
  return { status, contentType, frames: bodyFrames(text, behaviour), isStream: false };
}

function finishPlan(
  draft: Draft,
  ending: AnswerPlan['ending'],
  { behaviour, request }: PlanInput,
  vendorHeaders: Readonly<Record<string, string>>,
): AnswerPlan {
  const whole = draft.isStream || draft.frames.length !== 1 || ending !== 'end' ? undefined : draft.frames[0];
  return {
    isStream: request.stream && draft.status < FIRST_ERROR_STATUS,
    head: behaviour.hang === true ? 'hang' : behaviour.resetBeforeHead === true ? 'reset' : 'send',
    status: draft.status,
    headers: {
      'content-type': draft.contentType,
      ...(behaviour.replay === undefined ? vendorHeaders : behaviour.replay.headers),
      ...(whole === undefined ? {} : { 'content-length': whole.bytes.length }),
      ...(behaviour.retryAfter === undefined ? {} : { 'retry-after': behaviour.retryAfter }),
      ...(behaviour.contentType === undefined ? {} : { 'content-type': behaviour.contentType }),
      ...behaviour.headers,
    },
    frames: draft.frames,
    ending,
    delayMs: behaviour.delayMs ?? 0,
    chunkDelayMs: behaviour.chunkDelayMs ?? 0,
  };
}
