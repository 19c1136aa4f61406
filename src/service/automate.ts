import { NO_REACTION, type Reaction, react } from '#src/automations/react.ts';
import { kpisOf, kpiValues } from '#src/metrics/kpis.ts';
import type { ActiveRule } from '#src/plan/automation.ts';
import type { Item } from '#src/plan/item.ts';
import { knownHolidays, worksOn } from '#src/plan/working-days.ts';
import { reconcile } from '#src/reconcile/reconcile.ts';
import { type Outcome, type Replica, voice } from '#src/reconcile/replica.ts';
import type { Mark, ProjectState } from '#src/store/store.ts';
import type { CycleDeps, CycleMode, RunningProject } from './running-project.ts';

/** Under this name the store keeps what rules have to remember. */
const MEMORY = 'automations';

interface Found {
  readonly state: ProjectState;
  /** The places and the template, as the outcome was found with them. */
  readonly replicas: readonly Replica[];
  readonly outcome: Outcome;
}

/**
 * What the rules make of what a cycle found. What they say is agreed on top, as the next cycle would if it heard them:
 * the places have been seen by then, and what people did is agreed.
 */
export async function automate(
  project: RunningProject,
  mode: CycleMode,
  found: Found,
  deps: CycleDeps,
): Promise<{ readonly outcome: Outcome; readonly reaction: Reaction }> {
  const { state, replicas, outcome } = found;
  const rules = rulesInForce(project, mode, state);
  if (rules.length === 0) return { outcome, reaction: NO_REACTION };
  const memory = await deps.store.memory(project.slug, MEMORY);
  const { company, profile, locale, people, template } = project.planInput;
  const reaction = react({
    rules,
    before: state.agreed,
    agreed: outcome.agreed,
    happenings: outcome.happenings,
    places: placesOfNews(found, project),
    today: deps.today(),
    at: deps.now().toISOString(),
    remembered: (name) => memory.get(name),
    kpis: rules.some(looksAtKpis) ? kpiValues(kpisOf(outcome.agreed, worksOn(deps.isHoliday))) : new Map(),
    team: {
      company: company.name,
      profile,
      locale,
      people,
      template,
      isHoliday: knownHolidays(deps.isHoliday),
    },
  });
  const voices = [...reaction.said].map(([id, items]) => voice(`rule:${id}`, items));
  return { outcome: hearAfter(outcome, replicas, voices), reaction };
}

/** What is agreed once these are heard too, after what an outcome was found with. */
export function hearAfter(
  outcome: Outcome,
  replicas: readonly Replica[],
  voices: readonly Replica[],
): Outcome {
  if (voices.length === 0) return outcome;
  const seen = replicas.map((replica) => ({ ...replica, seen: seenNow(replica, outcome) }));
  return both(outcome, reconcile(outcome.agreed, [...seen, ...voices]), voices);
}

function looksAtKpis({ when }: ActiveRule): boolean {
  return when['kpi-over'] !== undefined || when['kpi-under'] !== undefined;
}

/** The rules of a template come with the version that the team has accepted; those of its own are always there. */
function rulesInForce(
  { rules, template }: RunningProject,
  mode: CycleMode,
  { templateVersion }: ProjectState,
) {
  const isAccepted = mode === 'apply' || templateVersion === template.version;
  return isAccepted ? rules : rules.filter((rule) => rule.from === 'project');
}

/**
 * What a place brings that was never seen before, be it new or found again, has not just happened; nor has anything
 * in a project that begins.
 */
function placesOfNews({ state }: Found, { workspaces }: RunningProject): ReadonlySet<string> {
  return new Set(workspaces.map(({ id }) => id).filter((id) => state.agreed.size > 0 && state.seen.has(id)));
}

function seenNow(replica: Replica, outcome: Outcome): Replica['seen'] {
  const seen = new Map(replica.seen);
  for (const { replica: id, key, fields } of outcome.seen) {
    if (id !== replica.id) continue;
    if (fields === null) seen.delete(key);
    else seen.set(key, fields);
  }
  return seen;
}

/** The second outcome stands on the first: its writes say all that is lacking. */
function both(first: Outcome, second: Outcome, voices: readonly Replica[]): Outcome {
  const heard = new Set(voices.map(({ id }) => id));
  const changed = new Map<string, Item>(
    [...first.changed, ...second.changed].map((item) => [item.key, item]),
  );
  return {
    agreed: second.agreed,
    changed: [...changed.values()],
    writes: second.writes,
    seen: [...first.seen, ...second.seen],
    happenings: [...first.happenings, ...second.happenings.filter(({ actor }) => heard.has(actor))],
  };
}

export function marksOf({ marks }: Reaction): readonly Mark[] {
  return marks.map((mark) => ({ replica: MEMORY, ...mark }));
}
