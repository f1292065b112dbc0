import { describe, expect, it } from 'vitest';
import { isTypingError } from './typing-error.js';

describe('isTypingError', () => {
  const errors: [wanted: string, there: string][] = [
    ['fronted', 'frontend'],
    ['frontned', 'frontend'],
    ['payment-servcie', 'payment-service'],
    ['prometehus', 'prometheus'],
    ['monitorin', 'monitoring'],
    ['Web', 'web'],
    ['front-end', 'frontend'],
    ['redis_cache', 'redis-cache'],
  ];
  it.each(errors)('%s was meant as %s', (wanted, there) => {
    expect(isTypingError(wanted, there)).toBe(true);
  });

  const others: [wanted: string, there: string][] = [
    ['a', 'b'],
    ['web', 'wep'],
    ['v1', 'v2'],
    ['web-1', 'web-2'],
    ['worker10', 'worker1'],
    ['team-a', 'team-b'],
    ['shop-dev', 'shop-prd'],
    ['web', 'web-a'],
    ['frontend-a', 'frontend'],
    ['frontend', 'backend'],
    ['frontend', 'frontend'],
    ['1.10', '1.11'],
  ];
  it.each(others)('%s is not %s', (wanted, there) => {
    expect(isTypingError(wanted, there)).toBe(false);
  });
});
