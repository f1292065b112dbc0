import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { CAVEATS_PATH } from '../docs/docs.controller.js';
import { sendHttpError } from '../errors/http-errors.js';
import { RequestError } from '../errors/request-error.js';
import { isGraphiqlRequest } from '../graphiql/graphiql.middleware.js';
import type { Log } from '../logging/log.js';
import { requestContext } from '../logging/request-context.js';
import { identify } from './tokens.js';

const OPEN = new Set(['/livez', '/readyz', CAVEATS_PATH]);

/** Refuses requests without a known token, before any of their body is read. Health, documentation and GraphiQL's pages are open. */
export function authenticate(tokenDigests: readonly Buffer[], log: Log): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    if (OPEN.has(request.path) || isGraphiqlRequest(request)) {
      next();
      return;
    }
    const actor = identify(request.get('authorization'), tokenDigests);
    const context = requestContext.getStore();
    if (actor === null) {
      sendHttpError(unauthenticated(), { request, response, log });
      return;
    }
    if (context !== undefined) context.actor = actor;
    next();
  };
}

/** The same answer whatever was wrong with the token. */
function unauthenticated(): RequestError {
  return new RequestError(
    'UNAUTHENTICATED',
    'Send a token that this server knows: `Authorization: Bearer …`',
  );
}
