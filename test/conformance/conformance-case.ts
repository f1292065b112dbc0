import { readFile } from 'node:fs/promises';
import { z } from 'zod';

/** A cluster and what must be true in it, as a suite of another project states it. */
export type ConformanceCase = z.infer<typeof conformanceCase>;
export type ConformanceProbe = z.infer<typeof probe>;
export type ConformanceEndpoint = z.infer<typeof endpoint>;

const endpoint = z.union([
  z.object({ namespace: z.string(), pod: z.string() }),
  z.object({ ip: z.string() }),
]);

const probe = z.object({
  from: endpoint,
  to: endpoint,
  port: z.int().min(1).max(65535),
  protocol: z.enum(['TCP', 'UDP', 'SCTP']),
  allowed: z.boolean(),
});

const conformanceCase = z.object({
  id: z.string(),
  /** Where the case comes from. */
  origin: z.string(),
  /** Kubernetes objects. */
  resources: z.array(z.looseObject({ kind: z.string() })),
  probes: z.array(probe),
});

/** Kinds whose meaning for connections Portolan evaluates. A case with another kind has answers that it cannot know. */
const EVALUATED_KINDS: ReadonlySet<string> = new Set([
  'Namespace',
  'Node',
  'Pod',
  'NetworkPolicy',
  'AdminNetworkPolicy',
  'BaselineAdminNetworkPolicy',
  'ClusterNetworkPolicy',
]);

/** @throws when a file cannot be read or is not of the format; names it. */
export async function readCases(files: readonly string[]): Promise<ConformanceCase[]> {
  const lists = await Promise.all(files.map(readCaseFile));
  return lists.flat();
}

async function readCaseFile(file: string): Promise<ConformanceCase[]> {
  try {
    return z.array(conformanceCase).parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new Error(`${file}: ${reason}`, { cause: error });
  }
}

/** Kinds of a case that are not evaluated yet, each once. */
export function missingKinds({ resources }: ConformanceCase): string[] {
  const kinds = resources.map(({ kind }) => kind).filter((kind) => !EVALUATED_KINDS.has(kind));
  return [...new Set(kinds)].sort();
}
