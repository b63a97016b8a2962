import { raw } from 'hono/html';

/**
 * How the officer's page looks: one column that fits a phone of 320 pixels, targets of 44 pixels and more, and without
 * a script. What an answer needs more is shown where it was chosen; a browser that cannot do that shows all of it.
 */
export const officerStyle = raw(`
*, *::before, *::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; background: #fff; color: #0b0c0c; font: 1.125rem/1.45 system-ui, sans-serif; overflow-wrap: anywhere; }
.skip { position: absolute; left: -999em; padding: 0.75rem 1rem; background: #fd0; color: #0b0c0c; }
.skip:focus { position: static; display: block; }
header { background: #12355b; color: #fff; }
header p { max-width: 40rem; margin: 0 auto; padding: 0.6rem 1rem; font-size: 1.35rem; }
footer { border-top: 1px solid #b1b4b6; background: #f3f7fb; }
footer p { max-width: 40rem; margin: 0 auto; padding: 1rem; font-size: 1rem; }
main:focus { outline: none; }
main { max-width: 40rem; margin: 0 auto; padding: 1rem 1rem 3rem; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0.5rem 0 1rem; }
h2 { font-size: 1.25rem; margin: 0 0 0.5rem; }
section { margin: 0 0 2rem; padding: 1rem 0 0; border-top: 2px solid #0b0c0c; }
fieldset { min-width: 0; margin: 0; padding: 0 0 1rem; border: 0; }
fieldset p { margin: 0 0 0.5rem; }
.unseen { position: absolute; width: 1px; min-height: 0; height: 1px; margin: -1px; padding: 0; border: 0; overflow: hidden;
  clip-path: inset(50%); white-space: nowrap; }
.danger { margin: 0 0 0.5rem; padding-left: 0.9rem; border-left: 4px solid #d4351c; font-weight: 700; }
details { border-bottom: 1px solid #b1b4b6; }
summary { padding: 0.6rem 0; min-height: 2.75rem; cursor: pointer; }
.choice { display: flex; align-items: center; gap: 0.75rem; min-height: 3rem; padding: 0.25rem 0; cursor: pointer; }
.choice input { flex: none; width: 2.75rem; height: 2.75rem; margin: 0; accent-color: #0b0c0c; }
.more { margin: 0.75rem 0; padding-left: 0.9rem; border-left: 4px solid #b1b4b6; }
.more label { display: block; margin-bottom: 0.25rem; }
.more input, .more textarea { width: 100%; max-width: 100%; min-height: 2.75rem; padding: 0.5rem; font: inherit;
  color: inherit; background: #fff; border: 2px solid #0b0c0c; border-radius: 0; }
.more input[type='date'], .more input[name^='whose'] { max-width: 14rem; }
@supports selector(:has(*)) {
  .more { display: none; }
  fieldset:has(input[value='late']:checked) .late, fieldset:has(input[value='not-mine']:checked) .not-mine,
  fieldset:has(input[value='cannot']:checked) .cannot { display: block; }
}
.hint { color: #484949; }
.answered { display: block; padding-left: 0.9rem; border-left: 4px solid #00703c; }
.thanks { padding: 0.9rem; border: 4px solid #00703c; }
.problem { margin: 0 0 1.5rem; padding: 0.9rem; border: 4px solid #d4351c; }
.problem ul { margin: 0; padding: 0; list-style: none; }
.problem a { color: #d4351c; font-weight: 700; display: inline-block; padding: 0.4rem 0; }
.error { display: block; margin-bottom: 0.25rem; color: #d4351c; }
button.all, button.one { margin: 0.25rem 0 0.5rem; }
button { width: 100%; min-height: 3rem; padding: 0.75rem 1rem; font: inherit; font-weight: 700; color: #fff;
  background: #00703c; border: 0; border-bottom: 3px solid #002d18; border-radius: 0; cursor: pointer; }
:focus-visible { outline: 3px solid #0b0c0c; outline-offset: 2px; box-shadow: 0 0 0 6px #fd0; }
@media (min-width: 40rem) { button { width: auto; } }
@media print { .skip, header, footer, button { display: none; } }
`);
