import { createHash } from 'node:crypto';
import { ANTHROPIC_DIALECT } from './anthropic/anthropic-dialect.js';
import type { AnswerPlan } from './answer-plan.js';
import { BENCH_MODEL } from './compose-answer.js';
import type { MockRequest } from './mock-request.js';
import { OPENAI_DIALECT } from './openai/openai-dialect.js';
import { planAnswer } from './plan-answer.js';
import { splitModel } from './read-behaviour.js';
import type { VendorDialect } from './vendor-dialect.js';

/** Rendered answers that are kept; the oldest goes first. */
const MAX_PLANS = 32;

const MODEL_MEMBER = '"model":"';
const BENCH_MEMBER = `${MODEL_MEMBER}${BENCH_MODEL}`;
const STREAM_MEMBER = '"stream":true';
const USAGE_MEMBER = '"include_usage":true';

const FAST_PATH = '/fast';
const FAST_STREAM_PATH = '/fast/stream';

interface BenchCall {
  readonly dialect: VendorDialect;
  /** With the behaviour behind the question mark. */
  readonly model: string;
  readonly stream: boolean;
  readonly wantsUsage: boolean;
}

/**
 * Answers that are rendered once: for the model `bench` written compactly (`"model":"bench…"`), and for `/fast` and
 * `/fast/stream`, whose query is the behaviour and whose answer is OpenAI's. The body is searched, not parsed; equal calls
 * get equal bytes, whatever their prompt.
 */
export class BenchPlans {
  readonly #plans = new Map<string, AnswerPlan>();

  /** `undefined` when the request is none of these. @throws BehaviourError */
  find(request: MockRequest): AnswerPlan | undefined {
    const call = readFastCall(request) ?? readBenchCall(request);
    if (call === undefined) return undefined;
    const key = `${call.dialect.name} ${call.stream} ${call.wantsUsage} ${call.model}`;
    const known = this.#plans.get(key);
    if (known !== undefined) return known;
    const plan = renderPlan(call, createHash('sha256').update(key).digest('hex').slice(0, 24));
    const [oldest] = this.#plans.keys();
    if (oldest !== undefined && this.#plans.size >= MAX_PLANS) this.#plans.delete(oldest);
    this.#plans.set(key, plan);
    return plan;
  }
}

function readFastCall({ path, query }: MockRequest): BenchCall | undefined {
  if (path !== FAST_PATH && path !== FAST_STREAM_PATH) return undefined;
  return {
    dialect: OPENAI_DIALECT,
    model: `${BENCH_MODEL}?${query}`,
    stream: path === FAST_STREAM_PATH,
    wantsUsage: false,
  };
}

/** A quote inside a JSON string is escaped, so a prompt cannot contain these members. */
function readBenchCall(request: MockRequest): BenchCall | undefined {
  const { body } = request;
  const at = body.indexOf(BENCH_MEMBER);
  if (at < 0) return undefined;
  const start = at + MODEL_MEMBER.length;
  const model = body.toString('utf8', start, body.indexOf('"', start));
  const isBench = model === BENCH_MODEL || model.startsWith(`${BENCH_MODEL}?`);
  const dialect = [ANTHROPIC_DIALECT, OPENAI_DIALECT].find((candidate) => candidate.endpoint(request) === 'inference');
  if (!isBench || model.includes('\\') || dialect === undefined) return undefined;
  return { dialect, model, stream: body.includes(STREAM_MEMBER), wantsUsage: body.includes(USAGE_MEMBER) };
}

function renderPlan({ dialect, stream, wantsUsage, ...call }: BenchCall, digest: string): AnswerPlan {
  const { model, behaviour } = splitModel(call.model);
  const request = { model: call.model, stream, wantsUsage, prompt: '', toolNames: [], words: 0 };
  return planAnswer({ dialect, request, behaviour, model, digest });
}
