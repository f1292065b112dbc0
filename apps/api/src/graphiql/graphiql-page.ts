import { FIRST_QUERY } from './first-query.js';

/** No script in the page itself, so that the content security policy need not allow any. */
export const GRAPHIQL_PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Portolan</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="/graphiql/graphiql.css" />
    <style>body { margin: 0 } #graphiql { height: 100vh }</style>
  </head>
  <body>
    <div id="graphiql">Loading …</div>
    <script src="/graphiql/react.js"></script>
    <script src="/graphiql/react-dom.js"></script>
    <script src="/graphiql/graphiql.js"></script>
    <script src="/graphiql/start.js"></script>
  </body>
</html>
`;

const HELP = `# Who can reach which port? Press the play button, or Ctrl-Enter.
#
# When the server wants a token, put it into the tab "Headers" below:
#   { "Authorization": "Bearer …" }

`;

/** Headers are sent with subscriptions too, as parameters of the connection. */
export const GRAPHIQL_SCRIPT = `'use strict';
const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
const fetcher = GraphiQL.createFetcher({
  url: '/graphql',
  subscriptionUrl: scheme + '//' + location.host + '/graphql',
});
const element = React.createElement(GraphiQL, {
  fetcher,
  defaultQuery: ${JSON.stringify(HELP + FIRST_QUERY + '\n')},
  defaultEditorToolsVisibility: 'headers',
  isHeadersEditorEnabled: true,
  shouldPersistHeaders: false,
});
ReactDOM.createRoot(document.getElementById('graphiql')).render(element);
`;
