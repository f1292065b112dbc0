import 'reflect-metadata';
import type { Server } from 'node:http';
import type { NestApplicationOptions } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import type { NestExpressApplication } from '@nestjs/platform-express';
import express from 'express';
import helmet from 'helmet';
import { AppModule } from './app.module.js';
import { authenticate } from './auth/authenticate.middleware.js';
import { sameOriginOnly } from './auth/same-origin.js';
import type { ServerConfig } from './config/config.js';
import { graphiql } from './graphiql/graphiql.middleware.js';
import { bodyDeadline } from './limits/body-deadline.middleware.js';
import { LiveServer } from './live/live-server.js';
import { createLog, type Log } from './logging/log.js';
import { NestLogger } from './logging/nest-logger.js';
import { requestLog } from './logging/request-log.middleware.js';
import { declareParameters } from './schema/declare-parameters.js';

/** Escaping may double the text of manifests inside JSON, and there is a query around it. */
const JSON_OVERHEAD = 2;
const JSON_EXTRA_BYTES = 256 * 1024;
/** Idle times that the body of a query may take in all. */
const BODY_PATIENCE = 10;

/**
 * The server, ready to `listen()`: its database is up to date, its workers answer. `close()` ends all of it.
 * `signal` ends the waiting of the start. What a failed start made is gone again.
 * @throws StoreError UNAVAILABLE without a database, and what workers or modules throw when they cannot start.
 */
export async function createApp(
  config: ServerConfig,
  log: Log = createLog(config.logLevel),
  signal: AbortSignal = new AbortController().signal,
): Promise<NestExpressApplication> {
  const live = new LiveServer(config, log);
  const options: Pick<NestApplicationOptions, 'bodyParser' | 'logger' | 'abortOnError'> = {
    bodyParser: false,
    logger: new NestLogger(log),
    abortOnError: false,
  };
  const module = AppModule.with({ config, log, live, signal });
  const app = await NestFactory.create<NestExpressApplication>(module, options);
  declareParameters(app);
  useMiddleware(app, config, log);
  const server: Server = app.getHttpServer();
  // A large upload takes as long as it takes; bodies have deadlines of their own.
  server.requestTimeout = 0;
  try {
    await app.init();
    live.attach(server, app.get(GraphQLSchemaHost).schema);
    return app;
  } catch (error) {
    await app.close();
    throw error;
  }
}

/** In the order in which a request passes them. */
function useMiddleware(app: NestExpressApplication, config: ServerConfig, log: Log): void {
  app.disable('x-powered-by');
  // Answers are not to be cached by others: hashing them would be for nothing.
  app.disable('etag');
  app.use(requestLog(log));
  app.use(
    helmet({ contentSecurityPolicy: CONTENT_SECURITY_POLICY, strictTransportSecurity: false }),
  );
  app.use(sameOriginOnly(config, log));
  app.use(authenticate(config.tokenDigests, log));
  app.use(graphiql());
  const limit = config.maxInlineBytes * JSON_OVERHEAD + JSON_EXTRA_BYTES;
  app.use(
    '/graphql',
    bodyDeadline(config.uploadIdleSeconds * BODY_PATIENCE * 1000),
    express.json({ limit }),
  );
}

/** The page may load our scripts and ask our server, and nothing else. Its editor writes styles of its own. */
const CONTENT_SECURITY_POLICY = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:'],
    fontSrc: ["'self'", 'data:'],
    connectSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
};
