// Health centres of the demo register, each handed to one test only.
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { vardenkat } from './demo';

/** Who meets which questions: 18 for the ordinary, 21 for the others. */
export type Stratum = 'ordinary' | 'rural' | 'socioeconomic';

export interface Unit {
  key: string;
  name: string;
  /** The personal link. */
  link: string;
}

const RURAL = ['very_sparse_rural', 'sparse_rural', 'near_urban_rural'];

function stratum(municipalityType: string, areaType: number): Stratum | 'both' {
  const rural = RURAL.includes(municipalityType);
  if (areaType > 2) return rural ? 'rural' : 'ordinary';
  return rural ? 'both' : 'socioeconomic';
}

/** A centre that no other test has had. Making a directory succeeds once, whichever worker tries. */
export function unusedUnit(wanted: Stratum): Unit {
  const place = process.env.VARDENKAT_PLACE ?? '';
  for (const unit of unitsOf(readFileSync(join(place, 'links.csv'), 'utf8'), wanted)) {
    try {
      mkdirSync(join(place, 'taken', unit.key));
    } catch {
      continue;
    }
    return unit;
  }
  throw new Error(`no unused ${wanted} centre is left`);
}

/** The centres of a stratum, from what `vardenkat link list` writes. */
export function* unitsOf(links: string, wanted: Stratum): Generator<Unit> {
  for (const line of links.split('\n')) {
    const found = /^"(.+?)","((?:[^"]|"")+)","[^"]+",(\w+),(\d),(\S+)$/.exec(line);
    if (!found) continue;
    const [, key = '', name = '', municipalityType = '', areaType = '', link = ''] = found;
    if (stratum(municipalityType, Number(areaType)) === wanted) {
      yield { key, name: name.replaceAll('""', '"'), link };
    }
  }
}

/** The administrator takes the centre's link back, and gives no other. */
export function revokeLink(unit: Unit): void {
  const data = join(process.env.VARDENKAT_PLACE ?? '', 'data');
  vardenkat('link', 'revoke', unit.key, '--data', data);
}

/** The administrator gives the centre a new link; the old one leads nowhere from now on. */
export function replaceLink(unit: Unit): Unit {
  const data = join(process.env.VARDENKAT_PLACE ?? '', 'data');
  const { origin } = new URL(unit.link);
  return { ...unit, link: vardenkat('link', 'replace', unit.key, '--data', data, '--origin', origin).trim() };
}
