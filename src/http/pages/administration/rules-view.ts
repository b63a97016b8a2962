import type { z } from 'zod';
import { sayDate } from '../../../calendar/civil-date.ts';
import type { ruleSchema } from '../../api/deadline-rules.ts';
import type { settingSchema } from '../../api/rule-settings.ts';
import { wordHead, words, type Table } from '../figures/table.ts';
import type { Field } from '../form-field.ts';
import { sayMoment } from '../say.ts';

type RuleJson = z.output<typeof ruleSchema>;
type SettingJson = z.output<typeof settingSchema>;

/** How far a source was read. */
const gradeNames: Record<string, string> = {
  A: 'A: read in the law itself',
  B: 'B: read in an official summary',
  C: 'C: not verified, check with your force',
  P: 'P: no published figure, the force sets it',
};

export function gradeChoices(grade: string) {
  return [['', 'Any'], ...Object.entries(gradeNames)].map(([value = '', text = '']) => ({
    value,
    text,
    selected: value === grade,
  }));
}

/** Whether a rule is what was looked for: words of its title, id or source, and its grade. */
export function isWanted(rule: RuleJson, { q, grade }: { q: string; grade: string }): boolean {
  const { id, title, authority } = rule;
  const text = `${id} ${title} ${authority.instrument} ${authority.provision}`.toLowerCase();
  return (grade === '' || authority.grade === grade) && text.includes(q.toLowerCase());
}

/** The rules, each with its source. */
export function rulesTable(rules: readonly RuleJson[]): Table {
  return {
    id: 'rules',
    title: rules.length === 1 ? '1 rule' : `${rules.length} rules`,
    heads: ['Deadline', 'Period', 'Source', 'Grade', 'State'].map(wordHead),
    rows: rules.map((rule) => ({
      cells: [
        { text: rule.title, href: `/admin/rules/${rule.id}` },
        words(rule.period),
        words(`${rule.authority.instrument}, ${rule.authority.provision}`),
        words(rule.authority.grade),
        words(sayState(rule)),
      ],
    })),
  };
}

function sayState({ enabled, amount, default: usual }: RuleJson): string {
  if (!enabled) return 'Switched off';
  return amount === usual ? 'In force' : `In force, the force’s figure: ${amount ?? 'none'}`;
}

/** One rule as a list of facts. */
export function ruleFacts(rule: RuleJson, setting: SettingJson | null): { name: string; value: string }[] {
  const { authority, inForce } = rule;
  const until = inForce.to === undefined ? '' : ` until ${sayDate(inForce.to)}`;
  return [
    { name: 'State', value: sayState(rule) },
    { name: 'Source', value: `${authority.instrument}, ${authority.provision}` },
    { name: 'Grade', value: gradeNames[authority.grade] ?? authority.grade },
    { name: 'Period', value: rule.period },
    { name: 'Starts', value: rule.starts },
    { name: 'Met by', value: rule.meets.join('; ') || 'What a person records' },
    { name: 'Ended by', value: rule.ends.join('; ') || 'Nothing' },
    { name: 'If it is missed', value: rule.ifMissed },
    { name: 'Owed by', value: rule.owner },
    { name: 'In force', value: `From ${sayDate(inForce.from)}${until}, version ${rule.version}` },
    { name: 'Known as', value: rule.id },
    ...(setting?.changedAt == null
      ? []
      : [
          {
            name: 'Set by the force',
            value: `${setting.note ?? ''} (${setting.changedBy ?? 'somebody'}, ${sayMoment(setting.changedAt)})`,
          },
        ]),
  ];
}

/** What the force may set of a rule; with null, whatever a form can hold. */
export function settingFields(setting: SettingJson | null): Field[] {
  const amount: Field = {
    path: 'amount',
    kind: 'number',
    label: setting?.unit == null ? 'Figure' : `Figure, in ${setting.unit}s`,
    hint: setting?.default == null ? undefined : `${setting.default} where left blank`,
  };
  return [
    { path: 'enabled', kind: 'yes-no', label: 'Is it in force here?' },
    ...(setting === null || setting.default !== null ? [amount] : []),
    { path: 'note', kind: 'words', label: 'Why, and who agreed to it' },
  ];
}
