import { z } from 'zod';
import { materialTypes, type MaterialType } from './material-list.ts';

export { materialTypes, type MaterialType } from './material-list.ts';

const byName = new Map<string, string>();
for (const material of materialTypes) {
  byName.set(material.type, material.type);
  byName.set(material.title.toLowerCase(), material.type);
  for (const alias of material.aliases) byName.set(alias.toLowerCase(), material.type);
}
const byType: ReadonlyMap<string, MaterialType> = new Map(
  materialTypes.map((material) => [material.type, material]),
);

/** The stored key of a material named by its key, title or MG number; what is in no list keeps its own words. */
export function materialTypeOf(name: string): string {
  const written = name.trim();
  return byName.get(written.toLowerCase().replace(/^mg\s+/, 'mg')) ?? written;
}

/** Whether a material is one of the list, and not in a writer's own words. */
export function isListedMaterial(type: string): boolean {
  return byType.has(type);
}

/** "Witness statements (MG11)": as a caseworker and an officer know it. */
export function sayMaterial(type: string): string {
  const material = byType.get(type);
  if (!material) return type;
  const alias = material.aliases[0];
  return alias ? `${material.title} (${alias})` : material.title;
}

/** A material by its key or MG number; anything else of up to 100 characters is kept in the writer's own words. */
export const materialTypeField = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .transform(materialTypeOf)
  .meta({ example: 'witness-statements' });
