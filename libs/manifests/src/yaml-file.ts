import type { Locator, ReadLimits } from './documents/read-result.js';
import { readYaml } from './yaml/reference-reader.js';

/** A YAML file of one document that is no manifest: its value and the lines of its parts, or the fault and its line. */
export type YamlFile =
  | { readonly ok: true; readonly value: unknown; readonly lineOf: Locator }
  | { readonly ok: false; readonly message: string; readonly line: number };

/** Reads such a file. An empty one has the value null. */
export function readYamlFile(text: string, limits: ReadLimits): YamlFile {
  const { documents, failures } = readYaml(text.replaceAll('\r\n', '\n'), 1, limits);
  const [failure] = failures;
  if (failure !== undefined) return { ok: false, message: failure.message, line: failure.line };
  const [first, second] = documents;
  if (second !== undefined)
    return { ok: false, message: 'only one document may be here', line: second.root.firstLine };
  return first === undefined
    ? { ok: true, value: null, lineOf: () => 1 }
    : { ok: true, value: first.root.value, lineOf: first.root.locate() };
}
