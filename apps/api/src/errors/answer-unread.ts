import type { IncomingMessage, ServerResponse } from 'node:http';

/** How long the rest of a body is read and thrown away, so that the caller gets to see the answer. */
const LINGER_MS = 2_000;

/** An answer in one piece. */
export interface WholeAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/**
 * Answers a request whose body may not have been read to its end. The connection is then closed, because the rest of the
 * body cannot be told from a next request; but not at once: closing while bytes are coming in resets the connection, and
 * the caller would lose the answer (RFC 9112, section 9.6).
 */
export function answerUnread(
  request: IncomingMessage,
  response: ServerResponse,
  { status, type, body }: WholeAnswer,
): void {
  response.statusCode = status;
  response.setHeader('content-type', `${type}; charset=utf-8`);
  response.setHeader('content-length', Buffer.byteLength(body));
  if (request.complete) {
    response.end(body);
    return;
  }
  response.setHeader('connection', 'close');
  response.write(body);
  const end = (): void => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(end, LINGER_MS);
  request.once('end', end).once('close', end).once('error', end);
  request.resume();
}
