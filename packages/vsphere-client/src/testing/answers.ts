/** Answers as a vCenter writes them. */

const XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';

export function soap(body: string): string {
  return (
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
    `<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" ${XSI}>\n` +
    `<soapenv:Body>\n${body}\n</soapenv:Body>\n</soapenv:Envelope>`
  );
}

/** The answer to `method` with `content` in it. */
export function response(method: string, content: string): string {
  return soap(`<${method}Response xmlns="urn:vim25">${content}</${method}Response>`);
}

export function fault(kind: string): string {
  return soap(
    '<soapenv:Fault><faultcode>ServerFaultCode</faultcode><faultstring>nicht angemeldet</faultstring>' +
      `<detail><Fault xsi:type="${kind}"></Fault></detail></soapenv:Fault>`,
  );
}

export const serviceContent = response(
  'RetrieveServiceContent',
  '<returnval><rootFolder type="Folder">group-d1</rootFolder>' +
    '<propertyCollector type="PropertyCollector">propertyCollector</propertyCollector>' +
    '<about><apiType>VirtualCenter</apiType></about>' +
    '<sessionManager type="SessionManager">SessionManager</sessionManager>' +
    '<ipPoolManager type="IpPoolManager">IpPoolManager</ipPoolManager>' +
    '<searchIndex type="SearchIndex">SearchIndex</searchIndex></returnval>',
);

export const collectorCreated = response(
  'CreatePropertyCollector',
  '<returnval type="PropertyCollector">session[1]pc</returnval>',
);

export const filterCreated = response(
  'CreateFilter',
  '<returnval type="PropertyFilter">session[1]f</returnval>',
);

/** What WaitForUpdatesEx answers; no `objectSets`: nothing new. */
export function updates(
  objectSets: readonly string[] | undefined,
  options: { version?: string; truncated?: boolean } = {},
): string {
  if (objectSets === undefined) return response('WaitForUpdatesEx', '');
  const { version = '1', truncated } = options;
  return response(
    'WaitForUpdatesEx',
    `<returnval><version>${version}</version><filterSet><filter type="PropertyFilter">session[1]f</filter>` +
      `${objectSets.join('')}</filterSet>${truncated === undefined ? '' : `<truncated>${truncated}</truncated>`}</returnval>`,
  );
}

/** One object's change; `properties` maps paths to whole `val` elements, or to nothing for one that is not set. */
export function objectSet(
  kind: 'enter' | 'modify' | 'leave',
  type: string,
  ref: string,
  properties: Readonly<Record<string, string>> = {},
): string {
  const changes = Object.entries(properties).map(
    ([name, value]) => `<changeSet><name>${name}</name><op>assign</op>${value}</changeSet>`,
  );
  return `<objectSet><kind>${kind}</kind><obj type="${type}">${ref}</obj>${changes.join('')}</objectSet>`;
}

export function val(type: string, content: string | number | boolean): string {
  return `<val xsi:type="${type}">${content}</val>`;
}

export function refVal(type: string, ref: string): string {
  return `<val type="${type}" xsi:type="ManagedObjectReference">${ref}</val>`;
}

/** Where a read of everything starts; part of every whole inventory. */
export const rootSet = objectSet('enter', 'Folder', 'group-d1', { name: val('xsd:string', 'Datacenters') });

/** The data centre in it, whose IP pools can be asked for. */
export const datacenterSet = objectSet('enter', 'Datacenter', 'datacenter-2', {
  name: val('xsd:string', 'DC0'),
});

/** A port group with an IP pool. */
export function pooledSet(kind: 'enter' | 'modify', ref: string, poolId: number): string {
  return objectSet(kind, 'DistributedVirtualPortgroup', ref, {
    'summary.ipPoolId': val('xsd:int', poolId),
  });
}

/** An IP pool as an element of an answer. */
export function poolElement(id: number, ipv4: Readonly<Record<string, string>>): string {
  const fields = Object.entries(ipv4).map(([name, text]) => `<${name}>${text}</${name}>`);
  return `<returnval><id>${id}</id><name>pool-${id}</name><ipv4Config>${fields.join('')}</ipv4Config></returnval>`;
}

/** A host that is there. */
export function hostSet(kind: 'enter' | 'modify', ref: string, name: string): string {
  return objectSet(kind, 'HostSystem', ref, {
    name: val('xsd:string', name),
    'runtime.connectionState': val('HostSystemConnectionState', 'connected'),
    'runtime.inMaintenanceMode': val('xsd:boolean', false),
  });
}

/** A virtual network card, as one of the devices. */
export function card(key: number, mac: string | undefined, backing: string): string {
  return (
    `<VirtualDevice xsi:type="VirtualVmxnet3"><key>${key}</key>${backing}` +
    '<connectable><startConnected>true</startConnected><connected>true</connected></connectable>' +
    `${mac === undefined ? '' : `<macAddress>${mac}</macAddress>`}</VirtualDevice>`
  );
}

export function portGroupBacking(key: string): string {
  return (
    '<backing xsi:type="VirtualEthernetCardDistributedVirtualPortBackingInfo"><port>' +
    `<switchUuid>50 2f</switchUuid><portgroupKey>${key}</portgroupKey><portKey>7</portKey></port></backing>`
  );
}

export const standardBacking =
  '<backing xsi:type="VirtualEthernetCardNetworkBackingInfo"><deviceName>VM Network</deviceName>' +
  '<network type="Network">network-7</network></backing>';

/** A VM that is there, with these devices. */
export function vmSet(kind: 'enter' | 'modify', ref: string, name: string, devices = ''): string {
  return objectSet(kind, 'VirtualMachine', ref, {
    name: val('xsd:string', name),
    'config.instanceUuid': val('xsd:string', '502789BB-240a-841f-e24c-1564537218f7'),
    'config.template': val('xsd:boolean', false),
    'config.hardware.device': val('ArrayOfVirtualDevice', devices),
    'runtime.powerState': val('VirtualMachinePowerState', 'poweredOn'),
    'runtime.host': refVal('HostSystem', 'host-1'),
  });
}
