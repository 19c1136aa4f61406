import { describe, expect, it } from 'vitest';
import { NotNow } from '#src/errors.ts';
import { createPictureDesk } from '#src/service/dashboard/pictures.ts';
import { CompanyAtWork } from '../company.ts';

/** A desk whose drawer draws nothing until it is told to. */
async function desk() {
  const company = new CompanyAtWork();
  await company.cycle('apply');
  const project = await company.running();
  const cycle = await company.deps();
  const pen = Promise.withResolvers<string>();
  const asked = { pictures: 0 };
  const { draw } = createPictureDesk({
    open: async (slug) => ({ ...project, slug }),
    cycle: { ...cycle, store: { ...cycle.store, load: () => cycle.store.load('martin') } },
    drawing: async () => ({
      svg: () => {
        asked.pictures += 1;
        return pen.promise;
      },
    }),
  });
  return { draw, asked, pen };
}

describe('pictures that browsers ask for', () => {
  it('are drawn once for all who wait for the same, and again for who asks later', async () => {
    const { draw, asked, pen } = await desk();

    const many = Array.from({ length: 200 }, () => draw('martin', 'progress'));
    pen.resolve('<svg/>');
    const drawn = await Promise.all(many);
    expect(asked.pictures).toBe(1);
    expect(new Set(drawn).size).toBe(1);

    await draw('martin', 'progress');
    expect(asked.pictures).toBe(2);
  });

  it('are refused for the moment when too many different ones are asked for', async () => {
    const { draw, pen } = await desk();

    const asked = Array.from({ length: 25 }, (_, index) => draw(`company-${index}`, 'progress'));
    const late = Promise.allSettled(asked);
    pen.resolve('<svg/>');
    const outcomes = await late;

    const refused = outcomes.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(5);
    expect((refused[0] as PromiseRejectedResult).reason).toBeInstanceOf(NotNow);
    expect(await draw('company-24', 'progress')).toMatchObject({ svg: '<svg/>' });
  });
});
