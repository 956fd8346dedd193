/** Why the listener could not be opened, and what to do. */
export function explainListenError(error: unknown, host: string, port: number): string {
  const code = (error as NodeJS.ErrnoException).code; // node's listen errors carry one
  if (code === 'EADDRINUSE')
    return `${host}:${port} is in use. Stop the other process, or choose another port with --port.`;
  if (code === 'EACCES') return `${host}:${port} may not be used by this user. Choose a port above 1023 with --port.`;
  if (code === 'EADDRNOTAVAIL') return `${host} is no address of this machine. Choose another with --host.`;
  return `cannot listen on ${host}:${port} (${code ?? String(error)}).`;
}
