/** A request as bytes. Gemini and Bedrock carry the model and the stream flag in the path, so the path belongs to it. */
export interface WireCall {
  /** The path of the client's route, without the query (`/v1/messages`). */
  readonly path: string;
  /** The query with its leading `?`, or the empty string. */
  readonly query: string;
  readonly body: Buffer;
}
