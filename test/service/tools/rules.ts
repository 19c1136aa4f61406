import type { Template } from '#src/plan/template.ts';
import { rules } from '../../builders/rules.ts';
import { smallTemplate } from '../company.ts';

/** Of every kind that people’s edits set off; some set off others, and two pull at the same field. */
const RULES = rules(`
  - id: full-list
    when: { checklist-complete: true }
    if: { status: [todo, doing] }
    then:
      - set-status: done
      - comment: { fr: "Tous les points de « {title} » sont cochés.", en: "All points of “{title}” are ticked." }
  - id: open-next
    when: { dependency-done: all }
    if: { status: [todo] }
    then:
      - set-start: { days: 0 }
      - set-status: doing
      - comment: { fr: "« {dependency} » est terminée.", en: "“{dependency}” is done." }
  - id: push-the-rest
    when: { status-changed: { to: [done] } }
    then: [{ shift-dependents: true }]
  - id: blocked
    when: { status-changed: { to: [blocked] } }
    then:
      - set-priority: urgent
      - create-task: { title: { fr: "Débloquer {title}", en: "Unblock {title}" }, due: { days: 2 } }
  - id: late
    when: { overdue-by: { days: 1 } }
    then: [{ set-priority: high }]
  - id: greet
    when: { item-created: { by: person } }
    then:
      - set-due: { days: 5 }
      - comment: { fr: "Bienvenue à « {title} ».", en: "Welcome to “{title}”." }
`);

/** The plan of the small template, and rules. */
export function ruledTemplate(): Template {
  return smallTemplate({ automations: RULES });
}
