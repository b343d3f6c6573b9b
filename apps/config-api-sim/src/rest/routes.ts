import type { ConfigApi } from '../config-api.ts';
import { Refusal } from '../errors.ts';
import { plainText } from '../model/python-text.ts';
import { readType } from '../model/ref-update.ts';
import { TYPE_NAMES } from '../model/types.ts';
import { requireJson } from './body.ts';
import type { Route } from './door.ts';
import { answerList } from './lists.ts';
import { objectRoutes } from './object-routes.ts';

/** The whole config API. */
export function configApiRoutes(api: ConfigApi): Route[] {
  return [...TYPE_NAMES.flatMap((type) => objectRoutes(api, type)), ...actionRoutes(api)];
}

function actionRoutes(api: ConfigApi): Route[] {
  return [
    {
      method: 'POST',
      url: '/fqname-to-id',
      operation: 'fqname-to-id',
      work: (request) => {
        const { type, fq_name: fqName } = requireJson(request);
        const names = Array.isArray(fqName) ? fqName.map(String) : undefined;
        if (names === undefined) throw new Refusal('BAD_BODY', 'Expected fq_name in the body');
        return { json: { uuid: api.uuidOf(readType(type), names) } };
      },
    },
    {
      method: 'POST',
      url: '/id-to-fqname',
      operation: 'id-to-fqname',
      work: (request) => {
        const { type, fqName } = api.nameOf(plainText(requireJson(request)['uuid']));
        return { json: { fq_name: fqName, type } };
      },
    },
    {
      method: 'POST',
      url: '/ref-update',
      operation: 'ref-update',
      work: (request) => {
        const { uuid } = api.updateReference(requireJson(request));
        request.journal.uuid = uuid;
        return { json: { uuid } };
      },
    },
    {
      // For lists of more uuids than a query has room for.
      method: 'POST',
      url: '/list-bulk-collection',
      operation: 'list',
      work: (request) => {
        const { type, ...given } = requireJson(request);
        return answerList(api, readType(type), given, request);
      },
    },
  ];
}
