import { spawn } from 'node:child_process';

/**
 * Opens a page with the person's browser, if there is one. The address is on the screen anyway, so a failure says nothing. Vendors
 * name the pages: what is none of the web (a file, another program's scheme) stays on the screen.
 */
export function openBrowser(address: string, start: typeof spawn = spawn): void {
  const page = URL.canParse(address) ? new URL(address) : undefined;
  if (page?.protocol !== 'https:' && page?.protocol !== 'http:') return;
  const [command, ...parameters] = openerOf(process.platform);
  const child = start(command, [...parameters, page.href], { stdio: 'ignore', detached: true });
  child.on('error', () => {}); // no such program: see above
  child.unref();
}

function openerOf(platform: NodeJS.Platform): readonly [string, ...string[]] {
  switch (platform) {
    case 'darwin':
      return ['open'];
    case 'win32':
      return ['rundll32', 'url.dll,FileProtocolHandler']; // without a shell, which would read the address
    default:
      return ['xdg-open'];
  }
}
