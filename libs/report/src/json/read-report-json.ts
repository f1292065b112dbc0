import { anObject, oneOf, type Shape, ShapeFault } from './json-shape.js';

/** A report, or why the text is none. */
export type ReadJson<Report> =
  { readonly ok: true; readonly report: Report } | { readonly ok: false; readonly message: string };

/** Reads a report of a format, strictly: one that is not understood as a whole is no report. */
export function readReportJson<Report>(
  json: string,
  known: string,
  shape: Shape<Report>,
): ReadJson<Report> {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return { ok: false, message: 'it is not JSON' };
  }
  try {
    const { format, ...fields } = anObject(value, '');
    oneOf([known])(format, 'format');
    return { ok: true, report: shape(fields, '') };
  } catch (error) {
    if (!(error instanceof ShapeFault)) throw error;
    return { ok: false, message: `${error.at === '' ? 'it' : error.at} ${error.message}` };
  }
}
