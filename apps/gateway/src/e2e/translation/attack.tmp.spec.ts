/* eslint-disable */
import { openAiChat } from '../../../../../libs/translators/src/openai-chat/format.js';
import { openAiResponses } from '../../../../../libs/translators/src/openai-responses/format.js';
import { anthropicMessages } from '../../../../../libs/translators/src/anthropic-messages/format.js';
import { gemini } from '../../../../../libs/translators/src/gemini/format.js';
import { kiro } from '../../../../../libs/translators/src/kiro/format.js';
import { bedrockConverse } from '../../../../../libs/translators/src/bedrock-converse/format.js';
import { askedTurns } from './conversations/asked-turns.js';
import { wrongWithTurns } from './conversations/what-is-wrong.js';
import { appendFileSync, writeFileSync } from 'node:fs';

const OUT = '/tmp/attack.txt';
writeFileSync(OUT, '');
const log = (s: string) => appendFileSync(OUT, s + '\n');
const PX = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const M: Record<string, string> = { 'openai-chat': 'gpt-4.1', 'openai-responses': 'gpt-5', 'anthropic-messages': 'claude-sonnet-4-5', gemini: 'gemini-3-pro', kiro: 'claude-sonnet-4.5', 'bedrock-converse': 'anthropic.claude-sonnet-4-5-20250929-v1:0' };
const ups: any = { 'openai-chat': openAiChat, 'openai-responses': openAiResponses, 'anthropic-messages': anthropicMessages, gemini, kiro, 'bedrock-converse': bedrockConverse };
const fn = { type: 'function', function: { name: 'f', parameters: { type: 'object', properties: { x: { type: 'string' } } } } };
const ant = { name: 'f', input_schema: { type: 'object', properties: {} } };
const U = (content: any) => ({ role: 'user', content });
const A = (content: any) => ({ role: 'assistant', content });
const chat: Record<string, any> = {
  prediction: { messages: [U('q')], prediction: { type: 'content', content: 'MARK1' } },
  audioOut: { messages: [U('q')], modalities: ['text', 'audio'], audio: { voice: 'MARK1', format: 'wav' } },
  audioHistory: { messages: [U('q'), { role: 'assistant', audio: { id: 'MARK1' } }, U('r')] },
  websearch: { messages: [U('q')], web_search_options: { search_context_size: 'low', user_location: { type: 'approximate', approximate: { city: 'MARK1' } } } },
  allowedTools: { messages: [U('q')], tools: [fn, { type: 'function', function: { name: 'g' } }], tool_choice: { type: 'allowed_tools', allowed_tools: { mode: 'required', tools: [{ type: 'function', function: { name: 'f' } }] } } },
  customGrammar: { messages: [U('q')], tools: [{ type: 'custom', custom: { name: 'MARK1', description: 'MARK2', format: { type: 'grammar', grammar: { syntax: 'lark', definition: 'MARK3' } } } }], tool_choice: { type: 'custom', custom: { name: 'MARK1' } } },
  customHistory: { messages: [U('q'), { role: 'assistant', tool_calls: [{ id: 'c1', type: 'custom', custom: { name: 'MARK1', input: 'MARK2' } }] }, { role: 'tool', tool_call_id: 'c1', content: 'MARK3' }] },
  names: { messages: [{ role: 'user', name: 'MARK1', content: 'q' }, { role: 'assistant', name: 'MARK2', content: 'a' }, { role: 'user', name: 'bob', content: 'MARK3' }] },
  refusalHistory: { messages: [U('q'), { role: 'assistant', content: [{ type: 'refusal', refusal: 'MARK1' }] }, U('MARK2')] },
  logitBias: { messages: [U('q')], logit_bias: { 50256: -100 }, logprobs: true, top_logprobs: 2, seed: 7, n: 2 },
  cacheParts: { messages: [{ role: 'system', content: [{ type: 'text', text: 'MARK1', prompt_cache_breakpoint: { mode: 'explicit' } }] }, U('q')], prompt_cache_options: { mode: 'explicit', ttl: '30m' }, prompt_cache_key: 'MARK2' },
  moderation: { messages: [U('q')], moderation: { model: 'MARK1', policy: { input: { mode: 'block' } } } },
  fileId: { messages: [U([{ type: 'file', file: { file_id: 'MARK1' } }, { type: 'text', text: 'MARK2' }])] },
  video: { messages: [U([{ type: 'video_url', video_url: { url: 'https://MARK1' } }, { type: 'text', text: 'MARK2' }])] },
  legacyFn: { messages: [U('q'), { role: 'assistant', content: null, function_call: { name: 'f', arguments: '{"x":"MARK1"}' } }, { role: 'function', name: 'f', content: 'MARK2' }], functions: [{ name: 'f', parameters: { type: 'object', properties: {} } }], function_call: { name: 'f' } },
  toolImage: { messages: [U('q'), { role: 'assistant', tool_calls: [{ id: 'c1', type: 'function', function: { name: 'f', arguments: '' } }] }, { role: 'tool', tool_call_id: 'c1', content: [{ type: 'text', text: 'MARK1' }, { type: 'image_url', image_url: { url: 'data:image/png;base64,' + PX } }] }], tools: [fn] },
  verbosity: { messages: [U('q')], verbosity: 'low', store: true, metadata: { a: 'MARK1' }, service_tier: 'flex', safety_identifier: 'MARK2' },
  developerMid: { messages: [U('q'), A('a'), { role: 'developer', content: 'MARK1' }, U('MARK2')] },
  emptyAssistant: { messages: [U('q'), A(''), U('MARK1')] },
  noUser: { messages: [{ role: 'system', content: 'MARK1' }] },
  orphanTool: { messages: [U('q'), { role: 'tool', tool_call_id: 'zz', content: 'MARK1' }, U('MARK2')] },
  unansweredCall: { messages: [U('q'), { role: 'assistant', tool_calls: [{ id: 'c1', type: 'function', function: { name: 'f', arguments: '{"x":"MARK1"}' } }] }, U('MARK2')], tools: [fn] },
};
const FC = (id: string, args = '{}') => ({ type: 'function_call', call_id: id, name: 'f', arguments: args });
const rf = { type: 'function', name: 'f', parameters: { type: 'object', properties: {} }, strict: false };
const item = (...x: any[]) => ({ input: [U('q'), ...x, U('MARK9')] });
const responses: Record<string, any> = {
  shell: item({ type: 'shell_call', call_id: 'c', action: { commands: ['MARK1'] }, status: 'completed' }, { type: 'shell_call_output', call_id: 'c', output: [{ stdout: 'MARK2', stderr: '', outcome: { type: 'exit', exit_code: 0 } }] }),
  localShell: item({ type: 'local_shell_call', id: 'l', call_id: 'c', action: { type: 'exec', command: ['MARK1'], env: {} }, status: 'completed' }, { type: 'local_shell_call_output', id: 'l', output: 'MARK2' }),
  applyPatch: item({ type: 'apply_patch_call', call_id: 'c', operation: { type: 'create_file', path: 'MARK1', diff: 'x' }, status: 'completed' }, { type: 'apply_patch_call_output', call_id: 'c', status: 'completed', output: 'MARK2' }),
  computer: item({ type: 'computer_call', id: 'i', call_id: 'c', action: { type: 'click', x: 1, y: 2, button: 'left' }, pending_safety_checks: [], status: 'completed' }, { type: 'computer_call_output', call_id: 'c', output: { type: 'computer_screenshot', image_url: 'https://MARK1' } }),
  mcp: item({ type: 'mcp_list_tools', id: 'm', server_label: 's', tools: [] }, { type: 'mcp_call', id: 'x', name: 'n', arguments: '{}', server_label: 's', output: 'MARK1' }, { type: 'mcp_approval_response', approval_request_id: 'r', approve: true }),
  compaction: item({ type: 'compaction', id: 'c', encrypted_content: 'MARK1' }),
  toolSearch: item({ type: 'tool_search_call', id: 't', call_id: 'c', execution: 'client', arguments: {} }, { type: 'tool_search_output', call_id: 'c', execution: 'client', tools: [] }),
  codeInt: item({ type: 'code_interpreter_call', id: 'c', code: 'MARK1', container_id: 'x', outputs: [{ type: 'logs', logs: 'MARK2' }], status: 'completed' }),
  imageGen: item({ type: 'image_generation_call', id: 'g', result: PX, status: 'completed' }),
  fileSearch: item({ type: 'file_search_call', id: 'g', queries: ['MARK1'], status: 'completed', results: [] }),
  customOut: { input: [U('q'), { type: 'custom_tool_call', call_id: 'c', name: 'MARK1', input: 'MARK2' }, { type: 'custom_tool_call_output', call_id: 'c', output: [{ type: 'input_text', text: 'MARK3' }] }], tools: [{ type: 'custom', name: 'MARK1', format: { type: 'text' } }] },
  fcoImage: { input: [U('q'), FC('c'), { type: 'function_call_output', call_id: 'c', output: [{ type: 'input_image', image_url: 'data:image/png;base64,' + PX }, { type: 'input_text', text: 'MARK1' }, { type: 'input_file', filename: 'a.pdf', file_data: 'data:application/pdf;base64,JVBERi0=' }] }], tools: [rf] },
  tools: { input: 'q', tools: [rf, { type: 'shell', environment: { type: 'local' } }, { type: 'apply_patch' }, { type: 'web_search', filters: { allowed_domains: ['MARK1'] } }, { type: 'code_interpreter', container: { type: 'auto' } }, { type: 'mcp', server_label: 's', server_url: 'https://x' }, { type: 'image_generation' }, { type: 'file_search', vector_store_ids: ['v'] }, { type: 'tool_search' }, { type: 'computer' }, { type: 'programmatic_tool_calling' }] },
  namespace: { input: 'q', tools: [{ type: 'namespace', name: 'MARK1', description: 'd', tools: [{ type: 'function', name: 'MARK2', parameters: {}, strict: null }] }], tool_choice: { type: 'shell' } },
  deferred: { input: 'q', tools: [{ ...rf, defer_loading: true, output_schema: { type: 'object' }, allowed_callers: ['programmatic'] }], max_tool_calls: 3, truncation: 'auto', context_management: [{ type: 'compaction', compact_threshold: 1000 }] },
  fileUrl: { input: [U([{ type: 'input_file', file_url: 'https://MARK1/a.pdf' }, { type: 'input_image', file_id: 'file-MARK2', detail: 'low' }, { type: 'input_text', text: 'MARK3' }])] },
  reasoningCfg: { input: 'q', reasoning: { effort: 'xhigh', summary: 'detailed', context: 'all' }, text: { verbosity: 'high', format: { type: 'json_schema', name: 'MARK1', schema: { type: 'object', properties: {} }, strict: true } }, include: ['reasoning.encrypted_content', 'message.output_text.logprobs'], top_logprobs: 3 },
  choiceMcp: { input: 'q', tools: [rf, { type: 'mcp', server_label: 's', server_url: 'https://x' }], tool_choice: { type: 'mcp', server_label: 's' } },
  phase: { input: [U('q'), { type: 'message', role: 'assistant', id: 'msg_1', status: 'completed', phase: 'commentary', content: [{ type: 'output_text', text: 'MARK1', annotations: [{ type: 'url_citation', url: 'https://a', title: 't', start_index: 0, end_index: 1 }] }] }, U('MARK2')] },
  program: item({ type: 'program', id: 'p', call_id: 'c', code: 'MARK1' }, { type: 'program_output', call_id: 'c', output: 'MARK2' }),
  additionalTools: item({ type: 'additional_tools', role: 'developer', tools: [rf] }),
};
const AU = (...c: any[]) => U(c);
const tu = (id: string, input: any = {}) => ({ type: 'tool_use', id, name: 'f', input });
const tr = (id: string, content: any, more = {}) => ({ type: 'tool_result', tool_use_id: id, content, ...more });
const anthropic: Record<string, any> = {
  searchResult: { messages: [AU({ type: 'search_result', source: 'https://MARK1', title: 'MARK2', content: [{ type: 'text', text: 'MARK3' }], citations: { enabled: true } }, { type: 'text', text: 'q' })] },
  docText: { messages: [AU({ type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'MARK1' }, title: 'MARK2', context: 'MARK3', citations: { enabled: true } }, { type: 'text', text: 'q' })] },
  docContent: { messages: [AU({ type: 'document', source: { type: 'content', content: [{ type: 'text', text: 'MARK1' }, { type: 'image', source: { type: 'base64', media_type: 'image/png', data: PX } }] } }, { type: 'text', text: 'q' })] },
  containerUpload: { messages: [AU({ type: 'container_upload', file_id: 'MARK1' }, { type: 'text', text: 'q' })] },
  toolReference: { messages: [AU({ type: 'text', text: 'q' }), A([tu('t1')]), AU(tr('t1', [{ type: 'tool_reference', tool_name: 'MARK1' }, { type: 'text', text: 'MARK2' }]))], tools: [ant] },
  toolResultDoc: { messages: [AU({ type: 'text', text: 'q' }), A([tu('t1')]), AU(tr('t1', [{ type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: 'JVBERi0=' } }, { type: 'search_result', source: 's', title: 't', content: [{ type: 'text', text: 'MARK1' }] }], { is_error: true }))], tools: [ant] },
  emptyResult: { messages: [AU({ type: 'text', text: 'q' }), A([tu('t1')]), AU(tr('t1', undefined))], tools: [ant] },
  serverTools: { messages: [U('q')], tools: [ant, { type: 'bash_20250124', name: 'bash' }, { type: 'text_editor_20250728', name: 'str_replace_based_edit_tool', max_characters: 100 }, { type: 'memory_20250818', name: 'memory' }, { type: 'web_search_20260318', name: 'web_search', allowed_domains: ['MARK1'] }, { type: 'web_fetch_20260318', name: 'web_fetch' }, { type: 'code_execution_20260120', name: 'code_execution' }, { type: 'tool_search_tool_bm25_20251119', name: 'tool_search_tool_bm25' }] },
  clientToolHistory: { messages: [U('q'), A([{ type: 'tool_use', id: 't1', name: 'bash', input: { command: 'MARK1' } }]), AU(tr('t1', 'MARK2'))], tools: [{ type: 'bash_20250124', name: 'bash' }] },
  serverHistory: { messages: [U('q'), A([{ type: 'server_tool_use', id: 'srvtoolu_01', name: 'web_fetch', input: { url: 'https://MARK1' } }, { type: 'web_fetch_tool_result', tool_use_id: 'srvtoolu_01', content: { type: 'web_fetch_result', url: 'https://MARK1', content: { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'MARK2' } } } }, { type: 'text', text: 'MARK3' }]), U('MARK4')] },
  outputConfig: { messages: [U('q')], output_config: { effort: 'high', format: { type: 'json_schema', schema: { type: 'object', properties: {}, additionalProperties: false } } } },
  inferenceGeo: { messages: [U('q')], inference_geo: 'MARK1', container: 'MARK2', service_tier: 'standard_only', metadata: { user_id: 'MARK3' }, cache_control: { type: 'ephemeral', ttl: '1h' } },
  betweenTools: { messages: [U('q')], thinking: { type: 'between_tools' }, max_tokens: 4000 },
  adaptive: { messages: [U('q')], thinking: { type: 'adaptive', display: 'omitted' }, output_config: { effort: 'max' }, max_tokens: 4000 },
  toolOpts: { messages: [U('q')], tools: [{ ...ant, strict: true, input_examples: [{ x: 1 }], defer_loading: true, allowed_callers: ['direct'], eager_input_streaming: true }], tool_choice: { type: 'tool', name: 'f', disable_parallel_tool_use: true } },
  systemMid: { messages: [U('q'), A('a'), { role: 'system', content: 'MARK1' }, U('MARK2')] },
  prefill: { messages: [U('q'), A('MARK1')] },
  citationsHistory: { messages: [U('q'), A([{ type: 'text', text: 'MARK1', citations: [{ type: 'char_location', cited_text: 'c', document_index: 0, document_title: null, start_char_index: 0, end_char_index: 1 }] }]), U('MARK2')] },
  fileImage: { messages: [AU({ type: 'image', source: { type: 'file', file_id: 'MARK1' } }, { type: 'text', text: 'MARK2' })] },
  stringArgs: { messages: [U('q'), A([tu('t1', 'MARK1')]), AU(tr('t1', 'x'))], tools: [ant] },
};
const P = (...parts: any[]) => ({ role: 'user', parts });
const Mo = (...parts: any[]) => ({ role: 'model', parts });
const gem: Record<string, any> = {
  codeHistory: { contents: [P({ text: 'q' }), Mo({ executableCode: { language: 'PYTHON', code: 'MARK1' } }, { codeExecutionResult: { outcome: 'OUTCOME_OK', output: 'MARK2' } }, { text: 'MARK3' }), P({ text: 'MARK4' })] },
  toolCallServer: { contents: [P({ text: 'q' }), Mo({ toolCall: { toolType: 'GOOGLE_SEARCH_WEB', id: '1', args: { q: 'MARK1' } } }, { toolResponse: { toolType: 'GOOGLE_SEARCH_WEB', id: '1', response: { r: 'MARK2' } } }, { text: 'a' }), P({ text: 'MARK3' })] },
  youtube: { contents: [P({ fileData: { fileUri: 'https://www.youtube.com/watch?v=MARK1', mimeType: 'video/mp4' }, videoMetadata: { startOffset: '1s' } }, { text: 'MARK2' })] },
  ytNoMime: { contents: [P({ fileData: { fileUri: 'https://www.youtube.com/watch?v=MARK1' } }, { text: 'MARK2' })] },
  videoInline: { contents: [P({ inlineData: { mimeType: 'video/mp4', data: 'AAAA' } }, { text: 'MARK2' })] },
  fnMedia: { contents: [P({ text: 'q' }), Mo({ functionCall: { id: 'a', name: 'f', args: {} } }), P({ functionResponse: { id: 'a', name: 'f', response: { output: 'MARK1' }, parts: [{ inlineData: { mimeType: 'image/png', data: PX } }] } })] },
  fnWill: { contents: [P({ text: 'q' }), Mo({ functionCall: { name: 'f', args: {} } }), P({ functionResponse: { name: 'f', response: { result: 'MARK1' }, willContinue: true, scheduling: 'SILENT' } }), P({ functionResponse: { name: 'f', response: { result: 'MARK2' } } })] },
  tools: { contents: [P({ text: 'q' })], tools: [{ functionDeclarations: [{ name: 'f', parametersJsonSchema: { type: 'object' }, responseJsonSchema: { type: 'object' }, behavior: 'NON_BLOCKING' }] }, { googleSearch: {} }, { googleMaps: {} }, { urlContext: {} }, { codeExecution: {} }, { fileSearch: { fileSearchStoreNames: ['x'] } }, { computerUse: { environment: 'ENVIRONMENT_BROWSER' } }, { mcpServers: [{ name: 'm' }] }] },
  toolConfig: { contents: [P({ text: 'q' })], tools: [{ functionDeclarations: [{ name: 'f' }, { name: 'g' }] }], toolConfig: { functionCallingConfig: { mode: 'VALIDATED', allowedFunctionNames: ['f'] }, retrievalConfig: { latLng: { latitude: 1, longitude: 2 } }, includeServerSideToolInvocations: true } },
  genCfg: { contents: [P({ text: 'q' })], generationConfig: { responseModalities: ['TEXT', 'IMAGE'], speechConfig: { voiceConfig: {} }, imageConfig: { aspectRatio: '1:1' }, mediaResolution: 'MEDIA_RESOLUTION_LOW', audioTimestamp: true, responseMimeType: 'text/x.enum', responseSchema: { type: 'STRING', enum: ['A', 'B'] }, routingConfig: {} } },
  schemaAny: { contents: [P({ text: 'q' })], generationConfig: { responseMimeType: 'application/json', responseSchema: { type: 'OBJECT', properties: { a: { type: 'STRING', nullable: true, format: 'enum', enum: ['MARK1'] } }, propertyOrdering: ['a'], required: ['a'] } } },
  safety: { contents: [P({ text: 'q' })], safetySettings: [{ category: 'HARM_CATEGORY_HARASSMENT', threshold: 'BLOCK_NONE' }], labels: { a: 'MARK1' }, cachedContent: 'cachedContents/MARK2', store: false, serviceTier: 'flex' },
  thinking: { contents: [P({ text: 'q' })], generationConfig: { thinkingConfig: { thinkingLevel: 'MINIMAL', includeThoughts: true } } },
  partRes: { contents: [P({ inlineData: { mimeType: 'image/png', data: PX }, mediaResolution: { level: 'MEDIA_RESOLUTION_HIGH' } }, { text: 'q', partMetadata: { a: 'MARK1' } })] },
  stringContents: { contents: [{ parts: [{ text: 'MARK1' }] }, { parts: [{ text: 'MARK2' }] }] },
  audio: { contents: [P({ inlineData: { mimeType: 'audio/wav', data: 'AAAA' } }, { text: 'MARK1' })] },
  modelLast: { contents: [P({ text: 'q' }), Mo({ text: 'MARK1' })] },
  heic: { contents: [P({ inlineData: { mimeType: 'image/heic', data: 'AAAA' } }, { text: 'MARK1' })] },
  candidates: { contents: [P({ text: 'q' })], generationConfig: { candidateCount: 3, responseLogprobs: true, logprobs: 5, stopSequences: ['a', 'b', 'c', 'd', 'e'], topK: 40, presencePenalty: 1 } },
};
const suites: any = { 'openai-chat': [openAiChat, chat, '/v1/chat/completions'], 'openai-responses': [openAiResponses, responses, '/v1/responses'], 'anthropic-messages': [anthropicMessages, anthropic, '/v1/messages'], gemini: [gemini, gem, '/v1beta/models/m:generateContent'] };
it('attack', () => {
  for (const [client, [format, cases, path]] of Object.entries<any>(suites)) for (const [name, members] of Object.entries<any>(cases)) {
    const body = { ...(client === 'gemini' ? {} : { model: 'm' }), ...(client === 'anthropic-messages' ? { max_tokens: 100 } : {}), ...members };
    let request: any;
    try { request = format.client.translation.decodeRequest({ path, query: '', body: Buffer.from(JSON.stringify(body)) }); } catch (e: any) { log(`${client}.${name} DECODE ${e.constructor.name} ${e.kind ?? ''} ${e.message}`); continue; }
    const markers = [...new Set(JSON.stringify(body).match(/MARK\d/g) ?? [])];
    for (const [up, f] of Object.entries<any>(ups)) {
      const ctx = { requestId: 'r', createdAtSeconds: 1, requestedModel: 'm', upstreamModel: M[up], clientFormat: client, dialect: {} };
      try {
        const { call, warnings } = f.upstream.translation.encodeRequest({ ...request, model: M[up] }, ctx);
        const text = call.body.toString();
        const lost = markers.filter((m) => !text.includes(m));
        let wrong: any = [];
        try { wrong = wrongWithTurns(askedTurns(up as any, call.body)); } catch (e: any) { wrong = ['turns? ' + e.message]; }
        log(`${client}.${name} → ${up}${lost.length ? ' LOST ' + lost : ''}${lost.length && !warnings.length ? ' SILENT' : ''}${wrong.length ? ' WRONG ' + wrong.join('; ') : ''} | ${warnings.map((w: any) => `${w.effect} ${w.path}: ${w.message}`).join(' || ')}`);
        log(`    ${text.slice(0, 900)}`);
      } catch (e: any) { log(`${client}.${name} → ${up} ${e.kind === undefined ? 'THROW ' + e.stack : 'refused ' + e.kind + ' ' + e.message}`); }
    }
  }
});
