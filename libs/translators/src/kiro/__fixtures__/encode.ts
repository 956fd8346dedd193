import type { CanonicalRequest } from '@sluice/core';
import type { TranslationContext } from '@sluice/translator-kit';
import { encodeRequest } from '../request/encode-request.js';
import type { KiroRequest, ToolSpecification, UserInput } from '../wire-types.js';
import { contextOf, requestOf } from './requests.js';

/** A request as the vendor gets it, taken apart. */
export function encode(members: Partial<CanonicalRequest> = {}, context: Partial<TranslationContext> = {}) {
  const { call, warnings } = encodeRequest(requestOf(members), contextOf(context));
  const body = JSON.parse(call.body.toString()) as KiroRequest;
  const { history = [], currentMessage } = body.conversationState;
  const [first] = history;
  return {
    body,
    warnings,
    history,
    current: currentMessage.userInputMessage,
    /** What leads the history where there is something to say. */
    system: first !== undefined && 'userInputMessage' in first ? first.userInputMessage.content : '',
  };
}

/** The tools of a message, without cache points. */
export function specsOf({ userInputMessageContext }: UserInput): readonly ToolSpecification[] {
  const tools = userInputMessageContext?.tools ?? [];
  return tools.flatMap((entry) => ('toolSpecification' in entry ? [entry.toolSpecification] : []));
}
