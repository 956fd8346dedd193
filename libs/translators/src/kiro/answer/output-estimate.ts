/**
 * Counts an answer for vendors that say only how full the context is. Han characters are worth two thirds of a token, other
 * characters a quarter. Counts over the whole answer, not per piece: rounding many small pieces up counts far too much.
 */
export class OutputEstimate {
  #han = 0;
  #other = 0;
  #jsonBytes = 0;

  addText(text: string): void {
    for (let index = 0; index < text.length; index += 1) {
      const unit = text.charCodeAt(index);
      if (unit >= 0x4e00 && unit <= 0x9fff) this.#han += 1;
      else if (unit < 0xdc00 || unit > 0xdfff) this.#other += 1; // the second half of a pair is no character of its own
    }
  }

  /** Arguments of a tool call. */
  addJson(json: string): void {
    this.#jsonBytes += Buffer.byteLength(json);
  }

  /** At least 1. */
  get tokens(): number {
    const text = Math.floor((2 * this.#han + 2) / 3) + Math.floor((this.#other + 3) / 4);
    return Math.max(1, text + Math.floor((this.#jsonBytes + 3) / 4));
  }
}
