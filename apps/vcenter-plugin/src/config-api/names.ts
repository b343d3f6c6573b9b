import { v3 } from 'uuid';

/** Who made an object: only those with this creator are ever changed or deleted. The original's, so that its objects stay ours. */
export const CREATOR = 'vcenter-plugin';
export const ID_PERMS = { enable: true, creator: CREATOR };

export const PROJECT = ['default-domain', 'vCenter'];
export const IPAM = [...PROJECT, 'vCenter-ipam'];
export const SECURITY_GROUP = [...PROJECT, 'default'];

const NAMESPACE = '9d1f7d2a-6c5e-3f44-8f0b-5a1f3f3b7c11';

/** Always the same for the same words: what is created twice, because an answer was lost, is found to be there. */
export function uuidFor(...words: readonly string[]): string {
  return v3(words.join(' '), NAMESPACE);
}

export function isOurs({
  id_perms: perms,
}: {
  readonly id_perms?: { readonly creator?: string | null | undefined } | null | undefined;
}): boolean {
  return perms?.creator === CREATOR;
}
