import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Log } from './log.js';
import { ANONYMOUS, requestContext } from './request-context.js';

/** Ids that callers may give themselves, to find their request again. */
const GIVEN_ID = /^[\w.:-]{1,128}$/;
/** Asked every few seconds by whoever watches over the process. */
const PROBES = new Set(['/livez', '/readyz']);

/** Gives each request an id, answers with it, and logs one line when the answer has gone. */
export function requestLog(log: Log): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    const given = request.get('x-request-id');
    const requestId = given !== undefined && GIVEN_ID.test(given) ? given : randomUUID();
    response.setHeader('x-request-id', requestId);
    const begin = performance.now();
    const { method, path } = request;
    const left = new AbortController();
    response.once('close', () => {
      const ms = Math.round(performance.now() - begin);
      const line = { requestId, method, path, status: response.statusCode, ms };
      const wasCut = !response.writableFinished;
      if (wasCut) left.abort();
      log[PROBES.has(path) ? 'debug' : 'info'](line, wasCut ? 'request was cut off' : 'request');
    });
    requestContext.run({ requestId, actor: ANONYMOUS, signal: left.signal }, next);
  };
}
