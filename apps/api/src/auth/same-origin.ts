import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Config } from '../config/config.js';
import { isLoopback } from '../config/loopback.js';
import { sendHttpError } from '../errors/http-errors.js';
import { RequestError } from '../errors/request-error.js';
import type { Log } from '../logging/log.js';

type AskedNames = Pick<Config, 'host' | 'publicHosts'>;

/**
 * Whether a request may come from where it comes from. Browsers say which page sent it (Origin); programs say nothing. A
 * page of somebody else must not reach a server on its visitor's machine, by upload or by WebSocket either, which the
 * same-origin policy of browsers lets through; nor by a name of its own that leads to this machine (DNS rebinding), which
 * browsers take for its own server.
 */
export function isSameOrigin(
  { headers }: Pick<IncomingMessage, 'headers'>,
  names: AskedNames,
): boolean {
  const { origin, host, 'x-forwarded-host': forwarded } = headers;
  if (host !== undefined && !isNameOfOurs(host, names)) return false;
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  const page = new URL(origin).host;
  // What a proxy in front was asked for counts where we know to be served under that name.
  return page === host || (page === forwarded && names.publicHosts.includes(hostnameOf(page)));
}

/** A server for this machine only, or with names of its own, answers to no others. */
function isNameOfOurs(asked: string, { host, publicHosts }: AskedNames): boolean {
  if (!isLoopback(host) && publicHosts.length === 0) return true;
  const name = hostnameOf(asked);
  // An address is no name that somebody could lead here; probes ask by it.
  return isLoopback(name) || isIP(name) !== 0 || publicHosts.includes(name);
}

/** Without the port and the brackets of IPv6. */
function hostnameOf(host: string): string {
  const address = `http://${host}`;
  return URL.canParse(address) ? new URL(address).hostname.replace(/^\[|\]$/g, '') : '';
}

/** Refuses requests of pages that are not ours. */
export function sameOriginOnly(names: AskedNames, log: Log): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    if (isSameOrigin(request, names)) {
      next();
      return;
    }
    const error = new RequestError(
      'CROSS_ORIGIN',
      'Pages of other origins may not ask this server, nor may it be asked by a name that is not in PORTOLAN_HOSTS.',
    );
    sendHttpError(error, { request, response, log });
  };
}
