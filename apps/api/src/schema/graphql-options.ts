import type { ApolloServerPlugin } from '@apollo/server';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import type { ServerConfig } from '../config/config.js';
import { presentGraphqlError } from '../errors/graphql-errors.js';
import { toGraphqlError } from '../errors/to-graphql-error.js';
import { limitsPlugin } from '../limits/limits.plugin.js';
import type { Log } from '../logging/log.js';

/** How the schema is made and served. Subscriptions are served by LiveServer. */
export function graphqlOptions(
  config: ServerConfig,
  { log, drain }: { readonly log: Log; readonly drain: () => Promise<void> },
): ApolloDriverConfig {
  return {
    driver: ApolloDriver,
    path: '/graphql',
    autoSchemaFile: true,
    sortSchema: true,
    introspection: true,
    graphiql: false,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    includeStacktraceInErrorResponses: false,
    persistedQueries: false,
    parseOptions: { maxTokens: config.maxQueryTokens },
    plugins: [limitsPlugin(config), drainPlugin(drain)],
    formatError: (_, error) => presentGraphqlError(toGraphqlError(error), log),
  };
}

/** Ends what would keep the server from closing its connections. */
function drainPlugin(drain: () => Promise<void>): ApolloServerPlugin {
  return { serverWillStart: () => Promise.resolve({ drainServer: drain }) };
}
