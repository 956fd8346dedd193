import type { SoakAnswer } from './ask-case.js';
import type { FollowedCase } from './soak-vendor.js';
import type { SoakCase } from './soak-cases.js';

const FINISHES = {
  'openai-chat': { call: 'tool_calls', text: 'stop' },
  'anthropic-messages': { call: 'tool_use', text: 'end_turn' },
} as const;

/** What is wrong with the end of a case; undefined = nothing. */
export function judgeCase(soakCase: SoakCase, answer: SoakAnswer, { calls }: FollowedCase): string | undefined {
  const { faults, ending } = soakCase;
  const expectedCalls = ending === 'answered' ? faults.length + 1 : faults.length;
  const problem =
    calls === expectedCalls ? problemWith(soakCase, answer) : `${calls} calls instead of ${expectedCalls}`;
  return problem === undefined ? undefined : `${JSON.stringify(soakCase)} ${problem}: ${JSON.stringify(answer)}`;
}

function problemWith(soakCase: SoakCase, answer: SoakAnswer): string | undefined {
  switch (soakCase.ending) {
    case 'answered':
      return problemWithAnswer(soakCase, answer);
    case 'refused':
      return answer.error?.name === 'BadRequestError' && answer.error.status === 400
        ? undefined
        : 'is not refused with 400';
    case 'broken': {
      if (answer.error === undefined || answer.error.status !== undefined)
        return 'does not break off inside its stream';
      return answer.text === '' ? 'has no first part' : undefined;
    }
    default:
      return unknownEnding(soakCase.ending);
  }
}

function problemWithAnswer({ client, kind, marker }: SoakCase, answer: SoakAnswer): string | undefined {
  const { text, thinking, calls, finish, error } = answer;
  if (error !== undefined) return 'is not answered';
  if (kind === 'call') {
    const isRight = calls.length === 1 && calls[0] === `look_up {"id":"${marker}"}`;
    return isRight && finish === FINISHES[client].call ? undefined : 'has another call';
  }
  if (calls.length > 0 || finish !== FINISHES[client].text) return 'ends in another way';
  if (thinking.trim() !== (kind === 'thinking' ? `Weighing ${marker}.` : '')) return 'thinks something else';
  if (kind === 'thinking') return text.trim() === `Done: ${marker}.` ? undefined : 'says something else';
  const expected = kind === 'call-result' ? `The tool answered: Found ${marker}` : `You wrote: ${marker}`;
  return text.endsWith(expected) ? undefined : 'says something else';
}

function unknownEnding(ending: never): never {
  throw new TypeError(`unknown ending ${JSON.stringify(ending)}`);
}
