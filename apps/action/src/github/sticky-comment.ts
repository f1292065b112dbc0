import type { CommentMode } from '../read-inputs.js';
import { type GithubApi, GithubError } from './github-api.js';

/** A comment as GitHub lists it; bodies come back with their line ends changed. */
interface IssueComment {
  readonly id: number;
  readonly body?: string | null;
  readonly user?: { readonly login?: string; readonly type?: string } | null;
}

/** A comment that is to be there. */
export interface WantedComment {
  /** First line, by which a later run finds it. */
  readonly marker: string;
  readonly body: string;
  /** Whether it is to be written when there is none yet. One that is there is never left to say what is no longer so. */
  readonly isWanted: boolean;
  readonly mode: CommentMode;
}

const PER_PAGE = 100;
/** A pull request with more comments gets a new one. */
const MAX_PAGES = 100;
/** Tries of a new comment of which nobody knows whether it was written. */
const CREATE_ATTEMPTS = 3;

/** Comments of one pull request that this program wrote. */
export class StickyComments {
  #author: Promise<string | null> | null = null;

  constructor(
    private readonly api: GithubApi,
    private readonly repository: string,
    private readonly pullRequest: number,
  ) {}

  /** Sees to it that the comment is there as it is wanted. @throws GithubError */
  async put({ marker, body, isWanted, mode }: WantedComment): Promise<void> {
    const all = await this.#list();
    const earlier = await this.#ours(all, marker);
    const [last] = earlier;
    if (last === undefined || mode === 'new') {
      if (isWanted) await this.#create(body, all);
      return;
    }
    if (mode === 'recreate' && isWanted) {
      // The new one first: should anything go wrong now, there are two and not none.
      await this.#create(body, all);
      for (const { id } of earlier) await this.#change('DELETE', id, null);
      return;
    }
    if (sameText(last.body, body)) return;
    await this.#change('PATCH', last.id, { body });
  }

  async #list(): Promise<IssueComment[]> {
    const comments: IssueComment[] = [];
    for (let page = 1; page <= MAX_PAGES; page++) {
      const path = `${this.#issue()}/comments?per_page=${PER_PAGE}&page=${page}`;
      const listed = (await this.api.send('GET', path)) as IssueComment[] | null;
      if (!Array.isArray(listed))
        throw new GithubError(`GET ${path}: the answer is no list`, false);
      comments.push(...listed);
      if (listed.length < PER_PAGE) break;
    }
    return comments;
  }

  /** Ours, the newest first. Anybody can write the marker, so the author counts where the token tells who that is. */
  async #ours(comments: readonly IssueComment[], marker: string): Promise<IssueComment[]> {
    const marked = comments.filter(({ body }) => firstLine(body) === marker).reverse();
    if (marked.length === 0) return [];
    this.#author ??= this.#askAuthor();
    const author = await this.#author;
    if (author !== null) return marked.filter(({ user }) => user?.login === author);
    // The token of a workflow cannot ask who it is: it is some bot.
    const bots = marked.filter(({ user }) => user?.type === 'Bot');
    return bots.length > 0 ? bots : marked;
  }

  async #askAuthor(): Promise<string | null> {
    const user = await this.api.send('GET', '/user').catch((error: unknown) => {
      if (error instanceof GithubError) return null;
      throw error;
    });
    const { login } = (user ?? {}) as { readonly login?: unknown };
    return typeof login === 'string' ? login : null;
  }

  /** Writes a comment once, even when the answer is lost. */
  async #create(body: string, before: readonly IssueComment[]): Promise<void> {
    const known = new Set(before.map(({ id }) => id));
    for (let attempt = 1; ; attempt++) {
      try {
        await this.api.send('POST', `${this.#issue()}/comments`, { body }, false);
        return;
      } catch (error) {
        if (!(error instanceof GithubError) || !error.isUncertain || attempt >= CREATE_ATTEMPTS)
          throw error;
      }
      const after = await this.#list();
      if (after.some((comment) => !known.has(comment.id) && sameText(comment.body, body))) return;
    }
  }

  async #change(method: 'PATCH' | 'DELETE', id: number, body: object | null): Promise<void> {
    await this.api.send(method, `/repos/${this.repository}/issues/comments/${id}`, body);
  }

  #issue(): string {
    return `/repos/${this.repository}/issues/${this.pullRequest}`;
  }
}

function firstLine(body: string | null | undefined): string {
  return (body ?? '').split(/\r?\n/, 1)[0] ?? '';
}

function sameText(one: string | null | undefined, other: string): boolean {
  return (one ?? '').replaceAll('\r\n', '\n').trimEnd() === other.trimEnd();
}
