import { z } from 'zod';
import { setSkills } from '../../staff/set-attendance.ts';
import type { Routes } from '../app-context.ts';
import { staffResource } from './staff-resource.ts';

export const skillField = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,39}$/, 'must be a word such as domestic-abuse')
  .meta({ example: 'domestic-abuse' });

const schema = z.strictObject({ skills: z.array(skillField).max(50) }).meta({ id: 'Skills' });

/** `GET|PUT /api/staff/:id/skills` */
export const staffSkills: Routes = (app) =>
  staffResource(app, {
    name: 'skills',
    read: 'What somebody is trained in',
    change: 'Record what somebody is trained in',
    answer: schema,
    body: schema,
    show: async (_c, _id, { skills }) => ({ skills }),
    versionOf: ({ skillsVersion }) => skillsVersion,
    set: async (tx, id, { skills }, by) => ({
      version: await setSkills(tx, id, skills, by),
      body: { skills: [...new Set(skills)].sort() },
    }),
  });
