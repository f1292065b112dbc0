import type { ApolloServerPlugin } from '@apollo/server';
import { OperationTypeNode } from 'graphql';
import { type ErrorCode, STATUS_OF } from '../errors/error-code.js';
import { RequestError } from '../errors/request-error.js';
import { checkQuery, type QueryLimits } from './check-query.js';

const BY_WEBSOCKET = new RequestError(
  'BAD_REQUEST',
  'Subscriptions are served by WebSocket at this address, by the protocol graphql-transport-ws.',
);

/** Refuses queries over the limits, and gives requests that were not run the HTTP status of their error. */
export function limitsPlugin(limits: QueryLimits): ApolloServerPlugin {
  return {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation: ({ schema, document, operation, request }) => {
          const variables = request.variables ?? {};
          if (operation?.operation === OperationTypeNode.SUBSCRIPTION) throw BY_WEBSOCKET;
          // Without an operation Apollo refuses the request itself.
          if (operation !== undefined)
            checkQuery({ schema, document, operation, variables }, limits);
          return Promise.resolve();
        },
        willSendResponse: ({ response: { body, http } }) => {
          if (body.kind === 'single' && !('data' in body.singleResult)) {
            const code = body.singleResult.errors?.[0]?.extensions?.code;
            const status = STATUS_OF[code as ErrorCode] as number | undefined;
            // 405 and the like are Apollo's own.
            if (status !== undefined && http.status !== 405) http.status = status;
          }
          return Promise.resolve();
        },
      }),
  };
}
