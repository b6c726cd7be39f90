import { DisplayName, Password, Username } from '@groupcast/protocol';

export type Problem = 'account.problem.username' | 'account.problem.password' | 'account.problem.name';

/** What is wrong with a field, as the server would find too; nothing while it is fine. */
export const usernameProblem = (text: string): Problem | undefined =>
  Username.safeParse(text).success ? undefined : 'account.problem.username';

export const passwordProblem = (text: string): Problem | undefined =>
  Password.safeParse(text).success ? undefined : 'account.problem.password';

export const nameProblem = (text: string): Problem | undefined =>
  DisplayName.safeParse(text).success ? undefined : 'account.problem.name';
