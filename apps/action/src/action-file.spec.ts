import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { countOutputs } from './publish/outputs.js';
import { readInputs, USUAL_CONFIG, USUAL_EXCEPTIONS, USUAL_INVARIANTS } from './read-inputs.js';

const root = new URL('../../../', import.meta.url);
const action = parse(readFileSync(new URL('action.yml', root), 'utf8')) as {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly runs: { readonly main: string };
};

describe('action.yml', () => {
  it('has exactly the inputs that are read', () => {
    const asked = new Set<string>();
    const input = (name: string): string => {
      asked.add(name);
      return name === 'base-path' ? 'base' : '';
    };
    readInputs({ input });
    expect([...asked].sort()).toEqual(Object.keys(action.inputs).sort());
  });

  it('has the defaults that are meant', () => {
    const input = (name: string): string => action.inputs[name]?.default ?? '';
    expect(readInputs({ input: (name) => (name === 'base-path' ? 'b' : input(name)) })).toEqual(
      expect.objectContaining({
        headPath: '.',
        paths: ['.'],
        comment: 'on-change',
        commentMode: 'update',
        hasAnnotations: true,
        prunesFolder: false,
        exceptionsFile: USUAL_EXCEPTIONS,
        invariantsFile: USUAL_INVARIANTS,
        configFile: USUAL_CONFIG,
      }),
    );
  });

  it('has exactly the outputs that are written', () => {
    const written = ['conclusion', 'report-file', 'json-file', 'sarif-file'];
    expect(Object.keys(action.outputs).sort()).toEqual(
      [...written, ...Object.keys(countOutputs([]))].sort(),
    );
  });

  it('runs a file that is there', () => {
    expect(existsSync(new URL(action.runs.main, root))).toBe(true);
  });
});
