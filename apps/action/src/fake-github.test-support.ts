import { FakeHttpServer, json, type Reply } from '../../../test/support/fake-http-server.js';

/** A comment of the pull request. */
export interface FakeComment {
  readonly id: number;
  readonly user: { readonly login: string; readonly type: string };
  body: string;
}

/** As much of GitHub's REST API as comments on pull request 7 of shop/deploy need, in pages of 100. */
export class FakeGithub {
  comments: FakeComment[] = [];
  /** Login of the token, when it may ask. */
  login: string | null = null;
  /** Answers that come first, by method; `null` = as usual. */
  readonly interruptions = new Map<string, (Reply | null)[]>();
  #nextId = 1;

  private constructor(readonly server: FakeHttpServer) {}

  static async start(): Promise<FakeGithub> {
    const github = new FakeGithub(await FakeHttpServer.start());
    github.server.reply((response, asked) => {
      github.#reply(asked.method, new URL(asked.path, 'http://x'), asked.body)(response, asked);
    });
    return github;
  }

  add(body: string, login = 'somebody', type = 'User'): FakeComment {
    const comment = { id: this.#nextId++, user: { login, type }, body };
    this.comments.push(comment);
    return comment;
  }

  /** Methods that were asked for, without those that only look. */
  changes(): string[] {
    return this.server.asked.map(({ method }) => method).filter((method) => method !== 'GET');
  }

  #reply(method: string, { pathname, searchParams }: URL, body: Buffer): Reply {
    const interruption = this.interruptions.get(method)?.shift();
    if (interruption != null) return interruption;
    if (pathname === '/user')
      return this.login === null ? FORBIDDEN : json(200, { login: this.login });
    if (pathname === '/repos/shop/deploy/issues/7/comments') {
      if (method === 'POST') return json(201, this.add(textOf(body), 'github-actions[bot]', 'Bot'));
      const page = Number(searchParams.get('page') ?? 1);
      const size = Number(searchParams.get('per_page') ?? 30);
      return json(200, this.comments.slice((page - 1) * size, page * size));
    }
    const [, id] = /^\/repos\/shop\/deploy\/issues\/comments\/(\d+)$/.exec(pathname) ?? [];
    const comment = this.comments.find((one) => one.id === Number(id));
    if (comment === undefined) return json(404, { message: 'Not Found' });
    if (method === 'PATCH') comment.body = textOf(body);
    if (method === 'DELETE') this.comments = this.comments.filter((one) => one !== comment);
    return method === 'DELETE' ? (response) => void response.writeHead(204).end() : json(200, {});
  }
}

/** What a token of a workflow for a fork is told. */
export const FORBIDDEN = json(403, { message: 'Resource not accessible by integration' });

/** GitHub changes line ends. */
function textOf(body: Buffer): string {
  const { body: text } = JSON.parse(body.toString()) as { readonly body: string };
  return text.replaceAll('\n', '\r\n');
}
