import type { Severity } from '@portolan/model';

/** Puts a text in a colour, or leaves it as it is. */
export type Paint = (colour: 'red' | 'yellow' | 'green' | 'dim' | 'bold', text: string) => string;

/** Leaves every text as it is. */
export const PLAIN: Paint = (_, text) => text;

/** The colours of severities. */
export const SEVERITY_COLOURS: Readonly<Record<Severity, 'red' | 'yellow' | 'dim'>> = {
  CRITICAL: 'red',
  HIGH: 'red',
  MEDIUM: 'yellow',
  LOW: 'dim',
  INFO: 'dim',
};
