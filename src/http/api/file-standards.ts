import { z } from 'zod';
import { defectCodes } from '../../materials/defect-codes.ts';
import { materialCategories } from '../../materials/material-list.ts';
import { materialTypes, sayMaterial } from '../../materials/material-types.ts';
import type { FileStandard } from '../../materials/standards/file-standard.ts';
import { standardIds } from '../../materials/standards/file-standard.ts';
import { needs } from '../../materials/standards/needs.ts';
import { fileStandards } from '../../materials/standards/register.ts';
import type { Routes } from '../app-context.ts';
import { authoritySchema } from '../authority-schema.ts';
import { defineRoute, jsonAnswer } from '../define-route.ts';

const listOf = <S extends z.ZodType>(item: S) => z.strictObject({ items: z.array(item), next: z.null() });
const readers = ['caseworker', 'senior', 'administrator', 'auditor'] as const;

const standardSchema = z
  .strictObject({
    standard: z.enum(standardIds),
    version: z.number().int(),
    title: z.string(),
    when: z.string().meta({ description: 'What brings it into a case' }),
    authority: authoritySchema,
    inForce: z
      .strictObject({ from: z.string(), to: z.string().nullable() })
      .meta({ description: 'A file goes by the version in force when it was received, or asked for' }),
    items: z.array(
      z.strictObject({
        material: z.string(),
        title: z.string(),
        why: z.string(),
        asked: z.boolean().meta({ description: 'False where only a caseworker asks for it' }),
        when: z.string().meta({ description: 'In which cases it is asked for' }),
        firstHearing: z.enum(['everyone', 'on-bail']).nullable().meta({
          description: 'For whom r.8.3 of the Criminal Procedure Rules has it at the first hearing',
        }),
      }),
    ),
  })
  .meta({ id: 'FileStandard' });

const materialTypeSchema = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    category: z.enum(materialCategories),
    aliases: z.array(z.string()).meta({ description: 'Accepted wherever a material is named, as `MG11`' }),
  })
  .meta({ id: 'MaterialType' });

const defectSchema = z
  .strictObject({
    code: z.string(),
    group: z.string(),
    title: z.string(),
    wrong: z.string(),
    needed: z.string(),
    usually: z.array(z.string()).meta({ description: 'The materials that it is usually about' }),
  })
  .meta({ id: 'DefectCode' });

const standardsRoute = defineRoute({
  method: 'get',
  path: '/api/file-standards',
  access: readers,
  tags: ['Materials'],
  summary: 'What a file of each kind holds, in every version, and on what authority',
  responses: { 200: jsonAnswer('The standards', listOf(standardSchema)) },
});

const typesRoute = defineRoute({
  method: 'get',
  path: '/api/material-types',
  access: readers,
  tags: ['Materials'],
  summary: 'The materials of a prosecution file, with the form numbers by which police know them',
  responses: { 200: jsonAnswer('The materials', listOf(materialTypeSchema)) },
});

const defectsRoute = defineRoute({
  method: 'get',
  path: '/api/defect-codes',
  access: readers,
  tags: ['Materials'],
  summary: 'Why a file or a material can be rejected, in the words of the CPS and in plain ones',
  responses: { 200: jsonAnswer('The codes', listOf(defectSchema)) },
});

/** `GET /api/file-standards`, `/api/material-types`, `/api/defect-codes` */
export const fileStandardsList: Routes = (app) => {
  app.openapi(standardsRoute, (c) => c.json({ items: fileStandards.map(standardJson), next: null }, 200));
  app.openapi(typesRoute, (c) => c.json({ items: materialTypes, next: null }, 200));
  app.openapi(defectsRoute, (c) => c.json({ items: defectCodes, next: null }, 200));
};

function standardJson(standard: FileStandard): z.input<typeof standardSchema> {
  const { id, version, title, when, authority, inForce, items } = standard;
  return {
    standard: id,
    ...{ version, title, when, authority },
    inForce: { from: inForce.from, to: inForce.to ?? null },
    items: items.map(({ material, why, need, firstHearing }) => ({
      material,
      title: sayMaterial(material),
      why,
      asked: need !== 'if-relevant',
      when: needs[need].says,
      firstHearing: firstHearing ?? null,
    })),
  };
}
