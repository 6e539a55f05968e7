/**
 * Keeps a list still under the eye: rows on screen keep their order and take
 * their new words, rows that are gone leave, rows older than the last one shown
 * follow it; what would push in above waits and is counted ("2 nouvelles").
 */
export interface Still<T> {
  rows: T[];
  waiting: T[];
}

export function keepStill<T extends { id: number }>(shown: readonly number[], fresh: readonly T[]): Still<T> {
  const byId = new Map(fresh.map((row) => [row.id, row]));
  const known = new Set(shown);
  const lastShown = fresh.findLastIndex((row) => known.has(row.id));
  if (lastShown < 0) return { rows: [...fresh], waiting: [] };

  const kept = shown.map((id) => byId.get(id)).filter((row) => row !== undefined);
  const rest = fresh.filter((row) => !known.has(row.id));
  const after = new Set(fresh.slice(lastShown + 1));
  return {
    rows: [...kept, ...rest.filter((row) => after.has(row))],
    waiting: rest.filter((row) => !after.has(row)),
  };
}
