import { headerValue, isJsonObject } from '@sluice/core';
import { ANTHROPIC_DIALECT } from './anthropic/anthropic-dialect.js';
import { ANTHROPIC_LOGIN_DIALECT } from './anthropic/login-dialect.js';
import { GEMINI_DIALECT } from './gemini/gemini-dialect.js';
import type { AnswerPlan } from './answer-plan.js';
import { BEDROCK_DIALECT } from './bedrock/bedrock-dialect.js';
import type { MockBehaviour } from './behaviour.js';
import { CODEX_DIALECT } from './codex/codex-dialect.js';
import { CODEX_LOGIN_DIALECTS } from './codex/login-dialects.js';
import { COPILOT_CHAT_DIALECT } from './copilot/chat-dialect.js';
import { COPILOT_LOGIN_DIALECTS } from './copilot/login-dialects.js';
import { COPILOT_MODELS_DIALECT } from './copilot/models-dialect.js';
import { digestRequest, isForm, type MockRequest } from './mock-request.js';
import { KIRO_PROFILES_DIALECT, KIRO_USAGE_DIALECT } from './kiro/account-dialects.js';
import {
  KIRO_DEVICE_DIALECT,
  KIRO_REGISTER_DIALECT,
  KIRO_SOCIAL_DEVICE_DIALECT,
  KIRO_SOCIAL_POLL_DIALECT,
} from './kiro/device-dialects.js';
import { KIRO_DIALECT } from './kiro/kiro-dialect.js';
import { KIRO_OIDC_DIALECT, KIRO_SOCIAL_DIALECT } from './kiro/login-dialects.js';
import { KIRO_SOCIAL_CODE_DIALECT } from './kiro/social-code-dialect.js';
import { KIRO_TOOL_DIALECT } from './kiro/tool-dialect.js';
import type { MockScript } from './mock-script.js';
import { OPENAI_DIALECT } from './openai/openai-dialect.js';
import { RESPONSES_DIALECT } from './openai-responses/responses-dialect.js';
import { planAnswer } from './plan-answer.js';
import { BehaviourError, readBehaviourHeader, splitModel } from './read-behaviour.js';
import { RequestRefusal, type InferenceRequest, type VendorDialect } from './vendor-dialect.js';

/** Every vendor the mock speaks for; the first that knows a path answers. */
const DIALECTS: readonly VendorDialect[] = [
  ANTHROPIC_DIALECT,
  ANTHROPIC_LOGIN_DIALECT,
  BEDROCK_DIALECT,
  CODEX_DIALECT,
  ...CODEX_LOGIN_DIALECTS, // before Kiro's, one of which has the same path with a body in JSON
  KIRO_DIALECT,
  KIRO_SOCIAL_DIALECT,
  KIRO_OIDC_DIALECT,
  KIRO_SOCIAL_CODE_DIALECT,
  KIRO_PROFILES_DIALECT,
  KIRO_USAGE_DIALECT,
  KIRO_TOOL_DIALECT,
  KIRO_REGISTER_DIALECT,
  KIRO_DEVICE_DIALECT,
  KIRO_SOCIAL_DEVICE_DIALECT,
  KIRO_SOCIAL_POLL_DIALECT,
  GEMINI_DIALECT,
  ...COPILOT_LOGIN_DIALECTS,
  COPILOT_MODELS_DIALECT,
  COPILOT_CHAT_DIALECT,
  RESPONSES_DIALECT,
  OPENAI_DIALECT,
];

/** The header by which a caller chooses what happens. */
export const BEHAVIOUR_HEADER = 'x-mock';

const UNREAD: InferenceRequest = { model: '', stream: false, wantsUsage: false, prompt: '', toolNames: [], words: 0 };

/** What stays the same for all requests. */
export interface PlannerOptions {
  readonly seed: number;
  /** What `/v1/models` lists; inference takes any name. */
  readonly models: readonly string[];
  /** Under every other behaviour. */
  readonly defaults: MockBehaviour;
}

