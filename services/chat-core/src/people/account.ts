import { randomBytes } from 'node:crypto';
import { limits, type Problem, problem } from '@partyline/protocol';

const LEAST_CODE_POINTS = 8;

/** An account's id; a session's has another length, so that no guest is ever an account. */
export const newAccountId = (): string => `a-${randomBytes(12).toString('base64url')}`;

/** What is wrong with a new password, or undefined. */
export const passwordProblem = (password: string): Problem | undefined => {
  const length = [...password].length;
  return length < LEAST_CODE_POINTS || length > limits.passwordCodePoints
    ? problem('password-short', { least: LEAST_CODE_POINTS, limit: limits.passwordCodePoints })
    : undefined;
};
