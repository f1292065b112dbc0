import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import {
  execute,
  type ExecutionArgs,
  type FormattedExecutionResult,
  type GraphQLSchema,
  subscribe,
} from 'graphql';
import type { Context, ServerOptions } from 'graphql-ws';
import { type Extra, useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { isSameOrigin } from '../auth/same-origin.js';
import { identify } from '../auth/tokens.js';
import type { ServerConfig } from '../config/config.js';
import { presentGraphqlError } from '../errors/graphql-errors.js';
import type { Log } from '../logging/log.js';
import { ANONYMOUS, type RequestContext, requestContext } from '../logging/request-context.js';
import { prepareOperation } from './prepare-operation.js';

const PATH = '/graphql';
/** A query and its variables; uploads go by HTTP. */
const MAX_MESSAGE_BYTES = 1024 * 1024;

type LiveContext = Context<Record<string, unknown>, Extra & { actor?: string }>;
type LiveOptions = ServerOptions<Record<string, unknown>, Extra & { actor?: string }>;

/** graphql-ws has a type of its own for what `execute` gives. */
type LiveResult = Parameters<NonNullable<LiveOptions['onNext']>>[4];

/**
 * Serves GraphQL over WebSocket at /graphql, with the same tokens and limits as over HTTP. The token comes in `connection_init` as
 * `authorization`, or as a header. Protocol graphql-transport-ws:
 * https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md
 */
export class LiveServer {
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES });
  #dispose: (() => void | Promise<void>) | null = null;

  constructor(
    private readonly config: ServerConfig,
    private readonly log: Log,
  ) {}

  /** Takes over the connections of an HTTP server that ask to become WebSockets. */
  attach(server: Server, schema: GraphQLSchema): void {
    this.#dispose = useServer(this.#options(schema), this.#sockets).dispose;
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      const refusal = this.#refusalOf(request);
      if (refusal !== null) {
        socket.end(`HTTP/1.1 ${refusal}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
        return;
      }
      this.#sockets.handleUpgrade(request, socket, head, (client) => {
        this.#sockets.emit('connection', client, request);
      });
    });
  }

  #refusalOf(request: IncomingMessage): string | null {
    if (request.url?.split('?')[0] !== PATH) return '404 Not Found';
    return isSameOrigin(request, this.config) ? null : '403 Forbidden';
  }

  /** Says goodbye to everybody. */
  async close(): Promise<void> {
    await this.#dispose?.();
    this.#dispose = null;
  }

  #options(schema: GraphQLSchema): LiveOptions {
    return {
      onConnect: (context) => {
        const actor = identify(authorizationOf(context), this.config.tokenDigests);
        if (actor !== null) context.extra.actor = actor;
        return actor !== null;
      },
      onSubscribe: ({ subscriptions }, _id, payload) =>
        prepareOperation(payload, {
          schema,
          limits: this.config,
          open: Object.keys(subscriptions).length,
        }),
      execute: (args) => within(args, () => execute(args)),
      subscribe: (args) => within(args, () => subscribe(args)),
      context: ({ extra }): RequestContext => ({
        requestId: randomUUID(),
        actor: extra.actor ?? ANONYMOUS,
        signal: null,
      }),
      onError: (_context, _id, _payload, errors) =>
        errors.map((error) => presentGraphqlError(error, this.log)),
      onNext: (_context, _id, _payload, args, result) => within(args, () => this.#present(result)),
    };
  }

  #present(result: LiveResult): FormattedExecutionResult {
    const { data = null, errors } = result;
    if (errors === undefined) return { data };
    return { data, errors: errors.map((error) => presentGraphqlError(error, this.log)) };
  }
}

function authorizationOf({ connectionParams, extra }: LiveContext): string | undefined {
  // Clients send it as they would write the header.
  const given = Object.entries(connectionParams ?? {}).find(
    ([name]) => name.toLowerCase() === 'authorization',
  )?.[1];
  return typeof given === 'string' ? given : extra.request.headers.authorization;
}

/** The GraphQL context of an operation here is its RequestContext. */
function within<T>({ contextValue }: ExecutionArgs, work: () => T): T {
  return requestContext.run(contextValue as RequestContext, work);
}
