import { withoutMember } from '@sluice/streaming';

const MEMBER = 'additionalModelRequestFields';

/** What the vendor says where a model, a plan or a host does not take them; the second form names what is inside. */
const REFUSAL = /additionalModelRequestFields|\boutput_config\b|\breasoning\.effort\b|\bthinking\.(?:type|display)\b/i;

/** Whether a refusal is about the members by which a model is asked to think. */
export function refusesModelFields(text: string): boolean {
  return REFUSAL.test(text);
}

/** The body without the members by which a model is asked to think; undefined = it has none. */
export function withoutModelFields(body: Buffer): Buffer | undefined {
  const without = withoutMember(body, MEMBER);
  return without === body ? undefined : without;
}
