import { STYLESHEET_LINE } from './sandesh-xml.ts';

/** What can be asked for, as the real agent's page of the module says it. */
export const PORT_IPC_MODULE =
  `${STYLESHEET_LINE}<port_ipc type="rlist"><FetchVmiPortSubscriptionReq type="sandesh">` +
  '<ifname type="string">0</ifname><vmi_uuid type="string">0</vmi_uuid></FetchVmiPortSubscriptionReq></port_ipc>';

/** The page that one comes to first; `modules`: those that this agent has, of the many of the real one. */
export function indexPage(modules: readonly string[]): string {
  const links = modules.map((name) => `<li><a href="/${name}">${name}</a></li>`);
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>vrouter agent</title>
<h1>vrouter agent</h1>
${links.length > 0 ? `<ul>${links.join('')}</ul>` : '<p>Agents of this release show nothing of their ports here.</p>'}
</html>
`;
}
