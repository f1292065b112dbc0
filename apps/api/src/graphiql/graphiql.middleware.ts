import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { GRAPHIQL_PAGE, GRAPHIQL_SCRIPT } from './graphiql-page.js';

const FOLDER = '/graphiql/';

interface Asset {
  readonly type: string;
  readonly load: () => string | Buffer;
}

const require = createRequire(import.meta.url);

/** Everything that the page needs comes from our own packages: it works without the internet, and nobody else is told. */
const ASSETS: Readonly<Record<string, Asset>> = {
  'graphiql.css': fromPackage('graphiql', 'graphiql.min.css', 'text/css'),
  'graphiql.js': fromPackage('graphiql', 'graphiql.min.js', 'text/javascript'),
  'react.js': fromPackage('react', 'umd/react.production.min.js', 'text/javascript'),
  'react-dom.js': fromPackage('react-dom', 'umd/react-dom.production.min.js', 'text/javascript'),
  'start.js': { type: 'text/javascript', load: () => GRAPHIQL_SCRIPT },
};

/** Whether a request is for the page or a part of it: a browser that opens /graphql, without a query. */
export function isGraphiqlRequest({ method, path, query, headers }: Request): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  if (path.startsWith(FOLDER)) return true;
  const isPage = path === '/graphql' && query.query === undefined;
  return isPage && (headers.accept ?? '').includes('text/html');
}

/** Serves the page at GET /graphql to browsers, and its parts. */
export function graphiql(): RequestHandler {
  const loaded = new Map<string, string | Buffer>();
  return (request: Request, response: Response, next: NextFunction) => {
    if (!isGraphiqlRequest(request)) {
      next();
      return;
    }
    if (request.path === '/graphql') {
      response.setHeader('cache-control', 'no-cache');
      response.vary('accept').type('text/html').send(GRAPHIQL_PAGE);
      return;
    }
    const name = request.path.slice(FOLDER.length);
    const asset = Object.hasOwn(ASSETS, name) ? ASSETS[name] : undefined;
    if (asset === undefined) {
      next();
      return;
    }
    const content = loaded.get(name) ?? asset.load();
    loaded.set(name, content);
    response.setHeader('cache-control', 'public, max-age=3600');
    response.type(asset.type).send(content);
  };
}

function fromPackage(name: string, file: string, type: string): Asset {
  return {
    type,
    load: () => readFileSync(join(dirname(require.resolve(`${name}/package.json`)), file)),
  };
}
