import { randomUUID } from 'node:crypto';

/** A line of the log that the runner acts upon. Whatever is in it is text and nothing else. */
export function workflowCommand(
  name: 'error' | 'warning' | 'notice' | 'add-mask',
  message: string,
  properties: Readonly<Record<string, string | number>> = {},
): string {
  const listed = Object.entries(properties)
    .map(([key, value]) => `${key}=${escapeProperty(String(value))}`)
    .join(',');
  return `::${name}${listed === '' ? '' : ` ${listed}`}::${escapeData(message)}\n`;
}

/** Text of others for the log, of which no line is taken for a command. */
export function harmless(text: string): string {
  const token = randomUUID();
  return `::stop-commands::${token}\n${text.replaceAll('\r', ' ').trimEnd()}\n::${token}::\n`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
