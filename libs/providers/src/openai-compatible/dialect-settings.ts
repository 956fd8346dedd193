import { z } from 'zod';

/** The words of `reasoning_effort` that some server or other knows. */
const EFFORTS = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'] as const;

/**
 * How a server differs from OpenAI, as the wire format reads it when a request is translated (requests of OpenAI's own clients
 * pass through as they are), and how it is addressed. All are absent by default: the dialect's answer counts, else what every
 * imitation understands.
 */
export const dialectSettings = {
  streamUsage: z
    .boolean()
    .optional()
    .describe('Ask for usage at the end of a stream; off for servers that refuse it. Absent = ask.'),
  maxTokensField: z
    .enum(['max_tokens', 'max_completion_tokens'])
    .optional()
    .describe('Where the limit of the answer stands. Absent = by the name of the model.'),
  developerRole: z
    .boolean()
    .optional()
    .describe('Call system messages developer; false = never, not even a client’s own. Absent = by the model’s name.'),
  systemPosition: z
    .enum(['any', 'first'])
    .optional()
    .describe('Where system messages are taken; first = later ones are given to the user. Absent = any.'),
  sendReasoningBack: z
    .enum(['never', 'tool-loop', 'always'])
    .optional()
    .describe('In which messages of the history the server wants its reasoning back. Absent = never.'),
  reasoningField: z
    .enum(['reasoning_content', 'reasoning'])
    .optional()
    .describe('What that reasoning is called in requests. Absent = reasoning_content.'),
  reasoningEffort: z
    .union([z.boolean(), z.array(z.enum(EFFORTS)).min(1)])
    .optional()
    .describe('The words of reasoning_effort that are taken; true = low, medium, high. Absent = by the model’s name.'),
  reasoningSwitch: z
    .enum(['thinking', 'enable_thinking'])
    .optional()
    .describe('The member that switches thinking on and off, where there are no efforts. Absent = there is none.'),
  thinkTags: z
    .boolean()
    .optional()
    .describe('Read <think>…</think> at the beginning of an answer as reasoning, where answers are translated.'),
  toolImages: z
    .boolean()
    .optional()
    .describe('Leave images in tool messages. Absent = they move to the user’s next message.'),
  toolIds: z
    .enum(['any', 'nine-alphanumerics'])
    .optional()
    .describe('Which ids of tool calls are taken; others are replaced. Absent = any.'),
  nullContent: z
    .boolean()
    .optional()
    .describe('Whether content: null is taken beside tool calls; false = send "". Absent = it is.'),
  cacheControl: z.boolean().optional().describe('Send cache_control at messages and tools. Absent = it is left out.'),
  topK: z.boolean().optional().describe('Whether top_k is taken. Absent = it is left out.'),
  authHeader: z
    .string()
    .regex(/^[A-Za-z0-9-]+$/, { error: 'must be the name of a header' })
    .optional()
    .describe('The header that holds the bare key. Absent = Authorization: Bearer.'),
  apiVersion: z.string().min(1).optional().describe('The parameter api-version of every call, as Azure wants it.'),
  deploymentPath: z
    .boolean()
    .optional()
    .describe('Put /deployments/<model> before the endpoint, as Azure’s dated APIs want it.'),
};

export type DialectSettings = z.infer<z.ZodObject<typeof dialectSettings>>;
