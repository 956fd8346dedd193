const MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** The body without a UTF-8 byte order mark, which some editors write and `JSON.parse` refuses. Copies nothing. */
export function withoutByteOrderMark(body: Buffer): Buffer {
  return body[0] === MARK[0] && body.subarray(0, MARK.length).equals(MARK) ? body.subarray(MARK.length) : body;
}
