import { readFile } from 'node:fs/promises';
import type { ActionEnvironment } from '../config/read-environment.js';

/** Where the change comes from. Texts are chosen by whoever made it. */
export interface ChangeOrigin {
  readonly repository: string;
  readonly commit: string | null;
  readonly ref: string | null;
  /** Null when the event is about no pull request. */
  readonly pullRequest: number | null;
  readonly url: string | null;
}

interface EventPayload {
  readonly pull_request?: {
    readonly number?: unknown;
    readonly html_url?: unknown;
    readonly head?: { readonly sha?: unknown; readonly ref?: unknown };
  };
}

/** Reads the event that started the run. */
export async function readOrigin({
  eventFile,
  repository,
}: ActionEnvironment): Promise<ChangeOrigin> {
  const text = eventFile === null ? '{}' : await readFile(eventFile, 'utf8').catch(() => '{}');
  const { pull_request: change } = JSON.parse(text) as EventPayload;
  return {
    repository,
    commit: textOrNull(change?.head?.sha),
    ref: textOrNull(change?.head?.ref),
    pullRequest: Number.isSafeInteger(change?.number) ? Number(change?.number) : null,
    url: textOrNull(change?.html_url),
  };
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
