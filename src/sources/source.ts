import { VelolacError } from '../errors.ts';

/** A feed as data: which portal, which dataset, and the name its files and rows carry in the lake. */
export interface Source {
  /** `velib` for the default portal, `velib@host` for any other: data from elsewhere never mixes in. */
  readonly id: string;
  /** Base address, without a slash at the end. */
  readonly portal: string;
  readonly dataset: string;
}

/** The city's open-data portal; its answers may be read from any page. */
export const DEFAULT_PORTAL = 'https://opendata.paris.fr';

/** The Vélib' dataset, at the default portal or at another that speaks the same API. Throws `portal.address`. */
export function velib(portal: string | null): Source {
  const dataset = 'velib-disponibilite-en-temps-reel';
  if (portal === null) return { id: 'velib', portal: DEFAULT_PORTAL, dataset };
  const url = URL.canParse(portal) ? new URL(portal) : null;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new VelolacError('portal.address', `no portal address: ${portal}`, { portal });
  }
  const base = url.origin + url.pathname.replace(/\/+$/, '');
  if (base === DEFAULT_PORTAL) return velib(null);
  return { id: `velib@${url.host.replaceAll(':', '_')}`, portal: base, dataset };
}

/** The address of one snapshot: the whole dataset as a bare JSON array, in one call. */
export function snapshotUrl({ portal, dataset }: Source): string {
  return `${portal}/api/explore/v2.1/catalog/datasets/${dataset}/exports/json`;
}
