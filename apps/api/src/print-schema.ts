import 'reflect-metadata';
import type { NestApplicationOptions } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { type GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql';
import { AppModule } from './app.module.js';
import { readConfig } from './config/read-config.js';
import { LiveServer } from './live/live-server.js';
import { createLog } from './logging/log.js';
import { declareParameters } from './schema/declare-parameters.js';

/** The schema, without starting anything that it would be served with. */
export async function buildApiSchema(): Promise<GraphQLSchema> {
  const config = { ...readConfig({}), databaseUrl: 'postgresql://nowhere/none' };
  const log = createLog('silent');
  const { signal } = new AbortController();
  const parts = { config, log, live: new LiveServer(config, log), signal };
  // In preview Nest makes no providers: no database is asked for, no worker started.
  const options: Pick<NestApplicationOptions, 'preview' | 'logger'> = {
    preview: true,
    logger: false,
  };
  const app = await NestFactory.create(AppModule.with(parts), options);
  declareParameters(app);
  await app.init();
  return app.get(GraphQLSchemaHost).schema;
}

/** The text of apps/api/schema.graphql. */
export function schemaPage(schema: GraphQLSchema): string {
  return `${HEAD}\n\n${printSchema(lexicographicSortSchema(schema))}\n`;
}

const HEAD =
  '# Generated from the resolvers and models of apps/api/src by `npm run generate`. Sorted by name.';
