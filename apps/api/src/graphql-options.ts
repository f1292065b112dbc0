import type { ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import type { GraphQLSchema } from 'graphql';
import type { ServerConfig } from './config/config.js';
import { presentGraphqlError } from './errors/graphql-errors.js';
import { toGraphqlError } from './errors/to-graphql-error.js';
import { boundLists } from './limits/bound-lists.js';
import { limitsPlugin } from './limits/limits.plugin.js';
import type { Log } from './logging/log.js';
import { isGiven } from './schema/is-given.js';

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
    transformSchema: (schema) => boundLists(describeRoots(schema)),
    introspection: true,
    graphiql: false,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    includeStacktraceInErrorResponses: false,
    persistedQueries: false,
    parseOptions: { maxLexicalTokens: config.maxQueryTokens },
    // Answers carry no hints for HTTP caches; looking for them costs time at every field.
    plugins: [limitsPlugin(config), drainPlugin(drain), ApolloServerPluginCacheControlDisabled()],
    formatError: (_, error) => presentGraphqlError(toGraphqlError(error), log),
  };
}

/** Nest has no place to say it. */
function describeRoots(schema: GraphQLSchema): GraphQLSchema {
  const roots = [
    [schema.getQueryType(), 'Entry points for reading.'],
    [schema.getMutationType(), 'Entry points for writing.'],
    [schema.getSubscriptionType(), 'Entry points for live updates (graphql-transport-ws).'],
  ] as const;
  for (const [type, description] of roots) if (isGiven(type)) type.description = description;
  return schema;
}

/** Ends what would keep the server from closing its connections. */
function drainPlugin(drain: () => Promise<void>): ApolloServerPlugin {
  return { serverWillStart: () => Promise.resolve({ drainServer: drain }) };
}
