import type { Answer, Fault, Which } from './fault.ts';
import { matcher } from './fault.ts';

/** vCenter answers these calls with a fault, such as `NotAuthenticated` or `InvalidCollectorVersion`. */
export function soapFault(kind: string, which: Which): Fault {
  const matches = matcher(which);
  return { instead: (call) => (matches(call) ? faultAnswer(kind) : undefined) };
}

export function faultAnswer(kind: string): Answer {
  const body =
    '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"' +
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body><soapenv:Fault>' +
    `<faultcode>ServerFaultCode</faultcode><faultstring>${kind}, by the proxy</faultstring>` +
    `<detail><${kind}Fault xmlns="urn:vim25" xsi:type="${kind}"/></detail></soapenv:Fault></soapenv:Body></soapenv:Envelope>`;
  return { status: 500, body };
}
