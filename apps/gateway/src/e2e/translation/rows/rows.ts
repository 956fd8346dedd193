/** How many tricky cases of translation are known, numbered from 1. A test that shows one has `row <number>` in its title. */
export const ROW_COUNT = 134;

/** Cases whose test has a title without a number. Files from the root of the repository. */
export const SHOWN_BY: readonly { readonly row: number; readonly file: string; readonly title: string }[] = [
  {
    row: 125,
    file: 'apps/gateway/src/e2e/usage.spec.ts',
    title: 'is what the vendor had said when the client left',
  },
];

/** Cases that cannot come up yet. */
export const NOT_APPLICABLE: readonly {
  readonly rows: readonly number[];
  readonly reason: string;
  /** What makes them come up once it is there. */
  readonly until: string;
}[] = [
  {
    rows: [43, 44],
    reason: 'GitHub Copilot’s header that says who began a request: it is not among the providers.',
    until: 'libs/providers/src/copilot',
  },
];
