import 'reflect-metadata';
import { Controller, Module, Post, Req, Res } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter, type NestExpressApplication } from '@nestjs/platform-express';
import { StablePrototypeExpressAdapter } from '@sluice/express-adapter';
import type { Request, Response } from 'express';
import { UndiciRelay } from './undici-relay.js';

/**
 * The same relay as `bare`, behind a Nest controller. `stable` runs it on our adapter, `plain` on Nest's own, as the contrast.
 * Usage: node nest-shell.js <port> <upstream port> <stable | plain>
 */
const [port, upstreamPort, adapterName] = process.argv.slice(2);

@Controller()
class RelayController {
  constructor(private readonly relay: UndiciRelay) {}

  @Post(['v1/chat/completions', 'v1/messages'])
  handle(@Req() request: Request, @Res() response: Response): void {
    this.relay.handle(request, response);
  }
}

@Module({
  controllers: [RelayController],
  providers: [{ provide: UndiciRelay, useFactory: () => new UndiciRelay(Number(upstreamPort)) }],
})
class RelayModule {}

const adapter = adapterName === 'stable' ? new StablePrototypeExpressAdapter() : new ExpressAdapter();
const application = await NestFactory.create<NestExpressApplication>(RelayModule, adapter, {
  bodyParser: false,
  logger: ['error', 'warn'],
});
await application.listen(Number(port), '127.0.0.1');
