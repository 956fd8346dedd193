/** How many tricky cases of translation are known, numbered from 1. A test that shows one has `row <number>` in its title. */
export const ROW_COUNT = 134;

const INITIATOR_SPEC = 'libs/providers/src/copilot/requests/initiator.spec.ts';

/** Cases whose test has a title without a number. Files from the root of the repository. */
export const SHOWN_BY: readonly { readonly row: number; readonly file: string; readonly title: string }[] = [
  { row: 43, file: INITIATOR_SPEC, title: 'the result of a tool' },
  { row: 44, file: INITIATOR_SPEC, title: 'a second question' },
  {
    row: 125,
    file: 'apps/gateway/src/e2e/usage.spec.ts',
    title: 'is what the vendor had said when the client left',
  },
];
