import type { MockRequest } from '../mock-request.js';

/** Only this header tells its paths from other vendors'. */
const INTEGRATION = 'copilot-integration-id';

/** Whether a request is meant for GitHub Copilot. */
export function isForCopilot({ headers }: MockRequest): boolean {
  return headers[INTEGRATION] !== undefined;
}
