import type { Severity } from '@portolan/model';
import {
  type Annotation,
  ANNOTATION_RULES,
  annotationsOf,
  type ReviewReport,
} from '@portolan/report';
import { workflowCommand } from './workflow-command.js';

/** What one step may add to a run; of each level GitHub shows the first 10. */
const MAX_ANNOTATIONS = 50;

const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'notice'>> = {
  CRITICAL: 'error',
  HIGH: 'error',
  MEDIUM: 'warning',
  LOW: 'notice',
  INFO: 'notice',
};

/** Commands that annotate lines of the change, gravest first, and how many had no room. */
export function annotationCommands(reports: readonly ReviewReport[]): string {
  const all = reports.flatMap(annotationsOf);
  const shown = all.slice(0, MAX_ANNOTATIONS).map(commandOf).join('');
  const more = all.length - MAX_ANNOTATIONS;
  return more > 0 ? `${shown}${more} more are in the report.\n` : shown;
}

function commandOf({ rule, severity, message, place }: Annotation): string {
  const { path, startLine, endLine } = place;
  const title = ANNOTATION_RULES[rule];
  // What was rendered is no file of the repository.
  const where = path.endsWith('(rendered).yaml')
    ? {}
    : { file: path, line: startLine, endLine: Math.max(startLine, endLine) };
  return workflowCommand(LEVELS[severity], message, { ...where, title });
}
