import type { IncomingMessage } from 'node:http';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { sendHttpError } from '../errors/http-errors.js';
import { RequestError } from '../errors/request-error.js';
import type { Log } from '../logging/log.js';

/**
 * Whether a request may come from where it comes from. Browsers say which page sent it (Origin); programs say nothing. A
 * page of somebody else must not reach a server on its visitor's machine, by upload or by WebSocket either, which the
 * same-origin policy of browsers lets through.
 */
export function isSameOrigin({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  const { origin, host } = headers;
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  // What a proxy in front was asked for. Pages cannot set this header.
  const asked = [host, headers['x-forwarded-host']];
  return asked.includes(new URL(origin).host);
}

/** Refuses requests of pages that are not ours. */
export function sameOriginOnly(log: Log): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    if (isSameOrigin(request)) {
      next();
      return;
    }
    const error = new RequestError(
      'CROSS_ORIGIN',
      'Pages of other origins may not ask this server.',
    );
    sendHttpError(error, { request, response, log });
  };
}
