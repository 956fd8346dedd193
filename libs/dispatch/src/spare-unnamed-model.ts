import type { UpstreamFailure } from '@sluice/core';
import type { FailedReply } from '@sluice/provider-kit';
import { parseErrorBody } from '@sluice/translator-kit';

/** What vendors call a model, in messages and in codes such as `model_not_found` and `DeploymentNotFound`. */
const MODEL_WORD = /model|deployment/i;

/**
 * A 404 may also be of a file or an earlier answer that only this request names: then the model is there for everybody else, and
 * nobody rests. Another account is asked all the same, because it may be the owner. An answer that is no error of an API, as of a
 * wrong address, still counts against the model.
 * @param model the vendor's id
 */
export function spareUnnamedModel(
  failure: UpstreamFailure,
  reply: FailedReply | undefined,
  model: string,
): UpstreamFailure {
  const { error, blame } = failure;
  if (error.kind !== 'upstream_not_found' || blame !== 'model' || reply === undefined) return failure;
  if (parseErrorBody(reply.body) === undefined) return failure;
  const words = [error.message, error.upstream?.code ?? '', error.upstream?.param ?? ''];
  const isNamed = words.some((word) => MODEL_WORD.test(word) || word.includes(model));
  return isNamed ? failure : { ...failure, blame: 'request' };
}
