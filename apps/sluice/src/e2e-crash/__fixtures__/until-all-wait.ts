import type { GatewayProcess } from './gateway-process.js';

/** Questions after which whatever a gateway had begun is under way: each goes through its event loop. */
const FURTHER_LOOKS = 10;

/** Resolves when each of the gateways has a request that waits. */
export async function untilAllWait(gateways: readonly GatewayProcess[]): Promise<void> {
  for (const { url } of gateways) {
    while ((await inFlight(url)) === 0);
    for (let looks = 0; looks < FURTHER_LOOKS; looks += 1) await inFlight(url);
  }
}

async function inFlight(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const values = text.matchAll(/^sluice_in_flight_requests(?:\{.*\})? (\d+)$/gm);
  return [...values].reduce((sum, [, value]) => sum + Number(value), 0);
}