/** Turns a request into a plan: finds the vendor, merges what script, header and model name ask for. */
export class AnswerPlanner {
  constructor(
    private readonly script: MockScript,
    private readonly options: PlannerOptions,
  ) {}

  /** Uses up the head of the script's queue when a vendor serves the path. Never throws for what a client sent. */
  plan(request: MockRequest): AnswerPlan {
    const dialect = DIALECTS.find((candidate) => candidate.endpoint(request) !== undefined);
    if (dialect === undefined)
      return this.refuse(request, 404, `The scripted vendor has nothing at ${request.method} ${request.path}.`);
    try {
      return this.#planKnown(request, dialect);
    } catch (error) {
      if (!(error instanceof BehaviourError || error instanceof RequestRefusal)) throw error;
      return this.refuse(request, 400, error.message);
    }
  }

  /** An error of the vendor whose path or headers these are. */
  refuse(request: MockRequest, status: number, message?: string): AnswerPlan {
    const dialect = DIALECTS.find((candidate) => candidate.claims(request)) ?? OPENAI_DIALECT;
    const behaviour = { status, ...(message === undefined ? {} : { message }) };
    return planAnswer({ dialect, request: UNREAD, behaviour, model: '', digest: this.#digest(request) });
  }

  #planKnown(request: MockRequest, dialect: VendorDialect): AnswerPlan {
    const header = headerValue(request.headers, BEHAVIOUR_HEADER);
    const asked: MockBehaviour = {
      ...this.options.defaults,
      ...this.script.take(request),
      ...(header === undefined ? {} : readBehaviourHeader(header)),
    };
    const digest = this.#digest(request);
    if (dialect.endpoint(request) !== 'inference') {
      const isGranted = asked.body === undefined && (asked.status ?? 200) < 400;
      const behaviour = isGranted ? { ...asked, body: this.#sideAnswer(request, dialect, digest) } : asked;
      return planAnswer({ dialect, request: UNREAD, behaviour, model: '', digest });
    }
    const inference = readInference(request, dialect, asked);
    const { model, behaviour } = splitModel(inference.model);
    return planAnswer({ dialect, request: inference, behaviour: { ...asked, ...behaviour }, model, digest });
  }

  /** The answer of what is no inference. */
  #sideAnswer(request: MockRequest, dialect: VendorDialect, digest: string): string {
    const { renderLogin } = dialect;
    if (dialect.endpoint(request) !== 'login' || renderLogin === undefined) {
      return dialect.renderModels(this.options.models);
    }
    return renderLogin(request.body.length === 0 ? {} : parseFormOrBody(request), digest, request);
  }

  #digest(request: MockRequest): string {
    return digestRequest(this.options.seed, request);
  }
}

/** A behaviour that brings its own answer also answers a body that the vendor would refuse. */
function readInference(request: MockRequest, dialect: VendorDialect, asked: MockBehaviour): InferenceRequest {
  try {
    return dialect.readRequest(parseBody(request.body), request);
  } catch (error) {
    const bringsAnswer = asked.replay !== undefined || asked.body !== undefined || (asked.status ?? 200) >= 400;
    const bringsNone = asked.hang === true || asked.resetBeforeHead === true;
    if (error instanceof RequestRefusal && (bringsAnswer || bringsNone)) return UNREAD;
    throw error;
  }
}

function parseFormOrBody({ headers, body }: MockRequest) {
  return isForm(headers) ? Object.fromEntries(new URLSearchParams(body.toString())) : parseBody(body);
}

function parseBody(body: Buffer) {
  let value: unknown;
  try {
    value = JSON.parse(body.toString());
  } catch {
    throw new RequestRefusal('The request body is not valid JSON.');
  }
  if (!isJsonObject(value)) throw new RequestRefusal('The request body is not a JSON object.');
  return value;
}
