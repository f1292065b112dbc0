import { normalize } from 'node:path/posix';
import { ActionError } from './action-error.js';
import type { ActionEnvironment } from './config/read-environment.js';

const COMMENTS = ['on-change', 'on-opened', 'always', 'never'] as const;
const COMMENT_MODES = ['update', 'recreate', 'new'] as const;

/** When a comment is written. */
export type CommentWhen = (typeof COMMENTS)[number];
/** What becomes of the comment of an earlier run. */
export type CommentMode = (typeof COMMENT_MODES)[number];

/** What the workflow asks for; empty texts are null. */
export interface ActionInputs {
  readonly basePath: string | null;
  readonly headPath: string;
  /** Folders inside base and head, each with a review of its own. */
  readonly paths: readonly string[];
  readonly cluster: string | null;
  readonly serverUrl: string | null;
  readonly token: string | null;
  readonly render: string | null;
  readonly overlay: string | null;
  readonly prunesFolder: boolean;
  readonly failOn: string | null;
  readonly warnOn: string | null;
  readonly minSeverity: string | null;
  readonly exceptionsFile: string | null;
  readonly invariantsFile: string | null;
  readonly configFile: string | null;
  readonly comment: CommentWhen;
  readonly commentMode: CommentMode;
  readonly sarifFile: string | null;
  readonly hasAnnotations: boolean;
  readonly githubToken: string | null;
}

/** Where exceptions are looked for when nobody says. */
export const USUAL_EXCEPTIONS = '.portolan/exceptions.yaml';
/** Where invariants are looked for when nobody says. */
export const USUAL_INVARIANTS = '.portolan/invariants.yaml';
/** Where settings are looked for when nobody says. */
export const USUAL_CONFIG = '.portolan/config.yaml';

/** Reads the inputs. @throws ActionError */
export function readInputs({ input }: Pick<ActionEnvironment, 'input'>): ActionInputs {
  const text = (name: string): string | null => input(name) || null;
  const inputs: ActionInputs = {
    basePath: text('base-path'),
    headPath: text('head-path') ?? '.',
    paths: readPaths(input('paths')),
    cluster: text('cluster'),
    serverUrl: text('server-url'),
    token: text('token'),
    render: text('render'),
    overlay: text('overlay'),
    prunesFolder: truth('prune-folder', input('prune-folder'), false),
    failOn: text('fail-on'),
    warnOn: text('warn-on'),
    minSeverity: text('min-severity'),
    exceptionsFile: text('exceptions-file'),
    invariantsFile: text('invariants-file'),
    configFile: text('config-file'),
    comment: word('comment', input('comment'), COMMENTS, 'on-change'),
    commentMode: word('comment-mode', input('comment-mode'), COMMENT_MODES, 'update'),
    sarifFile: text('sarif-file'),
    hasAnnotations: truth('annotations', input('annotations'), true),
    githubToken: text('github-token'),
  };
  if (inputs.basePath === null && inputs.serverUrl === null)
    throw new ActionError(
      'base-path is required without server-url: check the base out beside the head (actions/checkout with `ref: ${{ github.event.pull_request.base.sha }}` and `path: base`) and give its folder',
    );
  if (inputs.token !== null && inputs.serverUrl === null)
    throw new ActionError('token is for a server: give server-url');
  return inputs;
}

/** A path a line, or several joined by commas. */
function readPaths(text: string): string[] {
  const paths = text
    .split(/[\n,]/)
    .map((path) => path.trim())
    .filter((path) => path !== '')
    .map((path) => normalize(path).replace(/(?<=.)\/$/, ''));
  const wrong = paths.find((path) => path.startsWith('/') || path.split('/').includes('..'));
  if (wrong !== undefined)
    throw new ActionError(`paths: ${wrong} must be a folder inside base and head`);
  return paths.length === 0 ? ['.'] : [...new Set(paths)];
}

function word<Word extends string>(
  name: string,
  text: string,
  words: readonly Word[],
  usual: Word,
): Word {
  if (text === '') return usual;
  const found = words.find((known) => known === text);
  if (found !== undefined) return found;
  throw new ActionError(`${name}: there is no ${text}; there are ${words.join(', ')}`);
}

function truth(name: string, text: string, usual: boolean): boolean {
  return word(name, text.toLowerCase(), ['true', 'false'], usual ? 'true' : 'false') === 'true';
}
