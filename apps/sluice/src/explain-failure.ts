/** Node's own errors carry a code, and a sentence that names the file. */
function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && 'syscall' in error;
}

/** Errors of ours whose message is a sentence for the operator; by name, because plug-ins bring their own. */
const FOR_OPERATORS: ReadonlySet<string> = new Set([
  'CredentialStoreError',
  'FileLockError',
  'GatewayError',
  'LoginFailure',
  'LoginFileError',
  'NoFreeAccountError',
]);

/** What to tell the operator of a failed command. @throws the error itself where it is a defect of ours */
export function explainFailure(error: unknown): string {
  if (isSystemError(error)) return error.message;
  if (error instanceof Error && FOR_OPERATORS.has(error.name)) return error.message;
  throw error;
}
