import { child, childText, type XmlElement } from '../xml/element.ts';
import { referenceElement, type Reference } from '../xml/write.ts';
import { VsphereError } from '../errors.ts';

/** Every vCenter since 6.5 speaks this version. */
export const SOAP_ACTION = 'urn:vim25/6.5';

/** The request that calls `method` of `self`; `args` are its parameters as XML, in the order of the schema. */
export function requestEnvelope(method: string, self: Reference, args: string): string {
  return (
    '<?xml version="1.0" encoding="UTF-8"?>' +
    '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"' +
    ' xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
    `<soapenv:Body><${method} xmlns="urn:vim25">${referenceElement('_this', self)}${args}</${method}></soapenv:Body>` +
    '</soapenv:Envelope>'
  );
}

/** The `…Response` element of an answer; a fault is thrown. */
export function openEnvelope(root: XmlElement, method: string): XmlElement {
  const body = root.name === 'Envelope' ? child(root, 'Body') : undefined;
  const fault = child(body, 'Fault');
  if (fault !== undefined) throw faultError(fault, method);
  const response = child(body, `${method}Response`);
  if (response !== undefined) return response;
  throw new VsphereError(
    'BAD_ANSWER',
    `The answer to ${method} is ${root.name}, not a SOAP envelope with it`,
  );
}

/**
 * The kind of a fault is the type of its detail: texts are translated, prefixes are the server's choice, and the
 * element's own name only tells which method it is declared for.
 */
function faultError(fault: XmlElement, method: string): VsphereError {
  const detail = child(fault, 'detail')?.children[0];
  const kind =
    detail?.type ?? detail?.name.replace(/Fault$/u, '') ?? childText(fault, 'faultcode') ?? 'unknown';
  const text = childText(fault, 'faultstring') ?? '';
  return new VsphereError('FAULT', `${method}: ${kind}${text === '' ? '' : ` (${text})`}`, { fault: kind });
}
