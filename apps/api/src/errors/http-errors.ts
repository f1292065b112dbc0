import type { Request, Response } from 'express';
import type { Log } from '../logging/log.js';
import { requestContext } from '../logging/request-context.js';
import { answerUnread } from './answer-unread.js';
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
  const { code } = failure;
  if (code === 'UNAUTHENTICATED') response.setHeader('www-authenticate', 'Bearer realm="portolan"');
  if (STATUS_OF[code] === 503) response.setHeader('retry-after', '5');
  const isGraphql = request.originalUrl.split('?')[0] === '/graphql';
  answerUnread(request, response, {
    status: STATUS_OF[code],
    type: isGraphql ? 'application/json' : 'application/problem+json',
    body: JSON.stringify(isGraphql ? graphqlBody(failure) : problemBody(failure)),
  });
}

/** The body of a failed GraphQL request that never became a query. */
function graphqlBody({ code, message, details }: Failure): object {
  const extensions = { ...details, code, requestId: currentRequestId() };
  return { errors: [{ message, extensions }] };
}

function problemBody({ code, message, details }: Failure): object {
  return {
    type: 'about:blank',
    title: code,
    status: STATUS_OF[code],
    detail: message,
    code,
    requestId: currentRequestId(),
    ...details,
  };
}

function currentRequestId(): string | undefined {
  return requestContext.getStore()?.requestId;
}
