import type { Delivery } from '#src/digest/send/delivery.ts';
import type { Template } from '#src/plan/template.ts';
import type { CycleDeps, RunningProject } from '#src/service/running-project.ts';
import { shippedTemplate } from '../builders/shipped-template.ts';
import { CompanyAtWork, smallTemplate } from '../service/company.ts';
import { rowOf, type } from '../workspaces/excel/person.ts';
import { aDelivery } from './messages.ts';

const REGISTER = 'weekly-digests';
const SHEET = `register:${REGISTER}`;

/** A small plan with the register of digests as it is shipped. */
export async function templateWithDigests(): Promise<Template> {
  const { registers } = await shippedTemplate();
  const digests = registers.filter(({ key }) => key === REGISTER);
  const small = smallTemplate();
  return { ...small, registers: [...small.registers, ...digests.map((one) => ({ ...one, step: 'second' }))] };
}

/** A company in its first weeks, which lives by the clock of Paris. Its plan began on Monday 16 November 2026. */
export class CompanyWithDigests extends CompanyAtWork {
  /** ISO instant; `today` follows from it. */
  at = '2026-11-16T08:00:00.000Z';
  settings: Partial<Delivery['settings']> = {};
  channels: Delivery['channels'] = ['email'];
  readonly pictures: string[] = [];

  static async founded(): Promise<CompanyWithDigests> {
    const company = new CompanyWithDigests(await templateWithDigests());
    company.move(company.at);
    await company.cycle('apply');
    return company;
  }

  move(at: string): void {
    this.at = at;
    this.today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris', dateStyle: 'short' }).format(
      new Date(at),
    );
  }

  override now(): Date {
    return new Date(this.at);
  }

  override async running(): Promise<RunningProject> {
    const project = await super.running();
    const delivery = { ...aDelivery(this.settings), project: this.slug, channels: this.channels };
    return { ...project, delivery };
  }

  override async deps(): Promise<CycleDeps> {
    const deps = await super.deps();
    return {
      ...deps,
      timeZone: 'Europe/Paris',
      picture: async (overview, course, locale, kind) => {
        this.pictures.push(course.today);
        return deps.picture(overview, course, locale, kind);
      },
    };
  }

  /** What a cell of a week’s row shows in the workbook. */
  async cell(week: string, field: string): Promise<string> {
    let shown = '';
    await this.edit(({ grid }) => {
      const sheet = grid(SHEET);
      shown = sheet.fieldText(rowOf(sheet, `${REGISTER}:${week}`), field);
    });
    return shown;
  }

  /** Somebody types into a cell of a week’s row. */
  async note(week: string, field: string, text: string): Promise<void> {
    await this.edit(({ grid }) => type(grid(SHEET), rowOf(grid(SHEET), `${REGISTER}:${week}`), field, text));
  }

  /** Somebody sets the status of a task, in the workbook. */
  async setStatus(key: string, status: string): Promise<void> {
    await this.edit(({ grid }) => type(grid('plan'), rowOf(grid('plan'), key), 'status', status));
  }
}
