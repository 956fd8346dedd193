import http from 'node:http';
import https from 'node:https';
import { ExpressAdapter } from '@nestjs/platform-express';
import { bornWith } from './born-with.js';

type ServerSettings = Parameters<ExpressAdapter['initHttpServer']>[0];

/** The two prototypes that an Express application gives to every request and response. */
interface ExpressPrototypes {
  request: object;
  response: object;
}

/**
 * Nest's Express adapter on a server whose requests and responses are born with Express's prototypes.
 *
 * Express calls `Object.setPrototypeOf` on both objects of every request, which throws away V8's shapes for all code after
 * it, node's own included. Where the prototype already is the wanted one the call does nothing.
 * Everything else is Nest's adapter: https, `forceCloseConnections`, `return503OnClosing`, upgrades, mounted applications.
 *
 * A server that somebody else made (our application mounted in a host) simply works without the gain.
 *
 * @example NestFactory.create(AppModule, new StablePrototypeExpressAdapter(), { bodyParser: false })
 */
export class StablePrototypeExpressAdapter extends ExpressAdapter {
  override initHttpServer(settings: ServerSettings): void {
    super.initHttpServer(settings); // for its middleware; its server is never bound and is replaced here
    const classes = this.#giveBirthClasses();
    const application = this.getInstance<http.RequestListener>();
    this.httpServer = settings?.httpsOptions
      ? https.createServer({ ...settings.httpsOptions, ...classes }, application)
      : http.createServer(classes, application);
    if (settings?.forceCloseConnections) this.#trackConnections();
  }

  #giveBirthClasses(): Required<Pick<http.ServerOptions, 'IncomingMessage' | 'ServerResponse'>> {
    const prototypes = this.getInstance<ExpressPrototypes>();
    const IncomingMessage = bornWith(http.IncomingMessage, prototypes.request);
    const ServerResponse = bornWith<typeof http.ServerResponse>(http.ServerResponse, prototypes.response);
    prototypes.request = IncomingMessage.prototype;
    prototypes.response = ServerResponse.prototype;
    return { IncomingMessage, ServerResponse };
  }

  #trackConnections(): void {
    // Nest's tracking listens on the server object that existed when it was called, and is private: called again for ours.
    (this as unknown as { trackOpenConnections(): void }).trackOpenConnections();
  }
}
