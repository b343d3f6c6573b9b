/** JSON Schema of `ErrorBody`. */
export const ERROR_SCHEMA = {
  type: 'object',
  required: ['error'],
  properties: {
    error: { type: 'string', description: 'For people; starts with the text of the error.' },
    details: {
      type: 'array',
      description: 'Every bad field; the first 100 of an array.',
      items: {
        type: 'object',
        required: ['field', 'expected', 'got'],
        properties: {
          index: { type: 'integer', minimum: 0, description: 'Position in the array, for arrays.' },
          field: { type: 'string', description: 'Wire name, or `body` for the whole.' },
          expected: { type: 'string' },
          got: { type: 'string', description: 'Cut when it is long.' },
        },
      },
    },
  },
};
