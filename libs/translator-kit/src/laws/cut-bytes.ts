/** Each number is the length of one piece; what is left is the last one. Pieces are copies, so that nobody can look beyond them. */
export function cutBytes(bytes: Buffer, lengths: readonly number[]): readonly Buffer[] {
  const pieces: Buffer[] = [];
  let at = 0;
  for (const length of lengths) {
    pieces.push(Buffer.from(bytes.subarray(at, at + length)));
    at += length;
  }
  return [...pieces, Buffer.from(bytes.subarray(at))];
}
