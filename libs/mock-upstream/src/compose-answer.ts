import type { MockBehaviour } from './behaviour.js';
import { countWords } from './count-words.js';
import { numberedPieces } from './numbered-pieces.js';
import { requestedToolCalls } from './requested-tool-calls.js';
import type { InferenceRequest, MockAnswer } from './vendor-dialect.js';

/** The model that answers with numbered pieces even when none were asked for. */
export const BENCH_MODEL = 'bench';

/** What `bench` reports as input: its prompt is not read. */
const BENCH_INPUT_WORDS = 10;

/** How much of a prompt is repeated. */
const MAX_ECHO_CHARACTERS = 2_000;

/** What an answer is made from. */
export interface AnswerSource {
  readonly request: InferenceRequest;
  readonly behaviour: MockBehaviour;
  /** The model's plain name. */
  readonly model: string;
  readonly digest: string;
}

/** Makes the answer: the same for the same source. @throws BehaviourError when more numbered text is asked than allowed */
export function composeAnswer({ request, behaviour, model, digest }: AnswerSource): MockAnswer {
  const isNumbered = behaviour.chunks !== undefined || behaviour.chunkBytes !== undefined || model === BENCH_MODEL;
  const base = { digest, model, wantsUsage: request.wantsUsage };
  if (isNumbered && behaviour.text === undefined) {
    const pieces = numberedPieces({ ...behaviour, stamp: request.stream && behaviour.stamp === true });
    const input = model === BENCH_MODEL ? BENCH_INPUT_WORDS : request.words;
    return { ...base, pieces, toolCalls: [], finish: 'stop', usage: { input, output: pieces.length } };
  }
  const toolCalls = behaviour.text === undefined ? requestedToolCalls(request) : [];
  if (toolCalls.length > 0) {
    const output = toolCalls.reduce((sum, call) => sum + 1 + countWords(call.argumentsJson), 0);
    return { ...base, pieces: [], toolCalls, finish: 'tool-calls', usage: { input: request.words, output } };
  }
  const words = splitWords(behaviour.text ?? demonstrationText(request));
  const pieces = words.slice(0, request.maxWords);
  const finish = pieces.length < words.length ? 'length' : 'stop';
  return { ...base, pieces, toolCalls, finish, usage: { input: request.words, output: pieces.length } };
}

/** What the demo account says: first of all, what it is. */
function demonstrationText(request: InferenceRequest): string {
  const introduction = "This is Sluice's demo account: no model is asked, and usage is counted in words.";
  if (request.toolResult !== undefined) return `${introduction} The tool answered: ${excerpt(request.toolResult)}`;
  if (request.prompt === '') return `${introduction} You wrote nothing.`;
  return `${introduction} You wrote: ${excerpt(request.prompt)}`;
}

function excerpt(text: string): string {
  if (text.length <= MAX_ECHO_CHARACTERS) return text;
  return `${text.slice(0, MAX_ECHO_CHARACTERS).replace(/[\uD800-\uDBFF]$/, '')} …`; // no half of a surrogate pair
}

/** A piece per word, with the white space before it; what is left at the end is a piece of its own. */
function splitWords(text: string): string[] {
  return text.match(/\s*\S+|\s+$/g) ?? [];
}
