/** What a kept set is called in a list. */
import { msg, str } from '@lit/localize';
import { namesOf, type KeptSet } from '../../session/own/kept.ts';

function plainName({ train, test }: KeptSet): string {
  return test.length === 0 ? namesOf(train) : msg(str`${namesOf(train)}, tested on ${namesOf(test)}`);
}

/** Its files; where another has files of the same names, also when it was kept. */
export function keptName(kept: KeptSet, all: readonly KeptSet[]): string {
  const name = plainName(kept);
  const alike = all.filter((one) => plainName(one) === name).length;
  return alike < 2 ? name : msg(str`${name}, kept ${new Date(kept.keptAt).toLocaleString()}`);
}
