import { expect } from 'vitest';
import { read } from '../manifests.test-support.js';

export const REJECTED = 'INVALID_OBJECT';
export const NOT_TEXT = 'LABEL_NOT_TEXT';
export const UNKNOWN = 'UNKNOWN_FIELD';
export const UNSUPPORTED = 'UNSUPPORTED_FIELD';

/** [field, code] of each finding. */
export type Expected = readonly (readonly [string, string])[];

/** Findings about a part of an object, with the path of the part. */
export function under(path: string, findings: Expected): Expected {
  return findings.map(([field, code]) => [path + field, code]);
}

/** The fields that every object has. */
export function meta(
  apiVersion: string,
  kind: string,
  metadata: object = {},
): { metadata: object } {
  return Object.assign(
    { apiVersion, kind },
    { metadata: { name: 'a', namespace: 'b', ...metadata } },
  );
}

/** What is wrong with an object; nothing = it is taken. */
export async function errorsOf(object: object): Promise<Expected> {
  const { problems, stats } = await read(JSON.stringify(object));
  const errors = problems.filter(({ severity }) => severity === 'ERROR');
  expect(stats.objects).toBe(errors.length === 0 ? 1 : 0);
  return errors.map(({ field, code }) => [field ?? '', code]);
}

/** What is noted about an object that is taken. */
export async function notesOf(object: object): Promise<Expected> {
  const { problems, stats } = await read(JSON.stringify(object));
  expect(stats.objects).toBe(1);
  return problems.map(({ field, code }) => [field ?? '', code]);
}
