import { createHash } from 'node:crypto';
import type { UploadedFile } from '@portolan/pool';
import type { UploadRepository } from '@portolan/store';
import type { UserError } from '../errors/user-error.js';
import { decodeBase64 } from '../scalars/base64.scalar.js';
import type { ManifestFileInput, ManifestSourceInput } from './create-snapshot.input.js';
import { isGiven } from '../schema/is-given.js';
import { fingerprintOf } from './fingerprint.js';
import { DEFAULT_PATH, type Upload } from './ingest-request.js';
import { MAX_PATH_LENGTH } from './upload-limits.js';

type GivenFile = Pick<ManifestFileInput, 'path' | 'content'>;

/** The manifests of a GraphQL request as an upload, or why they cannot be one. */
export async function readInlineUpload(
  { text, files, tarGz, snapshot, overlay }: ManifestSourceInput,
  {
    maxInlineBytes,
    uploads,
  }: { readonly maxInlineBytes: number; readonly uploads: UploadRepository },
): Promise<Upload | UserError> {
  if (isGiven(snapshot) || isGiven(overlay)) {
    const message = 'Here only `text`, `files` and `tarGz` can be given';
    return { code: 'INVALID', message, field: FIELD };
  }
  // @oneOf: exactly one is given.
  if (isGiven(tarGz)) return readArchive(tarGz, maxInlineBytes, uploads);
  const given: readonly GivenFile[] = files ?? [{ path: DEFAULT_PATH, content: text ?? '' }];
  const badPath = given.findIndex(({ path }) => path === '' || path.length > MAX_PATH_LENGTH);
  if (badPath >= 0) {
    const message = `A path has 1 to ${MAX_PATH_LENGTH} characters`;
    return { code: 'INVALID', message, field: [...FIELD, 'files', String(badPath), 'path'] };
  }
  const paths = new Set<string>();
  for (const [i, { path }] of given.entries()) {
    if (paths.has(path)) {
      const message = `There are two files ${path}`;
      return { code: 'INVALID', message, field: [...FIELD, 'files', String(i), 'path'] };
    }
    paths.add(path);
  }
  const contents = given.map(({ path, content }) => ({ path, content: Buffer.from(content) }));
  const bytes = contents.reduce((sum, { content }) => sum + content.byteLength, 0);
  if (bytes > maxInlineBytes) return tooLarge(maxInlineBytes);
  const id = await uploads.write(contents.map(({ content }) => content));
  const sizes = contents.map(({ path, content }) => ({ path, bytes: content.byteLength }));
  return {
    stored: { kind: 'files', id, bytes, files: sizes },
    fingerprint: fingerprintOf(contents.map(hashed)),
    release: () => uploads.remove(id),
  };
}

const FIELD = ['manifests'];

async function readArchive(
  base64: string,
  maxInlineBytes: number,
  uploads: UploadRepository,
): Promise<Upload | UserError> {
  const content = decodeBase64(base64);
  if (content === null) {
    return { code: 'INVALID', message: 'This is not base64', field: [...FIELD, 'tarGz'] };
  }
  if (content.byteLength > maxInlineBytes) return tooLarge(maxInlineBytes);
  const id = await uploads.write([content]);
  return {
    stored: { kind: 'tarGz', id, bytes: content.byteLength },
    fingerprint: fingerprintOf([hashed({ path: '', content })]),
    release: () => uploads.remove(id),
  };
}

function tooLarge(limit: number): UserError {
  return {
    code: 'TOO_LARGE',
    message: `The manifests have more than ${limit} bytes; send them to POST /v1/clusters/{slug}/snapshots instead`,
    field: FIELD,
  };
}

function hashed({ path, content }: UploadedFile): { path: string; sha256: string } {
  return { path, sha256: createHash('sha256').update(content).digest('hex') };
}
