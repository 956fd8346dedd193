import type Anthropic from '@anthropic-ai/sdk';
import type { Content } from '@google/genai';
import type OpenAI from 'openai';
import type { ResponseInputItem } from 'openai/resources/responses/responses';
import { anthropicClient, openAiClient } from '../../harness/format-client.js';
import { googleClient } from '../sdk-clients.js';
import type { ClientFormat } from '../vendors.js';

/** What an agent has of one turn. */
export interface AgentTurn {
  readonly text: string;
  readonly calls: readonly AgentCall[];
}

export interface AgentCall {
  readonly id: string;
  readonly name: string;
}

/** An agent that keeps what it was answered as its SDK gave it, and sends all of it with the next request. */
export interface Conversation {
  /** Asks a model, and keeps the answer. */
  ask(model: string): Promise<AgentTurn>;
  /** Keeps what the tools answered to the calls of the last turn. */
  giveResults(calls: readonly AgentCall[]): void;
}

const QUESTION = 'When is high water?';
const RESULT = 'noon';
const MAX_TOKENS = 4_096;

const PARAMETERS = { type: 'object' as const, properties: { port: { type: 'string' } } };
const TOOLS = ['get_tide', 'list_ports'].map((name) => ({ name, description: `Does ${name}.` }));

/** Begins a conversation as the official SDK of a format has it. */
export const CONVERSATIONS: Readonly<Record<ClientFormat, (url: string) => Conversation>> = {
  'openai-chat': chatConversation,
  'openai-responses': responsesConversation,
  'anthropic-messages': messagesConversation,
  gemini: geminiConversation,
};

function chatConversation(url: string): Conversation {
  const messages: OpenAI.ChatCompletionMessageParam[] = [{ role: 'user', content: QUESTION }];
  const tools = TOOLS.map((tool) => ({ type: 'function' as const, function: { ...tool, parameters: PARAMETERS } }));
  return {
    ask: async (model) => {
      const answer = await openAiClient(url).chat.completions.create({ model, messages, tools });
      const message = answer.choices[0]?.message;
      if (message === undefined) return { text: '', calls: [] };
      messages.push(message);
      const calls = (message.tool_calls ?? []).flatMap((call) =>
        call.type === 'function' ? [{ id: call.id, name: call.function.name }] : [],
      );
      return { text: message.content ?? '', calls };
    },
    giveResults: (calls) =>
      void messages.push(...calls.map(({ id }) => ({ role: 'tool' as const, tool_call_id: id, content: RESULT }))),
  };
}

function responsesConversation(url: string): Conversation {
  const input: ResponseInputItem[] = [{ role: 'user', content: QUESTION }];
  const tools = TOOLS.map((tool) => ({
    ...tool,
    type: 'function' as const,
    parameters: PARAMETERS,
    strict: false,
  }));
  return {
    ask: async (model) => {
      const { output, output_text: text } = await openAiClient(url).responses.create({
        model,
        input,
        tools,
        store: false,
        include: ['reasoning.encrypted_content'],
      });
      // what a response has in its output may stand in the input of the next, as the vendor's guide says
      input.push(...(output as ResponseInputItem[]));
      const calls = output.flatMap((item) =>
        item.type === 'function_call' ? [{ id: item.call_id, name: item.name }] : [],
      );
      return { text, calls };
    },
    giveResults: (calls) =>
      void input.push(
        ...calls.map(({ id }) => ({ type: 'function_call_output' as const, call_id: id, output: RESULT })),
      ),
  };
}

function messagesConversation(url: string): Conversation {
  const messages: Anthropic.MessageParam[] = [{ role: 'user', content: QUESTION }];
  const tools = TOOLS.map((tool) => ({ ...tool, input_schema: PARAMETERS }));
  return {
    ask: async (model) => {
      const thinking = { type: 'enabled', budget_tokens: 1_024 } as const;
      const call = { model, max_tokens: MAX_TOKENS, messages, tools, thinking };
      const { content } = await anthropicClient(url).messages.create(call);
      messages.push({ role: 'assistant', content });
      return {
        text: content.map((block) => (block.type === 'text' ? block.text : '')).join(''),
        calls: content.flatMap((block) => (block.type === 'tool_use' ? [{ id: block.id, name: block.name }] : [])),
      };
    },
    giveResults: (calls) =>
      void messages.push({
        role: 'user',
        content: calls.map(({ id }) => ({ type: 'tool_result' as const, tool_use_id: id, content: RESULT })),
      }),
  };
}

function geminiConversation(url: string): Conversation {
  const contents: Content[] = [{ role: 'user', parts: [{ text: QUESTION }] }];
  const functionDeclarations = TOOLS.map((tool) => ({ ...tool, parametersJsonSchema: PARAMETERS }));
  return {
    ask: async (model) => {
      const config = { tools: [{ functionDeclarations }] };
      const answer = await googleClient(url).models.generateContent({ model, contents, config });
      const content = answer.candidates?.[0]?.content ?? { parts: [] };
      contents.push(content);
      const parts = content.parts ?? [];
      return {
        text: parts.map(({ text, thought }) => (thought === true ? '' : (text ?? ''))).join(''),
        calls: parts.flatMap(({ functionCall: call }) =>
          call === undefined ? [] : [{ id: call.id ?? '', name: call.name ?? '' }],
        ),
      };
    },
    giveResults: (calls) =>
      void contents.push({
        role: 'user',
        parts: calls.map(({ id, name }) => ({
          functionResponse: { ...(id !== '' && { id }), name, response: { result: RESULT } },
        })),
      }),
  };
}
