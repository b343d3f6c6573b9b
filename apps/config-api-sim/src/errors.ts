/** Every refusal of the config API: its status, and what the client should do. Texts are made where the rule is. */
export const CONFIG_API_ERRORS = {
  BAD_BODY: { status: 400, advice: 'Send a JSON object under the name of the type, as application/json.' },
  BAD_NAME: { status: 400, advice: 'Give fq_name: an array of texts, from the root down to the object.' },
  BAD_UUID: { status: 400, advice: 'Write uuids in lower case with hyphens.' },
  BAD_PARENT: { status: 400, advice: 'Create the parent first, and name its type in parent_type.' },
  BAD_PROPERTY: { status: 400, advice: 'Mend the property that the text names.' },
  BAD_REFERENCE: { status: 400, advice: 'Create what is referred to first; give its uuid or its fq_name.' },
  BAD_QUERY: { status: 400, advice: 'Mend the parameter that the text names.' },
  OWNER_MISSING: { status: 400, advice: 'Send perms2 whole, or not at all.' },
  NO_ADDRESS: { status: 400, advice: 'Give the network a subnet, or free addresses in its pools.' },
  GATEWAY_NOT_FOR_VM: { status: 400, advice: 'Ask for another address, or for none.' },
  ADDRESS_FIXED: { status: 400, advice: 'Delete the object and create it anew with the other address.' },
  SUBNET_FIXED: { status: 400, advice: 'Leave gateway and DNS address of an existing subnet as they are.' },
  UNAUTHENTICATED: { status: 401, advice: 'Get a token from Keystone and send it as X-Auth-Token.' },
  UNKNOWN_ROUTE: { status: 404, advice: 'Check method and path; only some types exist here.' },
  UNKNOWN_TYPE: { status: 404, advice: 'Check the type; only some exist here.' },
  NAME_NOT_FOUND: { status: 404, advice: 'Create the object, or look for it under another name.' },
  ID_NOT_FOUND: { status: 404, advice: 'The object was never there, or is gone.' },
  NAME_EXISTS: { status: 409, advice: 'Use the object whose uuid the text tells, or another name.' },
  UUID_EXISTS: { status: 409, advice: 'Use the object that is there, or another uuid.' },
  ADDRESS_IN_USE: { status: 409, advice: 'Ask for another address, or for none.' },
  BAD_SUBNET: { status: 409, advice: 'Mend the subnet that the text names.' },
  SUBNET_IN_USE: { status: 409, advice: 'Delete the addresses of the subnet first.' },
  CHILDREN_PRESENT: { status: 409, advice: 'Delete the children first.' },
  STILL_REFERRED: { status: 409, advice: 'Delete what refers to the object first, or the references.' },
  SYSTEM_OBJECT: { status: 409, advice: 'Leave it; the server needs it.' },
  BODY_TOO_LARGE: { status: 413, advice: 'Send less; limits.bodyBytesMax says how much.' },
  NOT_SAVED: { status: 500, advice: 'Nothing was changed; look at the state folder and at the log.' },
  DEFECT: {
    status: 500,
    advice: 'Read the object to learn its state; the log has the details: report them.',
  },
} as const satisfies Record<string, { status: number; advice: string }>;

export type ConfigApiErrorCode = keyof typeof CONFIG_API_ERRORS;

/** An object that stands in the way of a request. */
export interface Hindrance {
  readonly type: string;
  readonly uuid: string;
}

/** The server understood the request and says no; nothing was changed. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: ConfigApiErrorCode;
  /** What stands in the way; the answer ends with their addresses. */
  readonly hindrances: readonly Hindrance[];

  constructor(code: ConfigApiErrorCode, text: string, hindrances: readonly Hindrance[] = []) {
    super(text);
    this.code = code;
    this.hindrances = hindrances;
  }

  get status(): number {
    return CONFIG_API_ERRORS[this.code].status;
  }
}
