import { textScalar } from './text-scalar.js';

/** Whether a text is a full git object id. */
export function isGitObjectId(text: string): boolean {
  return /^([0-9a-f]{40}|[0-9a-f]{64})$/i.test(text);
}

/** Checked by `isGitObjectId` where it is stored; elsewhere one that does not exist is not found. */
export const GitObjectIdScalar = textScalar('GitObjectID', 'A 40- or 64-hex-digit git object ID.');
