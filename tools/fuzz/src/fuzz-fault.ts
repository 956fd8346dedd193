/** A rule that does not hold. The rule is the same text for every input that breaks it in the same way. */
export class FuzzFault extends Error {
  constructor(
    readonly rule: string,
    detail = '',
  ) {
    super(detail === '' ? rule : `${rule}: ${detail}`);
    this.name = 'FuzzFault';
  }
}

/** @throws FuzzFault unless the condition is true */
export function expectThat(condition: boolean, rule: string, detail?: () => string): asserts condition {
  if (!condition) throw new FuzzFault(rule, detail?.());
}
