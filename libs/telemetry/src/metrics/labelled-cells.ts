/** The cells of one metric, one for each combination of label values. The caller bounds the values. */
export class LabelledCells<Label extends string, Cell> {
  readonly #cells = new Map<string, { readonly labels: Readonly<Record<Label, string>>; readonly cell: Cell }>();

  constructor(private readonly create: () => Cell) {}

  of(labels: Readonly<Record<Label, string>>): Cell {
    const key = JSON.stringify(Object.values(labels)); // callers write the labels of a metric in one order
    let row = this.#cells.get(key);
    if (row === undefined) {
      row = { labels, cell: this.create() };
      this.#cells.set(key, row);
    }
    return row.cell;
  }

  all(): Iterable<{ readonly labels: Readonly<Record<Label, string>>; readonly cell: Cell }> {
    return this.#cells.values();
  }
}
