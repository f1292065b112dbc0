import type { Request, Response } from 'express';
import type { Log } from '../logging/log.js';
import { requestContext } from '../logging/request-context.js';
import { describeFailure, OUR_FAULT } from './describe-failure.js';
import { type Failure, STATUS_OF } from './error-code.js';

/** Answers a request that failed: as GraphQL at /graphql, as a problem (RFC 9457) elsewhere. Our bugs are logged. */
export function sendHttpError(
  error: unknown,
  { request, response, log }: { request: Request; response: Response; log: Log },
): void {
  const failure = describeFailure(error);
  if (OUR_FAULT.has(failure.code)) log.error({ err: error }, 'a request failed');
  if (response.headersSent) {
    // An answer that has begun can only be cut off: the caller must not take it for whole.
    response.destroy();
    return;
  }
  if (request.path === '/graphql') sendGraphqlFailure(response, failure);
  else sendProblem(response, failure);
}

/** The body of a failed GraphQL request that never became a query. */
function sendGraphqlFailure(response: Response, { code, message, details }: Failure): void {
  const extensions = { ...details, code, requestId: currentRequestId() };
  prepare(response, code).json({ errors: [{ message, extensions }] });
}

function sendProblem(response: Response, { code, message, details }: Failure): void {
  prepare(response, code)
    .type('application/problem+json')
    .send(
      JSON.stringify({
        type: 'about:blank',
        title: code,
        status: STATUS_OF[code],
        detail: message,
        code,
        requestId: currentRequestId(),
        ...details,
      }),
    );
}

function prepare(response: Response, code: Failure['code']): Response {
  if (code === 'UNAUTHENTICATED') response.setHeader('www-authenticate', 'Bearer realm="portolan"');
  if (STATUS_OF[code] === 503) response.setHeader('retry-after', '5');
  return response.status(STATUS_OF[code]);
}

function currentRequestId(): string | undefined {
  return requestContext.getStore()?.requestId;
}
