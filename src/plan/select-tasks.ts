import { applies, type Company } from './company.ts';
import type { Task, Template } from './template.ts';

/** A task that applies to one company, in one profile. */
export interface PlannedTask {
  /** `step/task` */
  readonly key: string;
  readonly step: string;
  readonly task: Task;
  /** Keys of planned tasks. A dependency that does not apply hands over its own dependencies. */
  readonly dependsOn: readonly string[];
}

/** The tasks that the company has to do, each after all those that it depends on. */
export function selectTasks(template: Template, company: Company, profile: string): readonly PlannedTask[] {
  const all = allTasks(template);
  const isHeld = profileTest(template, profile);
  const isPlanned = ({ task }: TaskInStep) => isHeld(task.profile) && applies(task.when, company);

  const planned: PlannedTask[] = [];
  for (const [key, entry] of all) {
    if (!isPlanned(entry)) continue;
    planned.push({
      key,
      step: entry.step,
      task: entry.task,
      dependsOn: plannedDependencies(entry, all, isPlanned),
    });
  }
  return inOrder(planned);
}

/** Whether a profile holds what is marked for another one: its own, and those before it. */
export function profileTest(template: Template, profile: string): (marked: string | undefined) => boolean {
  const rank = new Map(template.profiles.map((one, index) => [one.key, index]));
  const limit = rank.get(profile) ?? 0;
  return (marked) => marked === undefined || (rank.get(marked) ?? 0) <= limit;
}

interface TaskInStep {
  readonly step: string;
  readonly task: Task;
}

function allTasks(template: Template): ReadonlyMap<string, TaskInStep> {
  return new Map(
    template.steps.flatMap((step) =>
      step.tasks.map((task) => [`${step.key}/${task.key}`, { step: step.key, task }]),
    ),
  );
}

function plannedDependencies(
  entry: TaskInStep,
  all: ReadonlyMap<string, TaskInStep>,
  isPlanned: (entry: TaskInStep) => boolean,
): readonly string[] {
  const found = new Set<string>();
  const visited = new Set<string>();
  const visit = (keys: readonly string[]) => {
    for (const key of keys) {
      const dependency = all.get(key);
      if (!dependency || visited.has(key)) continue;
      visited.add(key);
      if (isPlanned(dependency)) found.add(key);
      else visit(dependency.task.dependsOn ?? []);
    }
  };
  visit(entry.task.dependsOn ?? []);
  return [...found].sort();
}

/** Topological order; between tasks that are free to come, the template's own. Cycles were refused at loading. */
function inOrder(tasks: readonly PlannedTask[]): readonly PlannedTask[] {
  const byKey = new Map(tasks.map((task) => [task.key, task]));
  const placed = new Map<string, PlannedTask>();
  const place = (task: PlannedTask) => {
    if (placed.has(task.key)) return;
    for (const key of task.dependsOn) {
      const dependency = byKey.get(key);
      if (dependency) place(dependency);
    }
    placed.set(task.key, task);
  };
  tasks.forEach(place);
  return [...placed.values()];
}
