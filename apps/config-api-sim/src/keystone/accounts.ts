import { z } from 'zod';

export const Account = z.strictObject({
  name: z.string().min(1),
  password: z.string().min(1),
  /** Names of the projects (tenants) that it may act for. */
  projects: z.array(z.string().min(1)).min(1),
});
export type Account = z.infer<typeof Account>;

/** What someone asks a token with, in either version of the API. */
export interface Credentials {
  readonly user: string;
  readonly password: string;
  readonly project: string;
}

export function mayLogIn(accounts: readonly Account[], { user, password, project }: Credentials): boolean {
  return accounts.some(
    (account) => account.name === user && account.password === password && account.projects.includes(project),
  );
}
