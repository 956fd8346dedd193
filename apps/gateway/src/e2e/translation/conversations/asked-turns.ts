import type { VendorFormat } from '../vendors.js';

/** One turn of a request as its vendor reads it: which calls it makes and which results it brings. */
export interface AskedTurn {
  readonly role: 'user' | 'assistant';
  /** Ids; names where the format has none. */
  readonly calls: readonly string[];
  readonly results: readonly string[];
}

interface ChatMessage {
  readonly role: string;
  readonly tool_calls?: readonly { readonly id: string }[];
  readonly tool_call_id?: string;
}
interface ResponsesItem {
  readonly type?: string;
  readonly role?: string;
  readonly call_id?: string;
}
interface MessagesBlock {
  readonly type: string;
  readonly id?: string;
  readonly tool_use_id?: string;
}
interface GeminiPart {
  readonly functionCall?: { readonly id?: string; readonly name: string };
  readonly functionResponse?: { readonly id?: string; readonly name: string };
}
interface ConverseBlock {
  readonly toolUse?: { readonly toolUseId: string };
  readonly toolResult?: { readonly toolUseId: string };
}
interface KiroUserMessage {
  readonly userInputMessageContext?: { readonly toolResults?: readonly { readonly toolUseId: string }[] };
}
interface KiroEntry {
  readonly userInputMessage?: KiroUserMessage;
  readonly assistantResponseMessage?: { readonly toolUses?: readonly { readonly toolUseId: string }[] };
}

/** The members that hold a conversation, of all formats; a request has those of its own. */
interface AnyBody {
  readonly messages: readonly unknown[];
  readonly input: readonly ResponsesItem[];
  readonly contents: readonly { readonly role: string; readonly parts: readonly GeminiPart[] }[];
  readonly conversationState: { readonly history?: readonly KiroEntry[]; readonly currentMessage: KiroEntry };
}

const READERS: Readonly<Record<VendorFormat, (body: AnyBody) => readonly AskedTurn[]>> = {
  'openai-chat': ({ messages }) => joined((messages as readonly ChatMessage[]).flatMap(chatTurn)),
  'openai-responses': ({ input }) => joined(input.map(responsesTurn)),
  'anthropic-messages': ({ messages }) =>
    (messages as readonly { role: string; content: string | readonly MessagesBlock[] }[]).map(({ role, content }) => {
      const blocks = typeof content === 'string' ? [] : content;
      return turn(
        role,
        blocks.map(({ id, type }) => (type === 'tool_use' ? id : undefined)),
        blocks.map((block) => block.tool_use_id),
      );
    }),
  gemini: ({ contents }) =>
    contents.map(({ role, parts }) =>
      turn(
        role,
        parts.map(({ functionCall: call }) => call && (call.id ?? call.name)),
        parts.map(({ functionResponse: response }) => response && (response.id ?? response.name)),
      ),
    ),
  'bedrock-converse': ({ messages }) =>
    (messages as readonly { role: string; content: readonly ConverseBlock[] }[]).map(({ role, content }) =>
      turn(
        role,
        content.map(({ toolUse }) => toolUse?.toolUseId),
        content.map(({ toolResult }) => toolResult?.toolUseId),
      ),
    ),
  kiro: ({ conversationState: { history = [], currentMessage } }) => [...history, currentMessage].map(kiroTurn),
};

/** The turns of a request body. Formats in which a turn is several messages have them joined; others as they came. */
export function askedTurns(format: VendorFormat, body: Buffer): readonly AskedTurn[] {
  return READERS[format](JSON.parse(body.toString()) as AnyBody); // what the gateway wrote for this vendor
}

function chatTurn({ role, tool_calls: calls = [], tool_call_id: result }: ChatMessage): readonly AskedTurn[] {
  return role === 'system' || role === 'developer'
    ? []
    : [
        turn(
          role,
          calls.map(({ id }) => id),
          [result],
        ),
      ];
}

function responsesTurn({ type, role, call_id: id }: ResponsesItem): AskedTurn {
  const isCall = type === 'function_call';
  const isOfAssistant = isCall || type === 'reasoning' || role === 'assistant';
  return turn(isOfAssistant ? 'assistant' : 'user', [isCall ? id : undefined], [isCall ? undefined : id]);
}

function kiroTurn({ userInputMessage: user, assistantResponseMessage: assistant }: KiroEntry): AskedTurn {
  if (assistant !== undefined) {
    return turn(
      'assistant',
      (assistant.toolUses ?? []).map(({ toolUseId }) => toolUseId),
      [],
    );
  }
  const results = user?.userInputMessageContext?.toolResults ?? [];
  return turn(
    'user',
    [],
    results.map(({ toolUseId }) => toolUseId),
  );
}

function turn(
  role: string,
  calls: readonly (string | undefined)[],
  results: readonly (string | undefined)[],
): AskedTurn {
  return {
    role: role === 'assistant' || role === 'model' ? 'assistant' : 'user',
    calls: calls.filter((id) => id !== undefined),
    results: results.filter((id) => id !== undefined),
  };
}

function joined(turns: readonly AskedTurn[]): readonly AskedTurn[] {
  const merged: AskedTurn[] = [];
  for (const next of turns) {
    const last = merged.at(-1);
    if (last?.role !== next.role) merged.push(next);
    else
      merged.splice(-1, 1, {
        ...next,
        calls: [...last.calls, ...next.calls],
        results: [...last.results, ...next.results],
      });
  }
  return merged;
}
