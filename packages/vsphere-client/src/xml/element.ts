/** An XML element as vCenter uses them: no attribute matters but the two types. */
export interface XmlElement {
  /** Without prefix. */
  readonly name: string;
  /** `xsi:type` without prefix: what kind of value this is. */
  readonly type: string | undefined;
  /** The plain `type` attribute: what kind of object a reference points to. */
  readonly refType: string | undefined;
  readonly text: string;
  readonly children: readonly XmlElement[];
}

/** The first child of that name. */
export function child(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((candidate) => candidate.name === name);
}

export function childrenNamed(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  return element?.children.filter((candidate) => candidate.name === name) ?? [];
}

/** The child at the end of a path of names. */
export function descend(
  element: XmlElement | undefined,
  ...names: readonly string[]
): XmlElement | undefined {
  return names.reduce(child, element);
}

/** The text of a child; absent and empty are the same to vCenter. */
export function childText(element: XmlElement | undefined, name: string): string | undefined {
  const text = child(element, name)?.text;
  return text === '' ? undefined : text;
}

/** The whole number in a child. */
export function childInteger(element: XmlElement | undefined, name: string): number | undefined {
  const text = childText(element, name)?.trim();
  return text !== undefined && /^-?\d{1,15}$/u.test(text) ? Number(text) : undefined;
}

/** XML Schema allows two spellings of each truth value. */
export function isTrue(element: XmlElement | undefined): boolean {
  const text = element?.text.trim();
  return text === 'true' || text === '1';
}
